"""Knowledge bases of any size for the benchmarks: this repository's own articles, again and again under new ids.

In: a folder and a number. Out: ``mkdocs.yml`` with documents in one or two languages, without a fault, and the same
pages for plain Material: without our blocks and our plugin, with the same extensions, features and short navigation.
"""

import json
import re
from pathlib import Path

import yaml

from kakugen import knowledge
from kakugen.pages.theme import EXTENSIONS, FEATURES

ROOT = Path(__file__).parents[2]
MADE = "generated-"

_BLOCK = re.compile(r"^///.*?^///$\n?", re.MULTILINE | re.DOTALL)


def write_base(folder: Path, articles: int, *, languages: tuple[str, ...] = ("ja", "en")) -> Path:
    """Write a knowledge base with so many generated articles in each language; return its ``mkdocs.yml``."""
    config = folder / "mkdocs.yml"
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    if languages == ("ja",):
        text = re.sub(r"^        en:\n(?:          .*\n)+", "", text, flags=re.MULTILINE)
    # The pack and the typeface are made once for all builds, and are not what is measured.
    text = text.replace("  - kakugen:\n", f"  - kakugen:\n      cache: {ROOT / '.cache' / 'kakugen'}\n")
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(text, "utf-8")
    for code in languages:
        source = ROOT / "docs" / code
        for file in source.rglob("*.md"):
            target = folder / "docs" / code / file.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
    for number in range(articles):
        revision = ""
        for code in languages:
            written = _article(code, number, revision)
            (folder / "docs" / code / "articles" / f"{MADE}{number}.md").write_text(written, "utf-8")
            revision = revision or _revision(written)
    ids = "\n".join(f"{MADE}{number} = 2026-11-24" for number in range(articles))
    ledger = (ROOT / "docs" / "ids.toml").read_text("utf-8").replace("[article]\n", f"[article]\n{ids}\n")
    (folder / "docs" / "ids.toml").write_text(ledger, "utf-8")
    return config


def write_plain(folder: Path, base: Path) -> Path:
    """Write the Japanese pages of a knowledge base for plain Material; return its ``mkdocs.yml``."""
    source = base.parent / "docs" / "ja"
    for file in source.rglob("*.md"):
        target = folder / "docs" / file.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_BLOCK.sub("", file.read_text("utf-8")), "utf-8")
    config = folder / "mkdocs.yml"
    settings = {
        "site_name": "Plain",
        "site_url": "https://kakugen.example/",
        "theme": {"name": "material", "language": "ja", "font": False, "features": list(FEATURES)},
        "plugins": ["search"],
        "markdown_extensions": [{name: dict(options)} if options else name for name, options in EXTENSIONS.items()],
        "nav": [{"ホーム": "index.md"}, {"記事": "articles/index.md"}],
        "validation": {"links": {"not_found": "ignore", "anchors": "ignore"}, "nav": {"omitted_files": "ignore"}},
    }
    config.write_text(yaml.safe_dump(settings, allow_unicode=True), "utf-8")
    return config


def _models(code: str) -> list[str]:
    folder = ROOT / "docs" / code / "articles"
    return [file.read_text("utf-8") for file in sorted(folder.glob("*.md")) if file.name != "index.md"]


_TEXTS: dict[str, list[str]] = {}


def _article(code: str, number: int, revision: str) -> str:
    models = _TEXTS.setdefault(code, _models(code))
    text = models[number % len(models)]
    text = re.sub(r"^id: .*$", f"id: {MADE}{number}", text, count=1, flags=re.MULTILINE)
    text = re.sub(r"^moved_from: .*\n", "", text, count=1, flags=re.MULTILINE)
    title = f"その{number}：" if code == "ja" else f"Number {number}: "
    text = re.sub(
        r"^title: (.*)$",
        lambda found: "title: " + json.dumps(title + str(yaml.safe_load(found[1])), ensure_ascii=False),
        text,
        count=1,
        flags=re.MULTILINE,
    )
    return re.sub(r"^revision: .*$", f"revision: {revision}", text, count=1, flags=re.MULTILINE) if revision else text


def _revision(original: str) -> str:
    document = knowledge.Document(language="ja", path="articles/x.md", url="", file="x", source=original.encode())
    catalog, faults = knowledge.read_catalog([document], ("ja",), knowledge.Folders())
    assert not faults, faults
    return knowledge.revision_of(catalog.entries[0])
