"""No id is used twice, not even after its article is gone."""

from collections.abc import Callable
from datetime import date

from kakugen.knowledge import Document, Fault, Folders, Ledger, check_ledger, read_catalog, read_ledger, updated

type Write = Callable[..., Document]

TODAY = date(2026, 11, 24)
LISTED = b"[article]\nno-tea = 2026-11-01\n\n[maxim]\nplug-first = 2026-11-02\n\n[retired]\nold = 2026-11-03\n"


def checked(source: bytes, *documents: Document) -> list[Fault]:
    ledger, broken = read_ledger(source, "docs/ids.toml")
    catalog, _ = read_catalog(documents, ("ja", "en"), Folders())
    return [*broken, *check_ledger(catalog, ledger, TODAY)]


def test_ids_that_are_listed_have_no_faults(article: Write, maxim: Write) -> None:
    assert checked(LISTED, article(), maxim()) == []


def test_a_new_id_says_the_line_to_write_once_for_all_languages(article: Write, maxim: Write) -> None:
    new = ("id: no-tea", "id: cold")
    documents = [article(), maxim(), article(new, path="articles/b.md")]
    (found,) = checked(LISTED, *documents, article(new, path="articles/b.md", language="en"))
    assert str(found) == (
        "docs/ja/articles/b.md:2: The id 'cold' is not in docs/ids.toml. Run 'kakugen lint --fix', or write the line "
        "'cold = 2026-11-24' below [article] in that file. [KB032 unlisted-id]"
    )


def test_an_id_of_something_that_is_gone_is_not_used_again(article: Write, maxim: Write) -> None:
    found = checked(LISTED, article(), maxim(), article(("id: no-tea", "id: old"), path="articles/b.md"))
    assert "was in use until 2026-11-03 and is retired" in str(found[0])


def test_an_id_without_a_file_is_named_with_its_line(maxim: Write) -> None:
    (found,) = checked(LISTED, maxim())
    assert str(found).startswith("docs/ids.toml:2: The article 'no-tea' is listed here and no file has that id.")


def test_a_file_with_faults_has_not_lost_its_id(article: Write, maxim: Write) -> None:
    assert checked(LISTED, article(("minutes: 1", "minutes: none")), maxim()) == []


def test_a_maxim_does_not_take_the_id_of_an_article(article: Write, maxim: Write) -> None:
    unlisted = LISTED.replace(b"plug-first = 2026-11-02\n", b"")
    found = checked(unlisted, article(), maxim(("id: plug-first", "id: no-tea")))
    assert [fault.rule for fault in found] == ["id-of-other-kind"]


def test_fixing_lists_what_is_new_and_retires_what_is_gone(article: Write, maxim: Write) -> None:
    ledger, _ = read_ledger(LISTED, "docs/ids.toml")
    catalog, _ = read_catalog([article(("id: no-tea", "id: cold")), maxim()], ("ja",), Folders())
    fixed = updated(catalog, ledger, TODAY)
    assert fixed.tables == {
        "article": {"cold": TODAY},
        "maxim": {"plug-first": date(2026, 11, 2)},
        "retired": {"old": date(2026, 11, 3), "no-tea": TODAY},
    }
    again, faults = read_ledger(fixed.text().encode(), "docs/ids.toml")
    assert faults == ()
    assert again.tables == fixed.tables
    assert check_ledger(catalog, again, TODAY) == ()
    assert again.lines["cold"] == fixed.text().split("\n").index("cold = 2026-11-24") + 1


def test_fixing_does_not_take_a_retired_id_back(article: Write) -> None:
    ledger = Ledger(file="docs/ids.toml", tables={"retired": {"no-tea": TODAY}})
    catalog, _ = read_catalog([article()], ("ja",), Folders())
    assert updated(catalog, ledger, TODAY).tables["article"] == {}


def test_a_ledger_that_cannot_be_read_names_its_line() -> None:
    _, faults = read_ledger(b"[article]\nno tea\n", "docs/ids.toml")
    assert str(faults[0]).startswith("docs/ids.toml:2: The ledger of ids cannot be read")
    _, faults = read_ledger(b"[article]\ntea = 5\n", "docs/ids.toml")
    assert "5 is not a day" in str(faults[0])
