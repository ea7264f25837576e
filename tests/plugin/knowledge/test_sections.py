"""Every article has the same sections in the same order; a site may say them in its own words."""

from collections.abc import Callable

import pytest

from kakugen.knowledge import Document, MarkdownText, section_words

type Write = Callable[..., Document]
type Faults = Callable[..., list[str]]

CASES = """\
## Causes and fixes

### It is not plugged in

/// actor | reader
///

Push.

### There is no power in the house

/// actor | host
///

Wait.

## How"""


def cases(text: str) -> tuple[str, str]:
    body = "## Cause\n\nPut it in.\n\n## Fix\n\nPush.\n\n## How"
    return body, text


def rules(found: list[str]) -> list[str]:
    return [f"{line.split(':')[1]} {line.rpartition(' ')[2].rstrip(']')}" for line in found]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("## Fix\n\nPush.\n\n", "", ["19 missing-section"]),
        ("## Fix", "## Fixx", ["19 missing-section", "28 unknown-section"]),
        ("## Fix", "## Advertisement", ["19 missing-section", "28 unknown-section"]),
        ("## Prevention\n\nLook.\n", "## Prevention\n\n## Fix\n", ["38 repeated-section"]),
        ("## Cause\n\nPut it in.\n\n## Fix", "## Fix\n\n## Cause", ["26 section-order"]),
        ("It stays cold.", "```\n## Nothing\n```", []),
        ("Look.\n", "Look.\n\n## Related\n", []),
        ("## Fix", "## Fix {#fix}", []),
    ],
)
def test_what_is_wrong_with_sections_is_named_with_its_line(
    old: str, new: str, expected: list[str], article: Write, maxim: Write, faults: Faults
) -> None:
    if old == "Look.\n":
        old, new = "## Prevention\n\nLook.\n", f"## Prevention\n\n{new}"
    assert rules(faults(article((old, new)), maxim())) == expected


def test_several_causes_stand_each_with_its_cure_and_who_must_act(article: Write, maxim: Write, faults: Faults) -> None:
    assert faults(article(cases(CASES)), maxim()) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("/// actor | host\n///\n", "", "case-without-actor"),
        ("/// actor | host", "/// actor | kitchen", "unknown-actor"),
        ("### ", "#### ", "no-cases"),
        ("## How", "## Fix\n\nPush.\n\n## How", "section-order"),
    ],
)
def test_a_case_that_is_not_whole_is_a_fault(
    old: str, new: str, expected: str, article: Write, maxim: Write, faults: Faults
) -> None:
    found = faults(article(cases(CASES.replace(old, new))), maxim())
    assert expected in [line.rpartition(" ")[2].rstrip("]") for line in found]


def test_a_maxim_has_sections_too(article: Write, maxim: Write, faults: Faults) -> None:
    (found,) = faults(article(), maxim(("## When it misleads", "### When it misleads")))
    assert "The maxim has no section 'When it misleads'." in found


def test_a_site_may_have_words_of_its_own() -> None:
    words = section_words("ja", {"fix": "直し方"})
    assert words.anchors("article")["直し方"] == "fix"
    assert words.anchors("article")["症状"] == "symptoms"
    assert "対処" not in words.anchors("article")
    text = MarkdownText("## 症状\n## 原因\n## 直し方\n## 確認方法\n## 再発防止\n")
    assert list(words.check("article", text, "x.md")) == []


def test_a_language_without_words_has_the_english_ones() -> None:
    assert section_words("fr").anchors("maxim") == section_words("en").anchors("maxim")
