"""What must hold between the articles and maxims of a site, and what the catalog answers."""

from collections.abc import Callable
from datetime import date

import pytest

from kakugen.knowledge import Catalog, Document, Folders, answer_links, read_catalog, revision_of

type Write = Callable[..., Document]
type Faults = Callable[..., list[str]]
type Translate = Callable[[Document], Document]


def test_an_unknown_maxim_names_file_and_line(article: Write, maxim: Write, faults: Faults) -> None:
    found = faults(article(("[plug-first]", "[plug-frist]")), maxim(), article(path="articles/b.md"))
    assert (
        "docs/ja/articles/no-tea.md:11: There is no maxim 'plug-frist' in this language. Write 'plug-first'. "
        "[KB027 unknown-maxim]" in found
    )


def test_an_unknown_maxim_in_the_text_names_its_line(article: Write, maxim: Write, faults: Faults) -> None:
    found = faults(article(("Put it in.", "Put it in.\n\n/// maxim | nothing\n///")), maxim())
    assert found == [
        (
            "docs/ja/articles/no-tea.md:28: There is no maxim 'nothing' in this language. There are: plug-first. "
            "[KB027 unknown-maxim]"
        )
    ]


def test_an_unknown_maxim_on_the_home_page_is_found(article: Write, maxim: Write, page: Write, faults: Faults) -> None:
    (found,) = faults(article(), maxim(), page("# Home\n\n/// maxim | plug-frist\n///\n"))
    assert found.startswith("docs/ja/index.md:3: There is no maxim 'plug-frist'")


def test_a_block_in_an_example_cites_nothing(article: Write, maxim: Write, faults: Faults) -> None:
    assert faults(article(("Put it in.", "```\n/// maxim | nothing\n///\n```")), maxim()) == []


def test_a_maxim_with_faults_is_not_called_missing(article: Write, maxim: Write, faults: Faults) -> None:
    (found,) = faults(article(), maxim(("order: 1", "order: first")))
    assert "[KB019 not-a-number]" in found


def test_the_same_id_twice_names_both_files(article: Write, maxim: Write, faults: Faults) -> None:
    found = faults(article(), article(path="articles/other.md"), maxim())
    assert found == [
        (
            "docs/ja/articles/other.md:2: The id 'no-tea' is taken by docs/ja/articles/no-tea.md:2. "
            "Give this one an id of its own. [KB026 repeated-id]"
        )
    ]


def test_an_article_and_a_maxim_do_not_share_an_id(article: Write, maxim: Write, faults: Faults) -> None:
    found = faults(article(("[plug-first]", "[no-tea]")), maxim(("id: plug-first", "id: no-tea")))
    assert [line.rpartition(" ")[2] for line in found] == ["repeated-id]"]


def test_a_topic_that_no_checker_finds_is_a_fault(article: Write, maxim: Write, faults: Faults) -> None:
    found = faults(article(("[kettle/no-power]", "[kettle/no-power, kettle/no-watr]")), maxim())
    assert found == [
        (
            "docs/ja/articles/no-tea.md:6: No checker of this site ever finds 'kettle/no-watr'. "
            "Write 'kettle/no-water'. [KB028 unknown-topic]"
        )
    ]


def test_a_maxim_that_no_article_cites_is_a_warning(article: Write, maxim: Write, faults: Faults) -> None:
    found = faults(article(("[plug-first]", "[]")), maxim())
    assert [line.rpartition(" ")[2] for line in found] == ["unused-maxim]"]


def test_a_maxim_cited_in_the_text_of_an_article_is_used(article: Write, maxim: Write, faults: Faults) -> None:
    text = ("Put it in.", "/// maxim | plug-first\n///")
    assert faults(article(("[plug-first]", "[]"), text), maxim()) == []


def test_a_missing_translation_names_the_file_to_write(
    article: Write, maxim: Write, translated: Translate, faults: Faults
) -> None:
    found = faults(article(), maxim(), translated(maxim()), languages=("ja", "en"))
    assert found == [
        (
            "docs/en/maxims/plug-first.md:2: No article cites the maxim 'plug-first'. Cite it in the 'maxims' of an "
            "article that it belongs to, or remove it. [KB030 unused-maxim]"
        ),
        (
            "docs/ja/articles/no-tea.md:2: The article 'no-tea' does not exist in 'en'. "
            "Translate it as docs/en/articles/no-tea.md. [KB031 untranslated]"
        ),
    ]


def test_a_translation_under_another_id_is_a_fault(
    article: Write, maxim: Write, translated: Translate, faults: Faults
) -> None:
    both = [maxim(), translated(maxim()), article(), article(("id: no-tea", "id: cold"), language="en")]
    assert faults(*both, languages=("ja", "en")) == [
        (
            "docs/en/articles/no-tea.md:2: This file has the id 'cold', and its translation docs/ja/articles/no-tea.md "
            "has 'no-tea'. Give both the same id: 'no-tea'. [KB029 other-id]"
        )
    ]


def test_a_translation_that_lags_behind_names_both_files_and_what_to_write(
    article: Write, maxim: Write, translated: Translate, faults: Faults
) -> None:
    changed = article(("Push.", "Push harder."))
    documents = [changed, translated(article()), maxim(), translated(maxim())]
    (found,) = faults(*documents, languages=("ja", "en"))
    assert found.startswith("docs/en/articles/no-tea.md:12: docs/ja/articles/no-tea.md has changed since ")
    assert found.endswith(f"write 'revision: {revision_of(catalog_of(changed).entries[0])}'. [KB043 lagging]")


def test_days_of_the_original_do_not_make_a_translation_lag(
    article: Write, maxim: Write, translated: Translate, faults: Faults
) -> None:
    checked_again = article(("checked: 2026-11-24", "checked: 2026-11-20"))
    documents = [checked_again, translated(article()), maxim(), translated(maxim())]
    assert faults(*documents, languages=("ja", "en")) == []


@pytest.mark.parametrize(
    ("today", "rule"),
    [(date(2027, 4, 22), None), (date(2027, 4, 23), "review-soon]"), (date(2027, 5, 24), "review-due]")],
)
def test_a_review_is_asked_for_thirty_days_before_it_is_due(
    today: date, rule: str | None, article: Write, maxim: Write, faults: Faults
) -> None:
    found = faults(article(), maxim(("checked: 2026-11-24", "checked: 2027-04-20")), today=today)
    assert [line.rpartition(" ")[2] for line in found] == ([rule] if rule else [])


def test_an_article_says_itself_how_long_it_holds(article: Write, maxim: Write, faults: Faults) -> None:
    (found,) = faults(article(("checked: 2026-11-24", "checked: 2026-11-24\nholds: 20")), maxim())
    assert "is to be looked at again until 2026-12-14" in found


@pytest.mark.parametrize("confidence", ["draft", "retired"])
def test_drafts_and_retired_articles_are_not_asked_for_a_review(
    confidence: str, article: Write, maxim: Write, faults: Faults
) -> None:
    document = article(("checked: 2026-11-24", f"confidence: {confidence}\nchecked: 2025-01-01"))
    assert [line for line in faults(document, maxim()) if "review" in line] == []


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("ends: [steam-kettle]", "unknown-ending]"),
        ("hosts: [kitchin]", "unknown-host]"),
        ("related: [no-coffee]", "unknown-related]"),
    ],
)
def test_names_that_lead_nowhere_are_faults(line: str, rule: str, article: Write, maxim: Write, faults: Faults) -> None:
    (found,) = faults(article(("ends: [steam-kettles]", line)), maxim())
    assert found.startswith("docs/ja/articles/no-tea.md:17: ")
    assert found.endswith(rule)


def test_an_old_name_that_is_in_use_names_who_has_it(article: Write, maxim: Write, faults: Faults) -> None:
    moved = article(("ends:", "moved_from: [cold]\nends:"))
    other = article(("id: no-tea", "id: cold"), path="articles/cold.md")
    (found,) = faults(moved, other, maxim())
    assert "'cold' in 'moved_from' is where docs/ja/articles/cold.md stands" in found


def test_two_pages_cannot_have_had_one_name(article: Write, maxim: Write, faults: Faults) -> None:
    documents = [
        article(("id: no-tea", f"id: a{number}"), ("ends:", "moved_from: [cold]\nends:"), path=f"articles/a{number}.md")
        for number in (1, 2)
    ]
    assert [line.rpartition(" ")[2] for line in faults(*documents, maxim())] == ["taken-slug]"]


def catalog_of(*documents: Document) -> Catalog:
    return read_catalog(documents, ("ja", "en"), Folders())[0]


def test_the_article_that_names_a_topic_first_answers_first(article: Write) -> None:
    second = article(
        ("[kettle/no-power]", "[kettle/no-water, kettle/no-power]"), ("id: no-tea", "id: a"), path="articles/a.md"
    )
    catalog = catalog_of(second, article())
    assert [entry.about.id for entry in catalog.answering("ja", "kettle/no-power")] == ["no-tea", "a"]
    assert catalog.topics("ja") == ("kettle/no-power", "kettle/no-water")


def test_answers_link_to_pages_from_the_root_of_the_whole_site(article: Write, maxim: Write) -> None:
    catalog = catalog_of(article(language="en"), maxim(language="en"))
    links = answer_links(catalog, "en", "en/")
    assert [link.url for link in links.topics["kettle/no-power"]] == ["en/articles/no-tea/"]
    assert links.maxims["plug-first"].url == "en/maxims/plug-first/"
    assert answer_links(catalog, "ja", "").topics == {}


def test_the_home_page_is_where_a_checker_is_found_first(page: Write) -> None:
    block = "/// checker | kettle\n///\n"
    catalog = catalog_of(page(block, path="a.md"), page(block), page(block, path="z.md"))
    assert catalog.checkers["ja"] == {"kettle": "index.md"}


def test_maxims_stand_in_their_order_and_articles_by_the_day_they_were_checked(article: Write, maxim: Write) -> None:
    catalog = catalog_of(
        maxim(("order: 1\n", ""), ("id: plug-first", "id: aaa"), path="maxims/a.md"),
        maxim(("order: 1", "order: 2"), ("id: plug-first", "id: bbb"), path="maxims/b.md"),
        maxim(),
        article(),
        article(("checked: 2026-11-24", "checked: 2026-11-25"), ("id: no-tea", "id: zzz"), path="articles/z.md"),
    )
    assert [entry.about.id for entry in catalog.maxims_in("ja")] == ["plug-first", "bbb", "aaa"]
    assert [entry.about.id for entry in catalog.articles_in("ja")] == ["zzz", "no-tea"]


HOSTED = ("topics: [kettle/no-power]", "topics: [kettle/no-power]\nhosts: [kitchen]")


def three(article: Write) -> Catalog:
    """An article for everybody, one for a host's customers, and one about the host itself."""
    return catalog_of(
        article(),
        article(HOSTED, ("id: no-tea", "id: at-home"), path="articles/b.md"),
        article(("topics: [kettle/no-power]", "hosts: [kitchen]"), ("id: no-tea", "id: kitchen"), path="articles/c.md"),
    )


@pytest.mark.parametrize(
    ("topics", "ids"),
    [
        (["kettle/no-power", "host/kitchen"], ["at-home", "no-tea", "kitchen"]),
        (["host/kitchen", "kettle/no-power"], ["at-home", "kitchen", "no-tea"]),
        (["kettle/no-power"], ["no-tea", "at-home"]),
        (["host/kitchen"], ["kitchen", "at-home"]),
        (["kettle/no-water"], []),
    ],
)
def test_host_and_topic_together_come_before_either(topics: list[str], ids: list[str], article: Write) -> None:
    assert [entry.about.id for entry in three(article).resolve("ja", topics)] == ids


def test_answers_know_the_articles_of_a_topic_at_a_host(article: Write) -> None:
    links = answer_links(three(article), "ja", "").topics
    assert [link.url for link in links["kettle/no-power+host/kitchen"]] == ["articles/b/"]
    assert [link.url for link in links["kettle/no-power"]] == ["articles/no-tea/", "articles/b/"]
    assert [link.url for link in links["host/kitchen"]] == ["articles/c/", "articles/b/"]


def test_related_articles_lead_to_each_other(article: Write) -> None:
    catalog = catalog_of(
        article(("ends:", "related: [b]\nends:")),
        article(("id: no-tea", "id: b"), path="articles/b.md"),
    )
    assert [entry.about.id for entry in catalog.related("ja", "no-tea")] == ["b"]
    assert [entry.about.id for entry in catalog.related("ja", "b")] == ["no-tea"]


def test_nobody_is_sent_on_to_a_retired_article(article: Write) -> None:
    catalog = catalog_of(
        article(("ends:", "related: [b]\nends:")),
        article(("id: no-tea", "id: b"), ("checked:", "confidence: retired\nchecked:"), path="articles/b.md"),
    )
    assert catalog.related("ja", "no-tea") == ()
    assert [entry.about.id for entry in catalog.related("ja", "b")] == ["no-tea"]


def test_drafts_are_not_published_and_retired_articles_answer_nothing(article: Write) -> None:
    retired = article(("id: no-tea", "id: old"), ("checked:", "confidence: retired\nchecked:"), path="articles/old.md")
    draft = article(("checked:", "confidence: draft\nchecked:"))
    catalog = catalog_of(draft, retired)
    assert [entry.about.id for entry in catalog.published(drafts=False).articles] == ["old"]
    assert [entry.about.id for entry in catalog.published(drafts=True).articles] == ["no-tea", "old"]
    assert [entry.about.id for entry in catalog.answering("ja", "kettle/no-power")] == ["no-tea"]
    assert catalog.published(drafts=False).answering("ja", "kettle/no-power") == ()


def test_an_old_name_leads_to_what_has_moved(article: Write) -> None:
    catalog = catalog_of(article(("ends:", "moved_from: [cold]\nends:")))
    found = catalog.moved("ja", "articles/cold.md")
    assert found is not None
    assert found.about.id == "no-tea"
    assert [path for path, _ in catalog.moves("ja")] == ["articles/cold.md"]
