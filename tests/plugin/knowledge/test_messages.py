"""Every rule has its sentences, and they can be filled in."""

import re
import tomllib
from importlib.resources import files

import pytest

from kakugen.knowledge import Fault, Place, Rule

_ENGLISH = tomllib.loads((files("kakugen.knowledge") / "messages" / "en.toml").read_text("utf-8"))


def test_there_is_one_message_for_every_rule_and_no_other() -> None:
    assert set(_ENGLISH) == {str(rule) for rule in Rule}


@pytest.mark.parametrize("rule", list(Rule))
def test_a_message_says_what_is_wrong_and_what_to_write(rule: Rule) -> None:
    message = _ENGLISH[rule]
    assert set(message) == {"wrong", "write"}
    holes = re.findall(r"(?<!\{)\{(\w+)\}", message["wrong"] + message["write"])
    text = str(Fault(rule, Place("docs/x.md", 3), dict.fromkeys(holes, "…")))
    assert text.startswith("docs/x.md:3: ")
    assert text.endswith(f" [{rule}]")
    assert "\n" not in text


def test_a_language_without_messages_speaks_english() -> None:
    fault = Fault(Rule.UNCLOSED, Place("x.md"), {})
    assert fault.text("xx") == fault.text("en")
