"""Addresses of the owner's own places in which something is filled in, written into ``mkdocs.yml`` with braces.

In: such an address, and values. Out: whether it can be used, and the address with the values in it.
"""

import re
from collections.abc import Collection, Mapping
from typing import Final
from urllib.parse import quote

_PLACE: Final = re.compile(r"\{([^{}]*)\}")


class AddressError(ValueError):
    """An address cannot be used; the message says why."""


def check_address(template: str, places: Collection[str], required: str, why: str, *, mail: bool = False) -> None:
    """Look whether an address can be filled in.

    Args:
        template: ``https://git.example/shop/site/issues/new?title={title}&body={body}``.
        places: the names that are filled in, in the order in which they are told.
        required: the one that must be there.
        why: what could not be done without it.
        mail: whether a ``mailto:`` address will do.

    Raises:
        AddressError: it cannot.
    """
    forms = r"https://[^/{}\s]+" + (r"|mailto:[^{}\s?]+@" if mail else "")
    if not re.match(forms, template):
        or_mail = ", or be a mailto: address" if mail else ""
        raise AddressError(f"{template!r} must begin with https:// and the name of a host{or_mail}")
    if re.search(r"\s", template):
        raise AddressError(f"{template!r} holds a space or a line break; write it as %20 or %0A")
    found = _PLACE.findall(template)
    unknown = [name for name in found if name not in places]
    if unknown or re.search(r"[{}]", _PLACE.sub("", template)):
        shown = f"{{{unknown[0]}}}" if unknown else "a brace that stands alone"
        raise AddressError(
            f"{template!r} holds {shown}; only {', '.join(f'{{{name}}}' for name in places)} are filled in"
        )
    if required not in found:
        raise AddressError(f"{template!r} has no {{{required}}}, so that {why}")


def filled(template: str, values: Mapping[str, str], safe: str = "") -> str:
    """Return a checked address with the values in their places.

    Args:
        template: the address.
        values: a text for each place.
        safe: characters that stay as they are.
    """
    return _PLACE.sub(lambda found: quote(values[found[1]], safe=safe), template)
