"""What a style sheet loads is found, and nothing that only looks like it."""

import pytest

from kakugen.policy import css_sources


def found(css: str) -> list[tuple[str, str]]:
    return [(directive, address) for directive, address, _ in css_sources(css.encode())]


@pytest.mark.parametrize(
    ("css", "directive", "address"),
    [
        ("a { background: url(x.png) }", "img-src", "x.png"),
        ("a { background: URL( 'x y.png' ) }", "img-src", "x y.png"),
        (
            "a { mask: url(\"data:image/svg+xml,<svg fill='url(#a)'/>\") }",
            "img-src",
            "data:image/svg+xml,<svg fill='url(#a)'/>",
        ),
        ('@import "x.css";', "style-src", "x.css"),
        ("@import url(https://elsewhere.example/x.css);", "style-src", "https://elsewhere.example/x.css"),
        ("@font-face { font-family: x; src: url(x.woff2) }", "font-src", "x.woff2"),
        ("@font-face { src: local(x) } a { cursor: url(x.cur) }", "img-src", "x.cur"),
    ],
)
def test_addresses_are_found_with_their_kind(css: str, directive: str, address: str) -> None:
    assert found(css) == [(directive, address)]


@pytest.mark.parametrize("css", ["/* url(x.png) */", 'a::after { content: "url(x.png)" }', "a { color: red }"])
def test_comments_and_texts_load_nothing(css: str) -> None:
    assert found(css) == []


def test_position_is_that_of_the_address() -> None:
    ((_, _, position),) = css_sources(b"a {}\nb { background: url(x.png) }")
    assert position == 21
