"""What a page uses is found, whatever the page looks like; what it must not load is named."""

import base64
import hashlib

import pytest

from kakugen.policy import PageUse, Source, read_page


def read(body: str, site_url: str = "") -> PageUse:
    return read_page("page/index.html", f"<!doctype html>\n{body}".encode(), site_url)


def used(body: str) -> set[tuple[str, str]]:
    use = read(body)
    assert use.faults == ()
    return {(source.directive, source.expression) for source in use.sources}


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@pytest.mark.parametrize(
    "tag",
    [
        "<script>",
        "<SCRIPT>",
        '<script type="module">',
        "<script type=text/javascript>",
        '<script data-why="a > b" type="">',
        "<script\n  type='importmap'>",
    ],
)
def test_inline_script_is_allowed_by_its_hash(tag: str) -> None:
    script = 'document.write("<img src=https://elsewhere.example/>"); 日本語()'
    assert used(f"{tag}{script}</script>") == {("script-src", digest(script))}


@pytest.mark.parametrize("kind", ["application/json", "application/ld+json", "text/template", "text/x-mathjax"])
def test_data_block_is_no_script(kind: str) -> None:
    assert used(f'<script type="{kind}">{{"onclick=": "style="}}</script>') == set()


def test_script_is_hashed_as_browsers_see_it_with_line_feeds_only() -> None:
    assert used("<script>a\r\nb\rc</script>") == {("script-src", digest("a\nb\nc"))}


def test_script_with_an_address_runs_nothing_inline() -> None:
    assert used('<script src="../x.js">ignored()</script>') == {("script-src", "'self'")}


def test_style_element_and_style_attribute_are_allowed_by_their_hashes() -> None:
    assert used("<style>p { color: red }</style>") == {("style-src", digest("p { color: red }"))}
    assert used('<td style="text-align: right;">1</td><td STYLE=\'quotes: "&lt;"\'>') == {
        ("style-src", "'unsafe-hashes'"),
        ("style-src", digest("text-align: right;")),
        ("style-src", digest('quotes: "<"')),
    }


@pytest.mark.parametrize(
    ("element", "directive", "expression"),
    [
        ('<img src="a.png">', "img-src", "'self'"),
        ('<img srcset="a.png 1x, b.png 2x">', "img-src", "'self'"),
        ('<img src="data:image/png;base64,AA==">', "img-src", "data:"),
        ('<link rel="shortcut icon" href="/x.ico">', "img-src", "'self'"),
        ('<link rel="stylesheet" href="x.css">', "style-src", "'self'"),
        ('<link rel="manifest" href="x.json">', "manifest-src", "'self'"),
        ('<link rel="preload" as="font" href="x.woff2">', "font-src", "'self'"),
        ('<video poster="x.png">', "img-src", "'self'"),
        ('<audio src="x.mp3">', "media-src", "'self'"),
        ('<iframe src="demo.html">', "frame-src", "'self'"),
        ('<form action="/search">', "form-action", "'self'"),
        ('<base href="/x/">', "base-uri", "'self'"),
        ('<svg><image xlink:href="x.png"/></svg>', "img-src", "'self'"),
        ('<svg><use href="x.svg#part"/></svg>', "img-src", "'self'"),
    ],
)
def test_own_files_are_allowed_by_kind(element: str, directive: str, expression: str) -> None:
    assert used(element) == {(directive, expression)}


@pytest.mark.parametrize(
    "element",
    [
        '<a href="https://elsewhere.example/">',
        '<link rel="canonical" href="https://elsewhere.example/">',
        '<link rel="alternate " hreflang="en" href="https://elsewhere.example/">',
        '<meta property="og:image" content="https://elsewhere.example/x.png">',
        '<svg><use href="#part"/></svg>',
        "<!-- <img src=https://elsewhere.example/x.png> <script>no()</script> -->",
        "<textarea><img src=https://elsewhere.example/x.png onload=x()></textarea>",
        "<title><img src=https://elsewhere.example/x.png></title>",
        "<p>style= and onclick= are attributes, &lt;img src=https://elsewhere.example/&gt; is text</p>",
        '<p data-component="content" data-lifestyle="calm" title="on = off">text</p>',
        "<form><input></form><form method=dialog></form>",
        '<img src="">',
    ],
)
def test_what_loads_nothing_needs_nothing(element: str) -> None:
    assert used(element) == set()


@pytest.mark.parametrize(
    "element",
    [
        '<script src="https://elsewhere.example/x.js">',
        '<script src="//elsewhere.example/x.js">',
        '<script src="\\\\elsewhere.example/x.js">',
        '<script src=" ht&#9;tps://elsewhere.example/x.js">',
        '<script src="data:text/javascript,x">',
        '<img src="HTTPS://elsewhere.example/x.png">',
        '<img alt="a > b" srcset="a.png 1x, https://elsewhere.example/b.png 2x">',
        '<link rel="stylesheet" href="https://elsewhere.example/x.css">',
        '<link rel="preconnect" href="https://elsewhere.example">',
        '<link rel="icon" href="https://elsewhere.example/x.ico">',
        '<iframe src="https://elsewhere.example/">',
        '<iframe src="javascript:x()">',
        '<form action="https://elsewhere.example/">',
        '<button formaction="https://elsewhere.example/">',
        '<base href="https://elsewhere.example/">',
        '<meta http-equiv="refresh" content="0; url=https://elsewhere.example/">',
        '<video src="https://elsewhere.example/x.mp4">',
        '<p style="background: url(https://elsewhere.example/x.png)">',
        '<object data="x.pdf">',
        '<embed src="x.pdf">',
        '<body onload="x()">',
        "<p\nONCLICK = x()>",
    ],
)
def test_what_comes_from_elsewhere_or_runs_from_an_attribute_is_a_fault_at_its_line(element: str) -> None:
    (fault,) = read(f"<p>first</p>\n{element}</script></iframe>").faults
    assert (fault.file, fault.line) == ("page/index.html", 3)
    assert fault.element == " ".join(element.split())
    assert fault.problem


def test_import_in_a_style_element_is_a_fault() -> None:
    (fault,) = read('<style>@import "https://elsewhere.example/x.css";</style>').faults
    assert fault.element == "<style>"


def test_the_published_address_of_the_site_is_its_own() -> None:
    page = '<img src="https://kakugen.example/x.png">'
    assert read(page, "https://kakugen.example/base/").sources == {Source("img-src", "'self'")}
    assert len(read(page, "https://kakugen.example.evil/").faults) == 1


@pytest.mark.parametrize(
    "piece", ['<img src="', "<script ", "<!--", "<script>", "<p style=", " onx=", "<", "<p style=1 onx"]
)
def test_page_that_closes_nothing_is_read_once(piece: str) -> None:
    # Anything slower than linear would take minutes here.
    assert len(read(piece * 20_000).faults) <= 1


def test_script_that_is_never_closed_runs_to_the_end_of_the_page() -> None:
    assert used("<script>a()<p>") == {("script-src", digest("a()<p>"))}


def test_diagram_of_mermaid_is_refused_with_what_to_do_instead() -> None:
    page = b'<p>\n<pre class="x mermaid"><code>graph</code></pre><!-- <pre class="mermaid"> --><pre class="y">mermaid'
    (fault,) = read_page("a/index.html", page).faults
    assert str(fault).startswith('a/index.html:2: <pre class="x mermaid"> is a diagram that Mermaid draws')
    assert str(fault).endswith("put it as an SVG file beside the page, and show that as an image.")
