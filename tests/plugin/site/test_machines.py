"""What machines read of a site: true to the knowledge, in the form that is promised, the same in every build."""

import json
from xml.etree import ElementTree

from jsonschema import Draft202012Validator

from kakugen.knowledge import Document, Folders, read_catalog
from kakugen.machines import Edition, markdown_page

from .conftest import FILES

_SITE = "https://kettle.example/base/"
_ATOM = "{http://www.w3.org/2005/Atom}"
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def _structured(page) -> dict:
    (script,) = [part.split("</script>")[0] for part in page.html.split('<script type="application/ld+json">')[1:]]
    return json.loads(script)


def test_every_json_file_is_valid_by_the_schema_beside_it(built) -> None:
    schemas = {
        path.name.removesuffix(".schema.json"): json.loads(path.read_text("utf-8"))
        for path in (built.site / "api/v1").glob("*.schema.json")
    }
    checked = []
    for root in (built.site, built.site / "en"):
        for path in sorted((root / "api/v1").rglob("*.json")):
            if not path.name.endswith(".schema.json"):
                form = "table" if path.parent.name == "tables" else path.stem
                Draft202012Validator(schemas[form], format_checker=Draft202012Validator.FORMAT_CHECKER).validate(
                    json.loads(path.read_text("utf-8"))
                )
                checked.append(path.relative_to(built.site).as_posix())
    tables = [f"api/v1/tables/{name}.json" for name in ("kettle-lamps", "kettle-reasons")]
    own = ["api/v1/catalog.json", *tables]
    assert sorted(checked) == sorted(["api/v1/index.json", *own, *(f"en/{path}" for path in own)])


def test_the_catalog_says_what_the_front_matter_says_and_every_address_in_it_is_there(built) -> None:
    catalog = json.loads((built.site / "en/api/v1/catalog.json").read_text("utf-8"))
    (article,) = catalog["articles"]
    assert article["title"] == "No <tea>"
    assert article["checked"] == "2026-11-24"
    assert article["review"] == "2027-05-23"
    assert article["topics"] == ["kettle/no-power"]
    (checker,) = catalog["checkers"]
    assert [topic["articles"] for topic in checker["topics"]] == [["no-tea"], []]
    index = json.loads((built.site / "api/v1/index.json").read_text("utf-8"))
    addresses = [
        catalog["url"],
        checker["url"],
        *(entry[key] for entry in (*catalog["articles"], *catalog["maxims"]) for key in ("url", "markdown")),
        *(table[key] for table in catalog["tables"] for key in ("url", "json_url")),
        *(language[key] for language in index["languages"] for key in ("catalog", "feed", "llms")),
    ]
    for address in addresses:
        file = built.site / address.removeprefix(_SITE)
        assert (file / "index.html" if address.endswith("/") else file).is_file(), address


def test_a_table_as_json_holds_what_the_checker_knows(built) -> None:
    table = json.loads((built.site / "en/api/v1/tables/kettle-reasons.json").read_text("utf-8"))
    first = table["entries"][0]["rows"][0]
    assert first["cells"] == [["No power"], ["Plug it in"]]
    assert first["sources"] == ["The manual", "https://kettle.example/power"]
    assert first["checked"] == "2026-11-20"


def test_an_article_says_in_its_head_what_it_is_about(built) -> None:
    page = built.page("en/articles/no-tea/index.html")
    article, trail = _structured(page)["@graph"]
    assert article["@type"] == "TechArticle"
    assert (article["headline"], article["inLanguage"]) == ("No <tea>", "en")
    assert article["dateModified"] == "2026-11-24"
    assert article["citation"][0]["url"] == "https://kettle.example/manual"
    assert [step["item"] for step in trail["itemListElement"]] == [
        f"{_SITE}en/",
        f"{_SITE}en/articles/",
        f"{_SITE}en/articles/no-tea/",
    ]
    (canonical,) = page.all("link", rel="canonical")
    assert canonical["href"] == article["@id"]
    others = {link["hreflang"]: link["href"] for link in page.all("link") if "hreflang" in link}
    assert others == {
        "ja": f"{_SITE}articles/no-tea/",
        "en": f"{_SITE}en/articles/no-tea/",
        "x-default": f"{_SITE}articles/no-tea/",
    }


def test_a_maxim_and_the_home_page_say_what_they_are(built) -> None:
    assert _structured(built.page("maxims/plug-first/index.html"))["@graph"][0]["@type"] == "Quotation"
    assert _structured(built.page("index.html"))["@type"] == "WebSite"


def test_a_shared_link_stands_beside_a_picture_that_is_there(built) -> None:
    for path, picture in (("en/maxims/plug-first", "en/assets/cards/plug-first.png"), ("", "assets/cards/site.png")):
        page = built.page(f"{path}/index.html".lstrip("/"))
        (image,) = page.all("meta", property="og:image")
        assert image["content"] == _SITE + picture
        assert (built.site / picture).is_file()
        assert page.all("meta", property="og:title")
        assert page.all("meta", name="twitter:card", content="summary_large_image")


def test_the_feed_of_each_language_holds_its_articles_and_maxims_with_the_day_of_their_check(built) -> None:
    for prefix, title in (("", "お茶が<飲めない>"), ("en/", "No <tea>")):
        feed = ElementTree.parse(built.site / prefix / "feed.xml").getroot()
        entries = {entry.findtext(f"{_ATOM}title"): entry for entry in feed.iter(f"{_ATOM}entry")}
        assert len(entries) == 2
        assert entries[title].findtext(f"{_ATOM}updated") == "2026-11-24T12:00:00Z"
        link = entries[title].find(f"{_ATOM}link")
        assert link is not None
        assert link.get("href") == f"{_SITE}{prefix}articles/no-tea/"
        assert entries[title].findtext(f"{_ATOM}id") == f"{_SITE}{prefix}#article/no-tea"


def test_sitemaps_hold_every_page_with_the_same_page_in_the_other_language(built) -> None:
    robots = (built.site / "robots.txt").read_text("utf-8")
    for prefix in ("", "en/"):
        assert f"Sitemap: {_SITE}{prefix}sitemap.xml\n" in robots
        urls = list(ElementTree.parse(built.site / prefix / "sitemap.xml").getroot())
        pages = {url.findtext(f"{_SITEMAP}loc"): url for url in urls}
        folder = built.site / prefix
        written = {path.parent.relative_to(folder).as_posix() for path in folder.rglob("index.html")}
        own = {path for path in written if prefix or path.split("/")[0] != "en"}
        assert {f"{_SITE}{prefix}{path}/".replace("/./", "/") for path in own} == set(pages)
        article = pages[f"{_SITE}{prefix}articles/no-tea/"]
        assert article.findtext(f"{_SITEMAP}lastmod") == "2026-11-24"
        assert {link.get("href") for link in article if link.get("hreflang")} == {
            f"{_SITE}articles/no-tea/",
            f"{_SITE}en/articles/no-tea/",
        }
        assert pages[f"{_SITE}{prefix}articles/"].findtext(f"{_SITEMAP}lastmod") is None


def test_llms_txt_leads_to_markdown_that_stands_alone_and_to_the_other_language(built) -> None:
    text = (built.site / "llms.txt").read_text("utf-8")
    assert text.startswith("# やかん\n")
    assert f"- [お茶が<飲めない>]({_SITE}articles/no-tea/index.html.md): コンセントを差します。" in text
    assert f"({_SITE}en/llms.txt)" in text
    page = (built.site / "en/articles/no-tea/index.html.md").read_text("utf-8")
    assert page.startswith("# No <tea>\n\n> Put the plug in.\n")
    assert "## Cause\n\nSomebody pulled the plug." in page
    assert "[The manual](https://kettle.example/manual)" in page
    assert "///" not in page


def test_blocks_links_and_code_of_a_page_are_written_out_in_its_markdown() -> None:
    text = (
        "## Cause {: #why }\n\n/// maxim | plug-first\n///\n\n/// actor | host\n///\n\n"
        "See [it](../maxims/plug-first.md), [home](../index.md#top) and [there](https://kettle.example/x).\n\n"
        "```text\n/// maxim | plug-first\n///\n[it](../index.md)\n```"
    )
    article = FILES["docs/ja/articles/no-tea.md"].replace("Somebody pulled the plug.", text)
    sources = {"articles/no-tea.md": article, "maxims/plug-first.md": FILES["docs/ja/maxims/plug-first.md"]}
    documents = [
        Document(language="ja", path=path, url=f"{path[:-3]}/", file=path, source=source.encode())
        for path, source in sources.items()
    ]
    catalog, faults = read_catalog(documents, ("ja",), Folders())
    assert not faults
    edition = Edition(
        language="ja",
        language_name="日本語",
        name="やかん",
        description="",
        site_url=_SITE,
        prefix="",
        siblings={},
        catalog=catalog,
        tables=(),
        tools=(),
        table_url=lambda table: table.id,
        urls={"index.md": "./"},
        lists={},
        words=str,
        holds=180,
    )
    page = markdown_page(edition, catalog.articles[0])
    maxim = f"{_SITE}maxims/plug-first/index.html.md"
    assert f"## Cause\n\n> [まずコンセント]({maxim})\n> だいたいこれです。\n\narticle.actor: actors.host\n\n" in page
    assert f"See [it]({maxim}), [home]({_SITE}#top) and [there](https://kettle.example/x)." in page
    assert "```text\n/// maxim | plug-first\n///\n[it](../index.md)\n```" in page


def test_a_site_without_an_address_has_none_of_it_and_no_word_of_it_in_its_pages(kettles) -> None:
    kettles.edit("mkdocs.yml", ("site_url: https://kettle.example/base/\n", ""))
    assert "set 'site_url'" in kettles.build()
    assert not (kettles.site / "api").exists()
    assert not (kettles.site / "feed.xml").exists()
    page = kettles.page("articles/no-tea/index.html")
    assert "ld+json" not in page.html
    assert not page.all("meta", property="og:image")
    assert page.all("meta", name="twitter:card", content="summary")
    assert not page.all("link", type="application/atom+xml")
