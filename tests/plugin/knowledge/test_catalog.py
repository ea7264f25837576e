"""What must hold between the articles and maxims of a site, and what the catalog answers."""

from collections.abc import Callable

from kakugen.knowledge import Catalog, Document, Folders, answer_links, read_catalog

type Write = Callable[..., Document]
type Faults = Callable[..., list[str]]


def test_an_unknown_maxim_names_file_and_line(article: Write, maxim: Write, faults: Faults) -> None:
    found = faults(article(("[plug-first]", "[plug-frist]")), maxim(), article(path="articles/b.md"))
    assert (
        "docs/ja/articles/no-tea.md:11: There is no maxim 'plug-frist' in this language. Write 'plug-first'. "
        "[unknown-maxim]" in found
    )


def test_an_unknown_maxim_in_the_text_names_its_line(article: Write, maxim: Write, faults: Faults) -> None:
    found = faults(article(("Put it in.", "Put it in.\n\n/// maxim | nothing\n///")), maxim())
    assert found == [
        (
            "docs/ja/articles/no-tea.md:22: There is no maxim 'nothing' in this language. There are: plug-first. "
            "[unknown-maxim]"
        )
    ]


def test_an_unknown_maxim_on_the_home_page_is_found(article: Write, maxim: Write, page: Write, faults: Faults) -> None:
    (found,) = faults(article(), maxim(), page("# Home\n\n/// maxim | plug-frist\n///\n"))
    assert found.startswith("docs/ja/index.md:3: There is no maxim 'plug-frist'")


def test_a_block_in_an_example_cites_nothing(article: Write, maxim: Write, faults: Faults) -> None:
    assert faults(article(("Put it in.", "```\n/// maxim | nothing\n///\n```")), maxim()) == []


def test_a_maxim_with_faults_is_not_called_missing(article: Write, maxim: Write, faults: Faults) -> None:
    (found,) = faults(article(), maxim(("order: 1", "order: first")))
    assert "[not-a-number]" in found


def test_the_same_id_twice_names_both_files(article: Write, maxim: Write, faults: Faults) -> None:
    found = faults(article(), article(path="articles/other.md"), maxim())
    assert found == [
        (
            "docs/ja/articles/other.md:2: The id 'no-tea' is taken by docs/ja/articles/no-tea.md:2. "
            "Give this one an id of its own. [repeated-id]"
        )
    ]


def test_an_article_and_a_maxim_do_not_share_an_id(article: Write, maxim: Write, faults: Faults) -> None:
    found = faults(article(("[plug-first]", "[no-tea]")), maxim(("id: plug-first", "id: no-tea")))
    assert [line.rpartition("[")[2] for line in found] == ["repeated-id]"]


def test_a_topic_that_no_checker_finds_is_a_fault(article: Write, maxim: Write, faults: Faults) -> None:
    found = faults(article(("[kettle/no-power]", "[kettle/no-power, kettle/no-watr]")), maxim())
    assert found == [
        (
            "docs/ja/articles/no-tea.md:6: No checker of this site ever finds 'kettle/no-watr'. "
            "Write 'kettle/no-water'. [unknown-topic]"
        )
    ]


def test_a_maxim_that_no_article_cites_is_a_warning(article: Write, maxim: Write, faults: Faults) -> None:
    found = faults(article(("[plug-first]", "[]")), maxim())
    assert [line.rpartition("[")[2] for line in found] == ["unused-maxim]"]


def test_a_maxim_cited_in_the_text_of_an_article_is_used(article: Write, maxim: Write, faults: Faults) -> None:
    text = ("Put it in.", "/// maxim | plug-first\n///")
    assert faults(article(("[plug-first]", "[]"), text), maxim()) == []


def test_a_missing_translation_names_the_file_to_write(article: Write, maxim: Write, faults: Faults) -> None:
    found = faults(article(), maxim(), maxim(language="en"), languages=("ja", "en"))
    assert found == [
        (
            "docs/en/maxims/plug-first.md:2: No article cites the maxim 'plug-first'. Cite it in the 'maxims' of an "
            "article that it belongs to, or remove it. [unused-maxim]"
        ),
        (
            "docs/ja/articles/no-tea.md:2: The article 'no-tea' does not exist in 'en'. "
            "Translate it as docs/en/articles/no-tea.md. [untranslated]"
        ),
    ]


def test_a_translation_under_another_id_is_a_fault(article: Write, maxim: Write, faults: Faults) -> None:
    both = [maxim(), maxim(language="en"), article(), article(("id: no-tea", "id: cold"), language="en")]
    assert faults(*both, languages=("ja", "en")) == [
        (
            "docs/en/articles/no-tea.md:2: This file has the id 'cold', and its translation docs/ja/articles/no-tea.md "
            "has 'no-tea'. Give both the same id: 'no-tea'. [other-id]"
        )
    ]


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
