"""Readers tell what has changed: a filled-in report, at an address that the owner chose."""

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import parse_qs, urlsplit

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from mkdocs.config import base

from kakugen.config import KakugenConfig
from kakugen.knowledge import Catalog, Provenance, Reference, ReferenceEntry, ReferenceRow
from kakugen.pages import TEMPLATES, AddressError, ReferenceShelf, Reports, check_report_url, labels_for

TEMPLATE = "https://git.example/shop/site/issues/new?title={title}&body={body}"
NOWHERE = Provenance(sources=(), checked=None)
HOSTILE = 'R&D <b>"50%"\n{body}</b> # \' 赤'


def row(id_: str, first: str) -> ReferenceRow:
    return ReferenceRow(id=id_, cells=((first,), ("one",)), topic=None, keywords="", provenance=NOWHERE)


def entry(id_: str, title: str, *rows: ReferenceRow) -> ReferenceEntry:
    return ReferenceEntry(id=id_, anchors=(), title=title, note="", provenance=NOWHERE, rows=rows)


def table(*entries: ReferenceEntry, grouped: bool) -> Reference:
    return Reference(
        id="colours",
        checker="lamps",
        title="Colours",
        intro="All colours.",
        columns=("Colour", "Number"),
        entries=entries,
        grouped=grouped,
        explains_topics=False,
        checker_title="Look up a lamp",
    )


GROUPED = table(entry("warm", "Warm", row("red", "Red"), row("pink", "Pink")), entry("cold", "Cold"), grouped=True)
PLAIN = table(entry("red", "", row("red", "Red")), entry("blue", "", row("blue", "Blue")), grouped=False)


def shelf(
    shown: Reference, template: str | None = TEMPLATE, root: str = "https://kb.example/en/", locale: str = "en"
) -> ReferenceShelf:
    reports = None if template is None else Reports(template=template, root=root, labels=labels_for(locale))
    return ReferenceShelf(
        references=[shown],
        catalog=Catalog(languages=(locale,), checkers={locale: {"lamps": "lamps.md"}}),
        language=locale,
        url_of=lambda path: path.replace(".md", "/"),
        reports=reports,
    )


def asked(url: str) -> Mapping[str, str]:
    return MappingProxyType({name: values[0] for name, values in parse_qs(urlsplit(url).query).items()})


def rendered(on: ReferenceShelf) -> str:
    env = Environment(loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, autoescape=True)
    env.globals["label"] = labels_for("en")
    env.filters["url"] = lambda address: address
    return env.get_template("partials/kakugen/reference.html").render(shelf=on, table=on.references[0])


def test_a_report_tells_what_it_is_about_and_where_that_stands() -> None:
    url = shelf(GROUPED).report_url(GROUPED, GROUPED.entries[0])
    assert url is not None
    assert url.startswith("https://git.example/shop/site/issues/new?title=")
    assert asked(url)["title"] == "Changed: Warm (Colours)"
    assert "https://kb.example/en/reference/colours/#warm" in asked(url)["body"]


def test_a_report_is_in_the_language_of_the_page() -> None:
    url = shelf(GROUPED, locale="ja").report_url(GROUPED, GROUPED.entries[0])
    assert url is not None
    assert asked(url)["title"] == "変わっています：Warm（Colours）"
    assert "書かないでください" in asked(url)["body"]


def test_an_entry_without_a_heading_is_named_by_its_row() -> None:
    url = shelf(PLAIN).report_url(PLAIN, PLAIN.entries[1])
    assert url is not None
    assert asked(url)["title"] == "Changed: Blue (Colours)"
    assert "#blue" in asked(url)["body"]


def test_a_site_that_does_not_know_its_address_tells_the_page() -> None:
    url = shelf(PLAIN, root="").report_url(PLAIN, PLAIN.entries[0])
    assert url is not None
    assert "Where: reference/colours/#red" in asked(url)["body"]


def test_nothing_in_a_name_breaks_out_of_its_place() -> None:
    odd = table(entry("odd", HOSTILE), grouped=True)
    url = shelf(odd).report_url(odd, odd.entries[0])
    assert url is not None
    assert set(asked(url)) == {"title", "body"}
    assert HOSTILE in asked(url)["title"]
    assert not set(url) & set(" \"'<>\n#")


def test_a_report_can_be_a_mail() -> None:
    url = shelf(PLAIN, template="mailto:owner@kb.example?subject={title}&body={body}").report_url(
        PLAIN, PLAIN.entries[0]
    )
    assert url is not None
    assert url.startswith("mailto:owner@kb.example?subject=Changed%3A%20Red%20%28Colours%29&body=")


@pytest.mark.parametrize(
    ("template", "complaint"),
    [
        ("http://git.example/new?title={title}", "must begin with https://"),
        ("javascript:alert({title})", "must begin with https://"),
        ("https:///new?title={title}", "must begin with https://"),
        ("https://{title}", "must begin with https://"),
        ("mailto:{title}", "must begin with https://"),
        ("https://git.example/new?body={body}", "has no {title}"),
        ("https://git.example/new?title={title}&label={label}", "holds {label}; only {title}, {body}, {kind}"),
        ("https://git.example/new?title={title", "a brace that stands alone"),
        ("https://git.example/new?title={title}}", "a brace that stands alone"),
        ("https://git.example/new?title={}", "holds {}; only"),
        ("https://git.example/new?title={title}&body=a b", "a space or a line break"),
    ],
)
def test_an_address_that_cannot_work_says_why(template: str, complaint: str) -> None:
    with pytest.raises(AddressError) as caught:
        check_report_url(template)
    assert complaint in str(caught.value)
    config = KakugenConfig()
    config.load_dict({"report_url": template})
    errors, _ = config.validate()
    assert [name for name, _ in errors] == ["report_url"]
    assert isinstance(errors[0][1], base.ValidationError)
    assert complaint in str(errors[0][1])


@pytest.mark.parametrize("template", [TEMPLATE, "mailto:owner@kb.example?subject={title}"])
def test_an_address_that_works_is_taken(template: str) -> None:
    config = KakugenConfig()
    config.load_dict({"report_url": template})
    assert config.validate() == ([], [])
    assert config.report_url == template


def test_without_an_address_there_are_no_links() -> None:
    config = KakugenConfig()
    config.load_dict({})
    config.validate()
    assert not config.report_url
    assert shelf(PLAIN, template=None).report_url(PLAIN, PLAIN.entries[0]) is None
    assert "kakugen-table__report" not in rendered(shelf(GROUPED, template=None))


@pytest.mark.parametrize("shown", [GROUPED, PLAIN], ids=["grouped", "plain"])
def test_each_entry_has_one_link_that_says_what_it_is_for_and_tells_nobody_who_follows_it(shown: Reference) -> None:
    html = rendered(shelf(shown))
    assert html.count('class="kakugen-table__report"') == len(shown.entries)
    assert html.count('referrerpolicy="no-referrer"') == len(shown.entries)
    for each in shown.entries:
        name = each.title or each.rows[0].cells[0][0]
        assert f'aria-label="Has this changed? Tell us: {name}"' in html


def test_a_table_leads_to_its_checker_by_the_checkers_own_title() -> None:
    assert '<a href="lamps/">Look up a lamp</a>' in rendered(shelf(PLAIN))
