"""Front matter is read with its lines, and nothing that stands in a file can break the reading."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakugen.knowledge import FrontMatter, Rule, read_front_matter


def read(text: str) -> FrontMatter:
    return read_front_matter(text.encode(), "docs/ja/x.md")


def test_values_have_their_yaml_types() -> None:
    head = read('---\nid: x\nminutes: 5\nchecked: 2026-11-24\nsure: true\nlist: [a, "b"]\nnone:\n---\nText\n')
    assert head.faults == ()
    assert head.values == {
        "id": "x",
        "minutes": 5,
        "checked": date(2026, 11, 24),
        "sure": True,
        "list": ["a", "b"],
        "none": None,
    }
    assert head.body == "Text\n"


def test_every_value_knows_its_line_in_the_file() -> None:
    head = read("---\nid: x\nsources:\n  - title: a\n    url: b\n  - title: c\n---\nText\n")
    assert head.line(("id",)) == 2
    assert head.line(("sources", 0, "url")) == 5
    assert head.line(("sources", 1, "title")) == 6
    assert head.line(("sources", 1, "missing")) == 6
    assert head.line(("missing",)) == 1
    assert head.body_line == 8


@pytest.mark.parametrize("text", ["", "Text\n", "# Title\n\n---\n\nText\n", "---\n---\nText\n", "---\n# no key\n---\n"])
def test_a_page_without_keys_has_no_faults(text: str) -> None:
    head = read(text)
    assert (head.values, head.faults) == ({}, ())


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    head = read_front_matter("\ufeff---\r\nid: x\r\n---\r\nText\r\n".encode(), "x.md")
    assert (head.values, head.body) == ({"id": "x"}, "Text\n")


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("---\nid: x\ntitle: [a\n---\n", Rule.NOT_YAML, 4),
        ("---\ntitle: a: b\n---\n", Rule.NOT_YAML, 2),
        ("---\nid: x\nText\n", Rule.UNCLOSED, 1),
        ("---\n- a\n---\n", Rule.NOT_A_MAPPING, 2),
        ("---\nid: x\nid: y\n---\n", Rule.REPEATED_KEY, 3),
        ("---\nid: x\n[a]: y\n---\n", Rule.KEY_NOT_TEXT, 3),
        ("---\nid: &a x\n---\n", Rule.ALIAS, 2),
        ("---\nid: *a\n---\n", Rule.ALIAS, 2),
        ("---\nid: x\nchecked: 2026-13-24\n---\n", Rule.BAD_VALUE, 3),
        ("---\nid: !!python/object:os.system x\n---\n", Rule.BAD_VALUE, 2),
        ("---\nminutes: " + "9" * 5000 + "\n---\n", Rule.BAD_VALUE, 2),
        ("---\nid: \x00\n---\n", Rule.NOT_YAML, 2),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text: str, rule: Rule, line: int) -> None:
    assert [(fault.rule, fault.place.line) for fault in read(text).faults] == [(rule, line)]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_is_refused_before_it_costs_anything(opening: str) -> None:
    (fault,) = read("---\nid: " + "\n" * (opening[0] in "-?") + opening * 9000 + "\n---\n").faults
    assert fault.rule in {Rule.TOO_DEEP, Rule.KEY_NOT_TEXT}


def test_endless_front_matter_is_refused() -> None:
    (fault,) = read("---\nid: " + "x" * 70_000 + "\n---\n").faults
    assert fault.rule is Rule.TOO_LONG


def test_a_file_that_is_not_utf8_names_the_line() -> None:
    (fault,) = read_front_matter("---\nid: x\ntitle: 件名\n---\n".encode("shift_jis"), "docs/ja/x.md").faults
    assert str(fault).startswith("docs/ja/x.md:3: The file is not UTF-8 text: byte ")


@given(st.binary(max_size=400))
def test_any_bytes_give_front_matter(source: bytes) -> None:
    assert isinstance(read_front_matter(source, "x.md"), FrontMatter)


@given(st.text(max_size=400))
def test_any_text_between_the_dashes_gives_front_matter(text: str) -> None:
    head = read_front_matter(f"---\n{text}\n---\n".encode("utf-8", "surrogatepass"), "x.md")
    assert all(isinstance(key, str) for key in head.values)
    assert all(str(fault) for fault in head.faults)


# Text that is YAML often enough to get past the first letter.
_YAML = st.lists(
    st.sampled_from(
        ["a", "kind", ": ", "\n", "  ", "- ", "[", "]", "{", "}", ", ", "&x ", "*x", "!!int ", "!!timestamp ", "? ",
         "| ", "'", '"', "2026-11-24", "1e999", "0o9", "1:99", "<<", "~", "%YAML 1.1\n", "...",
         "---", "#", "\t", "\x85", "é"]
    ),
    max_size=40,
)  # fmt: skip


@given(_YAML)
def test_any_mixture_of_yaml_gives_front_matter(parts: list[str]) -> None:
    head = read("---\na: " + "".join(parts) + "\n---\n")
    assert all(1 <= fault.place.line <= 45 for fault in head.faults)
