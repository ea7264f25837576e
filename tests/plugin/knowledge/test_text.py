"""A text is looked through without being rendered; nothing that a page would show counts as code."""

import pytest

from kakugen.knowledge import MarkdownText


def code_free(body: str) -> str:
    return MarkdownText(body).outside_code


@pytest.mark.parametrize(
    "body",
    [
        "```\n<script>\n```\n",
        "~~~html\n<script>\n~~~\n",
        '```html title="a"\n<script>\n```\n',
        "> ```\n> <script>\n> ```\n",
        "a `<script>` b\n",
        "a ``<script> ` `` b\n",
    ],
)
def test_code_is_blanked_out_and_lines_stay(body: str) -> None:
    assert "script" not in code_free(body)
    assert code_free(body).count("\n") == body.count("\n")
    assert len(code_free(body)) == len(body)


@pytest.mark.parametrize(
    "body",
    [
        "```\n<script>\n",  # never closed
        "``` what is this\n<script>\n```\n",  # no fence for Markdown
        "```\na\n``\n<script>\n",
        "a ` b\n`<script>` c\n",  # the first sign pairs with the second
        "\\`<script>`\n",
        "`a\n\n<script>`\n",
    ],
)
def test_what_only_looks_like_code_stays(body: str) -> None:
    assert "<script>" in code_free(body)


def test_headings_know_their_line_and_their_own_anchor() -> None:
    text = MarkdownText("\n## One {#first}\n\n```\n## code\n```\n### Two ##\n", first_line=10)
    assert [(heading.level, heading.title, heading.anchor, heading.line) for heading in text.headings] == [
        (2, "One", "first", 11),
        (3, "Two", "", 16),
    ]


def test_links_of_every_way_of_writing_are_found() -> None:
    body = (
        "[a](x.md#y) ![b](p.png 'title')\n[c [d]](<z.md>)\n\n[e]: w.md\n<https://kettle.example/>\n\n"
        "`[no](no.md)`\n[^1]: note\n"
    )
    assert {(link.target, link.image, link.line) for link in MarkdownText(body).links} == {
        ("x.md#y", False, 1),
        ("p.png", True, 1),
        ("z.md", False, 2),
        ("w.md", False, 4),
        ("https://kettle.example/", False, 5),
    }


def test_blocks_in_code_are_none() -> None:
    text = MarkdownText("/// maxim | a\n///\n\n```\n/// maxim | b\n///\n```\n   /// actor | reader\n")
    assert list(text.blocks("maxim")) == [("a", 1)]
    assert list(text.blocks("actor")) == [("reader", 8)]
