"""One command builds the whole site, in every language; what is wrong ends it with file and line."""

from pathlib import Path
from urllib.parse import unquote

import pytest


def test_one_build_gives_every_page_in_every_language(built) -> None:
    pages = {path.relative_to(built.site).as_posix() for path in built.site.rglob("index.html")}
    ja = {
        "index.html",
        "articles/index.html",
        "articles/no-tea/index.html",
        "maxims/index.html",
        "maxims/plug-first/index.html",
        "reference/index.html",
        "reference/kettle-lamps/index.html",
        "reference/kettle-lamps/2.1/index.html",
        "reference/kettle-lamps/2.10/index.html",
        "reference/kettle-reasons/index.html",
    }
    assert pages == ja | {f"en/{page}" for page in ja}


def test_each_language_has_its_own_name_language_and_address(built) -> None:
    ja, en = built.page("articles/no-tea/index.html"), built.page("en/articles/no-tea/index.html")
    assert (ja.all("html")[0]["lang"], en.all("html")[0]["lang"]) == ("ja", "en")
    assert "やかん" in ja.text
    assert "Kettles" in en.text
    assert en.all("link", rel="canonical")[0]["href"] == "https://kettle.example/base/en/articles/no-tea/"


def test_pages_lead_to_where_they_are_put_right_and_where_an_article_is_begun(built) -> None:
    def addresses(page: str) -> set[str]:
        return {unquote(link["href"]) for link in built.page(page).all("a") if link.get("href")}

    article, listed = addresses("en/articles/no-tea/index.html"), addresses("en/articles/index.html")
    assert "https://git.example/kettle/edit/main/docs/en/articles/no-tea.md" in article
    assert "../#write" in article
    assert any("report?form=not-helped" in one and "/base/en/articles/no-tea/ (no-tea" in one for one in article)
    (begun,) = (one for one in listed if "/kettle/new/" in one)
    assert begun.startswith("https://git.example/kettle/new/docs/en/articles?name=new-article.md&text=---\n# ")
    assert "## How to check" in begun
    assert not any("/kettle/new/" in one for one in article)


def test_what_all_languages_share_is_published_once(built) -> None:
    assert (built.site / "assets/kakugen").is_dir()
    assert not (built.site / "en/assets/kakugen").exists()
    for page in ("index.html", "en/articles/no-tea/index.html"):
        found = built.page(page)
        sheets = [link["href"] for link in found.all("link", rel="stylesheet") if "kakugen" in link["href"]]
        modules = [script["src"] for script in found.all("script", type="module")]
        assert len(sheets) == len(modules) == 2
        for reference in sheets + modules:
            assert (built.site / page).parent.joinpath(reference).resolve().is_file(), reference


def test_a_checker_knows_its_way_to_the_root_and_the_pack(built) -> None:
    for page, root in (("index.html", "."), ("en/index.html", "..")):
        (checker,) = built.page(page).all("kakugen-checker")
        assert checker["data-root"] == root
        assert (built.site / checker["data-pack"] / "manifest.json").is_file()
        assert checker["locale"] == ("en" if page.startswith("en") else "ja")


def test_answers_link_to_articles_of_their_language_from_the_root(built) -> None:
    catalog = built.catalog("en/index.html")
    assert catalog["topics"].pop("kettle/no-power") == [{"title": "No <tea>", "url": "en/articles/no-tea/"}]
    assert [links[0]["url"] for links in catalog.pop("topics").values()] == [
        "en/reference/kettle-lamps/2.1/",
        "en/reference/kettle-lamps/2.10/",
    ]
    assert catalog.pop("report").startswith("https://git.example/kettle/report?form=unknown&title=No%20answer")
    assert catalog == {
        "maxims": {"plug-first": {"title": "The plug first", "url": "en/maxims/plug-first/"}},
        "checkers": {"kettle": {"title": "Ask about a kettle", "url": "en/"}},
    }


def test_no_page_loads_anything_from_elsewhere(built) -> None:
    loads = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}
    for path in built.site.rglob("*.html"):
        page = built.page(path.relative_to(built.site).as_posix())
        for tag, attribute in loads.items():
            for element in page.all(tag):
                if element.get("rel", "").strip() in {"canonical", "alternate"}:
                    continue
                assert not element.get(attribute, "").startswith(("http:", "https:", "//")), (path, element)


def test_an_article_answers_at_the_top_and_leads_to_its_checker(built) -> None:
    page = built.page("articles/no-tea/index.html")
    for words in ("コンセントを差します。", "あなた", "5分ほど", "2026年11月24日"):
        assert words in page.text
    assert page.text.index("お茶が<飲めない>") < page.text.index("コンセントを差します。") < page.text.index("Somebody")
    assert "やかんを調べる" in page.text
    assert {"href": "../../"} in page.all("a")
    assert page.all("meta", name="description")[0]["content"] == "コンセントを差します。"


def test_an_article_shows_its_maxims_and_sources_below(built) -> None:
    page = built.page("en/articles/no-tea/index.html")
    assert page.text.index("Somebody") < page.text.index("The plug first") < page.text.index("The manual")
    assert page.all("a", href="../../maxims/plug-first/")
    assert page.all("a", href="https://kettle.example/manual")


def test_a_maxim_lists_the_articles_that_follow_it(built) -> None:
    page = built.page("en/maxims/plug-first/index.html")
    assert page.text.index("It was raining.") < page.text.index("No <tea>")
    assert page.all("a", href="../../articles/no-tea/")


def test_the_home_page_shows_checker_articles_and_maxim(built) -> None:
    page = built.page("index.html")
    assert page.all("a", href="articles/no-tea/")
    assert page.all("a", href="maxims/plug-first/")
    sidebars = [div for div in page.all("div") if "md-sidebar" in div.get("class", "").split()]
    assert sidebars
    assert all("hidden" in div for div in sidebars)


def test_a_fault_of_the_main_language_ends_the_build_with_file_and_line(kettles) -> None:
    kettles.edit("docs/ja/articles/no-tea.md", ("minutes: 5", "minutes: soon"))
    kettles.edit("docs/ja/index.md", ("plug-first", "plug-frist"))
    output = kettles.build(fails=True)
    assert "docs/ja/articles/no-tea.md:10: 'minutes' is 'soon'" in output
    assert "docs/ja/index.md:11: There is no maxim 'plug-frist'" in output


def test_a_checker_that_is_not_turned_on_is_named_with_file_and_line(kettles) -> None:
    kettles.edit("docs/ja/index.md", ("| kettle", "| ketle"))
    assert "docs/ja/index.md:5: " in kettles.build(fails=True)


def test_a_missing_translation_warns_and_fails_only_under_strict(kettles) -> None:
    (kettles.root / "docs/en/articles/no-tea.md").unlink()
    kettles.edit("docs/en/index.md", ("/// articles\n///\n", ""))
    warning = "docs/ja/articles/no-tea.md:2: The article 'no-tea' does not exist in 'en'."
    assert warning in kettles.build()
    assert warning in kettles.build("--strict", fails=True)


def test_a_warning_in_a_further_language_is_shown_and_fails_under_strict(kettles) -> None:
    kettles.edit("docs/en/maxims/plug-first.md", ("It was", "[It](nowhere.md) was"))
    assert "[en] " in (output := kettles.build())
    assert "nowhere.md" in output
    assert "nowhere.md" in kettles.build("--strict", fails=True)


def test_a_further_language_that_fails_fails_the_build_with_its_output(kettles) -> None:
    kettles.edit("docs/en/articles/no-tea.md", ("minutes: 5", "minutes: 0"))
    output = kettles.build(fails=True)
    assert "the build of the language 'en' failed" in output
    assert "docs/en/articles/no-tea.md:10: " in output


def test_a_page_that_one_language_lacks_leads_to_the_home_page_of_that_language(kettles) -> None:
    kettles.write("docs/ja/about.md", "# このサイト\n")
    kettles.build("--strict")
    page = kettles.page("about/index.html")
    (switch,) = page.all("a", hreflang="en")
    assert switch["href"] == "../en/"
    assert not page.all("link", hreflang="en")


def test_under_dirty_the_catalog_is_whole_though_pages_are_left_as_they_are(kettles) -> None:
    kettles.build("--strict")
    untouched = kettles.site / "maxims/plug-first/index.html"
    before = untouched.stat().st_mtime_ns
    kettles.write("docs/ja/about.md", "# About\n\n/// maxim | plug-first\n///\n\n/// articles\n///\n")
    kettles.build("--dirty")
    page = kettles.page("about/index.html")
    assert "まずコンセント" in page.text
    assert "お茶が<飲めない>" in page.text
    assert untouched.stat().st_mtime_ns == before


def test_under_dirty_a_fault_in_an_untouched_page_is_still_found(kettles) -> None:
    kettles.build("--strict")
    (kettles.root / "docs/ja/maxims/plug-first.md").unlink()
    assert "There is no maxim 'plug-first'" in kettles.build("--dirty", fails=True)


def test_a_site_of_one_language_needs_no_folder_for_it(kettles) -> None:
    settings = (kettles.root / "mkdocs.yml").read_text("utf-8")
    kettles.write("mkdocs.yml", settings.partition("      languages:")[0])
    for language in ("ja", "en"):  # the English files stay: it is a site in English
        for path in sorted((kettles.root / "docs" / language).rglob("*.md")):
            kettles.write(f"docs/{path.relative_to(kettles.root / 'docs' / language)}", path.read_text("utf-8"))
            path.unlink()
    kettles.build("--strict")
    page = kettles.page("articles/no-tea/index.html")
    assert page.all("html")[0]["lang"] == "en"
    assert not page.all("a", class_="kakugen-languages__link")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("name: material", "name: mkdocs"), "Kakugen needs Material for MkDocs."),
        (("[kettle]", "[ketle]"), "no installed package provides the checker 'ketle'"),
        (("en: {name: English", "fr: {name: Français"), "The language 'fr' has no documents. Make the folder docs/fr/"),
        (("ja: {name: 日本語}", "ja: {nam: 日本語}"), "name"),
    ],
)  # fmt: skip
def test_a_wrong_setting_says_what_to_write(kettles, change, message) -> None:
    kettles.edit("mkdocs.yml", change)
    assert message in kettles.build(fails=True)


def test_the_owner_settings_win(kettles) -> None:
    kettles.edit(
        "mkdocs.yml",
        ("theme: {name: material}", "theme: {name: material, features: [navigation.top], custom_dir: over}"),
        ("en: {name: English", "en: {nav: [index.md, {Everything: articles/index.md}], name: English"),
    )
    kettles.write(
        "over/main.html", '{% extends "kakugen.html" %}{% block htmltitle %}<title>Mine</title>{% endblock %}'
    )
    kettles.build()
    page = kettles.page("en/articles/no-tea/index.html")
    assert "<title>Mine</title>" in page.html
    assert '"features": ["navigation.top"]' in page.html
    assert "Everything" in page.text
    assert "Put the plug in." in page.text


def test_the_lists_that_the_owner_wrote_are_kept(kettles) -> None:
    for language in ("ja", "en"):
        kettles.write(f"docs/{language}/articles/index.md", "# Mine\n\n/// articles\n    limit: 1\n///\n")
    kettles.build("--strict")
    page = kettles.page("articles/index.html")
    assert "Mine" in page.text
    assert "お茶が<飲めない>" in page.text


def test_nothing_hidden_is_left_in_the_site(built) -> None:
    assert list(Path(built.site).rglob(".*")) == []


def test_a_diagram_is_part_of_the_page_in_its_language_and_no_file_of_the_site(built) -> None:
    for home, title, text, label in (
        ("index.html", "やかんの絵", "やかんが描いてあります。", "やかん<1>"),
        ("en/index.html", "A drawn kettle", "There is a kettle.", "kettle <1>"),
    ):
        page = built.page(home)
        (picture,) = page.all("svg", role="img")
        assert picture["aria-label"] == text
        assert title in page.text
        assert label in page.text
    assert not list(built.site.rglob("pot.*"))


def test_a_diagram_that_is_wrong_or_missing_ends_the_build_with_file_and_line(kettles) -> None:
    kettles.edit("docs/diagrams/pot.toml", ('text = "There is a kettle."', ""))
    kettles.edit("docs/ja/articles/no-tea.md", ("Put it in.", "/// diagram | pott\n///"))
    lines = (kettles.root / "docs/ja/articles/no-tea.md").read_text("utf-8").splitlines()
    output = kettles.build(fails=True)
    assert "docs/diagrams/pot.toml:1: 'text' in the language 'en' does not fit the drawing." in output
    assert (
        f"docs/ja/articles/no-tea.md:{lines.index('/// diagram | pott') + 1}: There is no diagram 'pott'. Write 'pot'."
        in output
    )
