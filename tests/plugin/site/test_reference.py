"""Tables of checkers become pages, in every language, that lead on to articles and to each other."""

LAMPS = "reference/kettle-lamps/index.html"


def test_a_table_is_a_page_in_the_words_of_each_language(built) -> None:
    ja, en = built.page(LAMPS), built.page(f"en/{LAMPS}")
    for words in ("ランプ <1> の_意味_", "光り方の一覧です。", "2.1", "赤い光です。", "電気が来ていません", "ACME"):
        assert words in ja.text
    for words in ("What lamp <1> _means_", "What its blinking means.", "A red light.", "No power", "ACME"):
        assert words in en.text


def test_tables_have_a_tab_and_a_list_in_every_language(built) -> None:
    for home, name in (("index.html", "一覧"), ("en/index.html", "Reference")):
        page = built.page(home)
        assert [link for link in page.all("a") if link["href"] == "reference/" and "md-tabs__link" in link["class"]]
        assert name in page.text
    listed = built.page("reference/index.html")
    assert [link["href"] for link in listed.all("a", class_="kakugen-articles__title")] == [
        "kettle-lamps/",
        "kettle-reasons/",
    ]


def test_the_language_switch_stays_on_the_table(built) -> None:
    (switch,) = built.page(LAMPS).all("a", hreflang="en")
    assert switch["href"] == "../../en/reference/kettle-lamps/"


def test_every_entry_and_row_has_its_anchor(built) -> None:
    page = built.page(LAMPS)
    ids = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    assert {"2.1", "2.2", "2.10", "2.1-no-power", "2.1-no-water"} <= ids


def test_a_row_leads_to_the_row_that_tells_of_its_topic_and_to_the_articles(built) -> None:
    page = built.page(f"en/{LAMPS}")
    assert page.all("a", href="../kettle-reasons/#no-power")
    assert page.all("a", href="../../articles/no-tea/", class_="kakugen-table__article")
    reasons = built.page("en/reference/kettle-reasons/index.html")
    assert len(reasons.all("a", class_="kakugen-table__article")) == 1, "nothing answers the other reason"
    assert not [link for link in reasons.all("a") if "#no-" in link.get("href", "")], "a row does not lead to itself"


def test_sources_and_the_day_are_there_behind_a_word(built) -> None:
    page = built.page("en/reference/kettle-reasons/index.html")
    assert len(page.all("details", class_="kakugen-provenance")) == 1
    assert "The manual" in page.text
    assert "read 20 November 2026" in page.text
    assert page.all("a", href="https://kettle.example/power", rel="noopener")


def test_a_table_leads_to_its_checker_and_the_checker_to_its_tables(built) -> None:
    assert built.page(LAMPS).all("a", href="../../")
    for home, root, prefix in (("index.html", ".", ""), ("en/index.html", "..", "en/")):
        links = {link["href"] for link in built.page(home).all("a")}
        assert f"{root}/{prefix}reference/kettle-lamps/" in links


def test_without_javascript_the_filter_is_not_there(built) -> None:
    (tools,) = [attributes for _, attributes in built.page(LAMPS).elements if "data-tools" in attributes]
    assert "hidden" in tools
    assert not [a for _, a in built.page(LAMPS).elements if "data-entry" in a and "hidden" in a]


def test_a_language_that_the_checker_does_not_speak_has_no_tables(kettles) -> None:
    kettles.edit("mkdocs.yml", ("en: {name: English", "fr: {name: Français"))
    (kettles.root / "docs/en").rename(kettles.root / "docs/fr")
    kettles.edit("docs/diagrams/pot.toml", ("[en]", "[fr]"))
    kettles.build("--strict")
    assert (kettles.site / "reference/kettle-lamps/index.html").is_file()
    assert not (kettles.site / "fr/reference").exists()
    assert not [link for link in kettles.page("fr/index.html").all("a") if "reference" in link.get("href", "")]


def test_the_page_that_an_owner_wrote_for_a_table_is_kept(kettles) -> None:
    kettles.write("docs/ja/reference/kettle-lamps.md", "# わたしの一覧\n\n/// reference | kettle-lamps\n///\n")
    kettles.build("--strict")
    page = kettles.page(LAMPS)
    assert "わたしの一覧" in page.text
    assert "赤い光です。" in page.text


def test_an_entry_has_a_page_of_its_own_in_each_language_with_all_that_is_known(built) -> None:
    page = built.page("en/reference/kettle-lamps/2.1/index.html")
    for words in ("All of lamp 2.1", "What 2.1 tells.", "No power", "A crack", "Look <closely>", "20 November 2026"):
        assert words in page.text
    assert page.all("h2", id="2.1-crack")
    assert page.all("a", href="https://kettle.example/crack", rel="noopener")
    assert page.all("a", href="../"), "it leads back to the table"
    (switch,) = page.all("a", hreflang="ja")
    assert switch["href"] == "../../../../reference/kettle-lamps/2.1/"
    table = built.page(f"en/{LAMPS}")
    assert "A crack" not in table.text
    assert table.all("a", href="2.1/")
