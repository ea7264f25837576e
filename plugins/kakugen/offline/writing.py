"""The service worker and its list, written into a finished site.

In: what there is to keep. Out: ``offline.js`` at the root of the site, because a service worker serves what lies below
it, and under ``assets/kakugen/offline/`` the list (``<build>.json``) and the sums (``sizes.json``).
"""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Final

from kakugen.offline.inventory import OWN, Inventory

WORKER: Final = "offline.js"
"""The service worker, relative to the root of the site."""

SIZES: Final = f"{OWN}sizes.json"

_ROOM: Final = Path(__file__).parent
_SCHEMA: Final = 1


def write_offline(site: Path, inventory: Inventory) -> str:
    """Write service worker, list and sums into a site.

    Args:
        site: its folder.
        inventory: what it holds.

    Returns:
        The name of this build of the site: it changes whenever a file does, or the service worker.
    """
    script = (_ROOM / "worker.js").read_text("utf-8")
    groups = {
        group: [[file.address, file.bytes, file.hash] for file in files] for group, files in inventory.groups.items()
    }
    list_text = _json({"schema": _SCHEMA, "groups": groups})
    build = hashlib.sha256(f"{script}\0{list_text}".encode()).hexdigest()[:20]
    own = site / OWN
    shutil.rmtree(own, ignore_errors=True)  # lists of earlier builds, where the folder was not emptied
    own.mkdir(parents=True)
    (own / f"{build}.json").write_text(list_text, "utf-8")
    sizes = {group: inventory.bytes_of(group) for group in inventory.groups}
    (site / SIZES).write_text(_json({"build": build, "groups": sizes}), "utf-8")
    # The name of the build is in the script: browsers take a service worker for new when its bytes are.
    (site / WORKER).write_text(f'const BUILD = "{build}";\n{script}', "utf-8")
    return build


def removal_script() -> str:
    """Return the ``offline.js`` that undoes what an earlier one has done in a browser, and then removes itself."""
    return (_ROOM / "removal.js").read_text("utf-8")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
