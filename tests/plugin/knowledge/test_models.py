"""Every fault of an article or a maxim is said at once, each with its line and with what to write instead."""

from collections.abc import Callable

import pytest

from kakugen.knowledge import Article, Catalog, Document, Folders, Maxim, read_catalog

type Write = Callable[..., Document]
type Faults = Callable[..., list[str]]

HERE = "docs/ja/articles/no-tea.md"


def test_a_right_article_and_its_maxim_have_no_faults(article: Write, maxim: Write, faults: Faults) -> None:
    assert faults(article(), maxim()) == []


def test_an_article_becomes_a_model(article: Write, maxim: Write) -> None:
    catalog: Catalog
    catalog, _ = read_catalog([article(), maxim()], ("ja",), Folders())
    (entry,) = catalog.articles_in("ja")
    assert isinstance(entry.about, Article)
    assert entry.about.topics == ("kettle/no-power",)
    assert entry.about.sources[0].url == "https://kettle.example/manual"
    (said,) = catalog.maxims_in("ja")
    assert isinstance(said.about, Maxim)
    assert said.about.said_by == "an old friend"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("minutes: 1", "minuts: 1", ":10: No article has a key 'minuts'. Write 'minutes'. [KB014 unknown-key]"),
        ("minutes: 1", "minutes: '5'", ":10: 'minutes' is '5', not a whole number."),
        ("minutes: 1", "minutes: 0", ":10: 'minutes' is 0. Write 1 or more. [KB020 too-small]"),
        ("minutes: 1", "minutes: true", ":10: 'minutes' is yes, not a whole number."),
        ("cause: changed", "cause: magic", ":8: 'cause' is 'magic'. Write one of piled-up, changed, both, neither."),
        ("actor: reader", "actor: me", ":9: 'actor' is 'me'. Write one of reader, domain, host, recipient,"),
        ("title: No tea", "title: 535", ":4: 'title' is 535, not text. Put it in double quotation marks"),
        ("title: No tea", "title: ' '", ":4: 'title' is empty."),
        ("title: No tea", "title:", ":4: 'title' is nothing, not text."),
        ('symptoms: ["It stays cold"]', "symptoms: []", ":7: 'symptoms' is empty. Write something"),
        ('["It stays cold"]', "[5]", ":7: 'symptoms' is 5, not keys with values."),
        ('["It stays cold"]', '[""]', ":7: 'symptoms' is empty."),
        ('["It stays cold"]', "[{text: a, readin: a}]", ":7: No symptom has a key 'readin'. Write 'reading'."),
        ('["It stays cold"]', "[{text: a, reading: 漢字}]", ":7: 'reading' is '漢字', which has not the right form."),
        ("checked:", "confidence: sure\nchecked:", ":12: 'confidence' is 'sure'. Write one of draft, unverified,"),
        ("checked:", "moved_from: [A b]\nchecked:", ":12: 'moved_from' is 'A b', which has not the right form."),
        ("topics: [kettle/no-power]", "topics: kettle/no-power", ":6: 'topics' is 'kettle/no-power', not a list."),
        ("topics: [kettle/no-power]", "topics: [No Power]", ":6: 'topics' is 'No Power', which has not the"),
        ("topics: [kettle/no-power]", "topics: [{a: b}]", ":6: 'topics' is a mapping, not text."),
        ("checked: 2026-11-24", "checked: yesterday", ":12: 'checked' is 'yesterday', not a day."),
        ("checked: 2026-11-24", "checked: 2026-11-31", ":12: '2026-11-31' cannot be read: "),
        ("ends: [steam-kettles]", "ends: 2027-01-31", ":17: 'ends' is 2027-01-31, not a list."),
        ("id: no-tea", "id: No tea", ":2: 'id' is 'No tea', which has not the right form."),
        ("kind: article", "kind: artcle", ":3: There is no kind 'artcle'. Write 'kind: article'. [KB013 unknown-kind]"),
        ("kind: article\n", "", ":1: The file lies in the folder of the articles and does not say what it is."),
        ("    url: https://kettle.example/manual\n", "", ":14: The source has no 'url'. Add 'url: https://…'."),
        ("https://kettle", "javascript:kettle", ":15: 'url' is 'javascript:kettle.example/manual', which has not"),
        ("    seen:", "    read:", ":16: No source has a key 'read'."),
        ("sources:\n", "sources: []\nother:\n", ":13: 'sources' is empty."),
    ],
)  # fmt: skip
def test_a_fault_names_its_line_and_what_to_write(
    old: str, new: str, message: str, article: Write, maxim: Write, faults: Faults
) -> None:
    found = faults(article((old, new)), maxim())
    assert any(line.startswith(HERE + message) for line in found), found


def test_all_faults_are_said_at_once(article: Write, maxim: Write, faults: Faults) -> None:
    broken = article(("cause: changed", "cause: magic"), ("minutes: 1", "minutes: 0"), ("title: No tea\n", ""))
    assert [line.split(": ")[0] for line in faults(broken, maxim())] == [f"{HERE}:{line}" for line in (1, 7, 9)]


def test_a_value_that_cannot_be_read_is_named_once(article: Write, maxim: Write, faults: Faults) -> None:
    broken = article(("checked: 2026-11-24", "checked: 2026-13-24"), ("minutes: 1", "minutes: 0"))
    assert [line.rpartition(" ")[2] for line in faults(broken, maxim())] == ["too-small]", "bad-value]"]


def test_a_maxim_says_what_it_lacks(article: Write, maxim: Write, faults: Faults) -> None:
    found = faults(article(), maxim(("summary: Most kettles are whole.\n", ""), ("order: 1", "order: first")))
    assert found == [
        "docs/ja/maxims/plug-first.md:1: The maxim has no 'summary'. Add 'summary: \"…\"'. [KB015 missing-key]",
        (
            "docs/ja/maxims/plug-first.md:7: 'order' is 'first', not a whole number. "
            "Write a whole number without quotation marks, such as 'order: 5'. [KB019 not-a-number]"
        ),
    ]


def test_a_page_without_a_kind_is_left_alone(page: Write, faults: Faults) -> None:
    assert faults(page("---\ntitle: 5\nanything: [goes]\n---\nText\n")) == []


def test_the_list_of_articles_needs_no_kind(page: Write, faults: Faults) -> None:
    assert faults(page("# Articles\n", path="articles/index.md")) == []
