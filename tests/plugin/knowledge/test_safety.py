"""No script, no foreign picture and nobody's data comes in with an article, however it is written."""

import pytest

from kakugen.knowledge import MarkdownText
from kakugen.knowledge.personal import personal_data
from kakugen.knowledge.safety import check_safety


def rules(body: str) -> list[str]:
    return [str(fault.rule) for fault in check_safety(MarkdownText(body, 5), "x.md")]


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "a <SCRIPT src=x>",
        "<iframe src='//x'>",
        "<svg onload=alert(1)>",
        "<style>p {}</style>",
        "<form action=x>",
        "<base href=x>",
        "<details ontoggle=alert(1)>",
        "<details title='>' ontoggle=alert(1)>",
        '<details title="<b>"\nontoggle=alert(1)>',
        "<b/onclick=alert(1)>",
        "<p style='x'>",
        "<math>",
        "<!doctype html>",
        "<?php ?>",
        "# Title {onclick=alert(1)}",
        "# Title {: style='x'}",
        "a ` b\n`<script>` c",
        "``` no fence at all\n<script>\n```",
        "<b title='",
    ],
)
def test_active_html_is_refused(body: str) -> None:
    assert "unsafe-html" in rules(body)


@pytest.mark.parametrize(
    "body",
    [
        "[a](javascript:alert(1))",
        "[a\nb](javascript:alert(1))",
        "[a](<java\tscript:alert(1)>)",
        "[a](&#106;avascript:alert(1))",
        "[a]( JAVASCRIPT:alert(1))",
        "[a](data:text/html,x)",
        "[a][b]\n\n[b]: javascript:alert(1)",
        "[a][b]\n\n[b]:\n  javascript:alert(1)",
        "<javascript:alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href=&#x6A;avascript:x>x</a>",
        "[![a](b.png)](vbscript:x)",
    ],
)
def test_links_that_run_code_are_refused(body: str) -> None:
    assert "unsafe-link" in rules(body)


@pytest.mark.parametrize(
    "body",
    [
        "![a](https://kettle.example/x.png)",
        "![a](//kettle.example/x.png)",
        "[![a](http://kettle.example/x.png)](y.md)",
        "![a][b]\n\n[b]: https://kettle.example/x.png",
        "![b]\n\n[b]: https://kettle.example/x.png",
        "<img src='https://kettle.example/x.png' alt=''>",
    ],
)
def test_pictures_from_elsewhere_are_refused(body: str) -> None:
    assert "remote-image" in rules(body)


@pytest.mark.parametrize(
    "body",
    [
        "Press <kbd>F5</kbd>.<br>",
        "<details markdown open>\n<summary>a</summary>\n</details>",
        "<ruby>格言<rt>かくげん</rt></ruby>",
        "<!-- a note -->",
        "a < b and b > c",
        "`<script>`\n\n```html\n<script>\n```",
        "[a](https://kettle.example/) <https://kettle.example/> [b](mailto:info@example.com) [c](tel:03-0000-0000)",
        "![a](x.png)",
        "[a]: https://kettle.example/x.png",
        "# Title {#anchor .class}",
        "[a](x.md)",
    ],
)
def test_what_is_harmless_is_let_through(body: str) -> None:
    assert rules(body) == []


def test_a_fault_names_the_line_in_the_file() -> None:
    (fault,) = check_safety(MarkdownText("a\n\n<script>\n", 5), "x.md")
    assert str(fault).startswith("x.md:7: '<script>' is not allowed")


@pytest.mark.parametrize("body", ["<a " * 20_000, "[" * 20_000 + "](", "`a" * 20_000, "[a](" * 20_000, '<b "' * 20_000])
def test_a_hostile_text_is_looked_through_to_its_end(body: str) -> None:
    assert "unsafe-html" in rules(f"{body}\n\n<script>")
    assert list(personal_data(f"{body} 09012349876"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("mail taro.yamada@kettle-shop.co.jp now", "taro.yamada@kettle-shop.co.jp"),
        ("<hanako＠gmail.com>", "hanako＠gmail.com"),
        ("電話 03-6804-1259", "03-6804-1259"),
        ("09012349876", "09012349876"),
        ("+81 90-4321-9876", "+81 90-4321-9876"),
        ("+819043219876", "+819043219876"),
        ("携帯 090 4321 9876", "090 4321 9876"),
        ("０９０－４３２１－９８７６", "090-4321-9876"),
        ("(03)6804-1259", "03)6804-1259"),
        ("電話番号：0368041259", "0368041259"),
        ("TEL 0368041259", "0368041259"),
        ("〒154-0021", "〒154-0021"),
        ("〒１５４００２１", "〒1540021"),
        ("世田谷区豪徳寺1-2-34 2F", "谷区豪徳寺1-2-34"),
        ("京都市東山区祇園町南側570番地", "京都市東山区祇園町南側570番地"),
        ("from 209.85.220.41", "209.85.220.41"),
        ("[2404:6800:4004:80f::200e]", "2404:6800:4004:80f::200e"),
    ],
)
def test_what_may_be_somebodys_is_found(text: str, value: str) -> None:
    assert [found.value for found in personal_data(text)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "info@example.com, a@mail.example.jp, x@kettle.example, y@z.test",
        "MAILER-DAEMON@kettle-shop.co.jp",
        "info@… and @username",
        "https://git.kettle-shop.com/@kettle/x",
        "03-0000-0000 0120-123-456 117 090-1234-5678 TEL 0000000000 (03)0000-0000",
        "〒000-0000 〒123-4567 ○○市○○町 市区町村の1-2件 申込番号0368041259 2026-11-24",
        "192.0.2.1 198.51.100.7 203.0.113.200 10.1.2.3 127.0.0.1 2001:db8::1 ::1",
        "550 5.7.1, version 1.2.3, 10:20:30, 2026-11-24, 1.2.3.4.5",
        "999.1.2.3",
    ],
)
def test_what_is_nobodys_is_left_alone(text: str) -> None:
    assert [found.value for found in personal_data(text)] == []
