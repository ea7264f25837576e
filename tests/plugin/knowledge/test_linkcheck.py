"""Every link inside a site leads to a page and a place that are there."""

from collections.abc import Callable

import pytest

from kakugen.knowledge import Document, Folders, read_catalog, section_words
from kakugen.knowledge.linkcheck import Surroundings, check_links

type Write = Callable[..., Document]

AROUND = Surroundings(
    files=frozenset({"docs/ja/articles/kettle.png"}),
    made={"ja": {"articles/index.md": frozenset(), "reference/codes.md": frozenset({"code-550"})}},
    sections=dict.fromkeys(("ja", "en"), section_words("en")),
    roots={"ja": "docs/ja/", "en": "docs/en/"},
)


def found(*documents: Document) -> list[str]:
    catalog, _ = read_catalog(documents, ("ja", "en"), Folders())
    return [str(fault) for fault in check_links(catalog, AROUND)]


@pytest.mark.parametrize(
    "target",
    [
        "../index.md",
        "../maxims/plug-first.md#misleads",
        "#fix",
        "#a-closer-look",
        "#_1",
        "#own",
        "#mark",
        "kettle.png",
        "index.md",
        "../reference/codes.md#code-550",
        "../../en/maxims/plug-first.md#story",
        "https://kettle.example/",
        "/anything",
        "../index.md?x=1",
    ],
)
def test_links_that_lead_somewhere_are_right(target: str, article: Write, maxim: Write, page: Write) -> None:
    text = f"Push [here]({target}).\n\n### A *closer* look\n\n### 日本語\n\n### X {{#own}}\n\n<span id='mark'></span>"
    assert found(article(("Push.", text)), maxim(), maxim(language="en"), page("# Home\n")) == []


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("../maxims/plug-frist.md", "which is not there. Write '../maxims/plug-first.md'. [KB053 broken-link]"),
        ("plug-first.md", "Write '../maxims/plug-first.md'."),
        ("picture.jpg", "which is not there. Correct the path; it begins at the folder of this file."),
        ("#fixx", "The link leads to '#fixx', and docs/ja/articles/no-tea.md has no such place. Write '#fix'."),
        ("../maxims/plug-first.md#zzz", "There are: story, use, misleads. [KB054 broken-anchor]"),
        ("../reference/codes.md#code-551", "Write '#code-550'."),
        ("index.md#x", "Leave the anchor out."),
        ("../maxims/old.md#use", "which has moved. Write '../maxims/plug-first.md#use'. [KB055 moved-link]"),
    ],
)  # fmt: skip
def test_a_link_that_leads_nowhere_says_what_was_meant(target: str, message: str, article: Write, maxim: Write) -> None:
    (fault,) = found(
        article(("Push.", f"Push.\n\nSee [here]({target})")), maxim(("order: 1", "order: 1\nmoved_from: [old]"))
    )
    assert fault.startswith("docs/ja/articles/no-tea.md:32: ")
    assert message in fault


def test_links_of_a_translation_are_checked_in_its_own_language(article: Write, maxim: Write) -> None:
    english = article(("Push.", "[x](../maxims/plug-first.md)"), language="en")
    (fault,) = found(article(), maxim(), english)
    assert fault.startswith("docs/en/articles/no-tea.md:30: ")


def test_only_the_files_that_were_asked_for_are_checked(article: Write, page: Write) -> None:
    catalog, _ = read_catalog([article(("Push.", "[x](y.md)")), page("[x](y.md)")], ("ja",), Folders())
    faults = list(check_links(catalog, AROUND, only={"docs/ja/index.md"}))
    assert [fault.place.file for fault in faults] == ["docs/ja/index.md"]
