"""A language is built again when something that its pages show has changed, and only then."""

from pathlib import Path

import pytest

from kakugen.languages import Language
from kakugen.languages.inputs import fingerprint, fingerprint_of, folders_of


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    for path in ("ja/index.md", "ja/a.png", "en/index.md", "mkdocs.yml"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("x")
    return tmp_path


def prints(root: Path) -> tuple[str, str]:
    languages = [
        Language(code=code, name=code, docs=root / code, prefix=prefix) for code, prefix in (("ja", ""), ("en", "en/"))
    ]
    ja, en = (fingerprint(language, languages, [root / "mkdocs.yml"]) for language in languages)
    return ja, en


def test_an_edit_changes_its_own_language_only(docs: Path) -> None:
    ja, en = prints(docs)
    (docs / "en/index.md").write_text("longer")
    assert prints(docs)[0] == ja
    assert prints(docs)[1] != en


def test_an_image_counts_too(docs: Path) -> None:
    ja, en = prints(docs)
    (docs / "ja/a.png").write_text("longer")
    assert prints(docs)[0] != ja
    assert prints(docs)[1] == en


@pytest.mark.parametrize("path", ["en/new.md", "mkdocs.yml"])
def test_new_pages_and_settings_change_every_language(docs: Path, path: str) -> None:
    ja, en = prints(docs)
    (docs / path).write_text("longer")
    assert prints(docs)[0] != ja
    assert prints(docs)[1] != en


def test_nothing_changed_changes_nothing(docs: Path) -> None:
    assert prints(docs) == prints(docs)


def test_what_python_compiles_changes_nothing_and_is_not_watched(docs: Path) -> None:
    before = fingerprint_of([docs])
    (docs / "ja/__pycache__").mkdir()
    (docs / "ja/__pycache__/a.pyc").write_text("x")
    assert fingerprint_of([docs]) == before
    assert set(folders_of(docs)) == {docs, docs / "ja", docs / "en"}


def test_a_single_file_is_watched_itself(docs: Path) -> None:
    assert list(folders_of(docs / "mkdocs.yml")) == [docs / "mkdocs.yml"]
