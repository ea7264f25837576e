"""From the masked report of a reader to the beginning of a rule.

In: the text under 「この文面を知らせる」, alone or in the form in which it was sent. Out: answers to the questions of
``RuleTemplate``: the line that matters with made-up addresses in the place of the masks, the words of it that any mail
would share, a name, the mail system. What the line means is not in it; somebody must say.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kakugen_checkers.bounce.mask import mask
from kakugen_checkers.bounce.pattern import PatternError, compile_pattern
from kakugen_checkers.bounce.rules import all_rules, speaking_systems
from kakugen_checkers.bounce.signals import Place, read_signals
from kakugen_checkers.bounce.unwrap import unwrap

if TYPE_CHECKING:
    from kakugen_checkers.bounce.signals import Signals
    from kakugen_checkers.protocol import Answers

LONGEST_LINE: Final = 300
LONGEST_PATTERN: Final = 110
LONGEST_ID: Final = 48
SOURCE: Final = "a reader's report, masked"

_FENCED: Final = re.compile(r"(?ms)^(`{3,})[^\n`]*\n(.*?)\n\1[ \t]*$")
_PERSONAL_LINE: Final = re.compile(r"(?m)^[^\n]*: \[\.\.\.\]$")
_MASK: Final = re.compile(r"\[(address|ip)-(\d{1,3})\]|\[(id|name|phone|postcode)\] ?")
_MADE_UP: Final = {"id": "queue-id ", "name": "", "phone": "03-0000-0000 ", "postcode": "〒000-0000 "}
# what differs from mail to mail: addresses, servers, numbers, codes, whatever stands in angle brackets
_OF_ONE_MAIL: Final = re.compile(
    r"\(in reply to [^()]{0,60}\)|<[^<>]{0,200}>|https?://\S{1,200}|\S{0,64}@\S{1,200}|queue-id|\b(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}\b|\S{0,40}\d\S{0,40}"
)
_AT_THE_EDGES: Final = " \t.,:;-<>()[]{}'\"!?/\\|=。、（）「」"
_SIGN: Final = re.compile(r"([\\()|#*_])")
_WORD: Final = re.compile(r"[a-z0-9]+")


def answers_in(report: str) -> Answers:
    """Return what a report says of a new rule, by the questions of the template; nothing where no line stands in it.

    Args:
        report: the report; it is masked again, in case it was not.
    """
    fenced = _FENCED.search(report)
    text = _MASK.sub(_made_up, _PERSONAL_LINE.sub("", mask(fenced[2] if fenced else report)))
    signals = read_signals(unwrap(text))
    line = _cut(signals.refusals[0].diagnostic or _quoted_words(signals), LONGEST_LINE)
    words = _shared_words(line)
    if not words:
        return {}
    systems = speaking_systems(signals)
    return {
        "id": _free_id(words),
        "example": line,
        "match": words,
        "source": SOURCE,
        "system": min(systems) if len(systems) == 1 else "",
    }


def _made_up(found: re.Match[str]) -> str:
    kind, number, single = found.groups()
    if single:
        return _MADE_UP[single]
    if kind == "ip":
        return f"192.0.2.{min(int(number), 254)}"
    return "info@example.jp" if number == "1" else f"user{number}@example.com"


def _quoted_words(signals: Signals) -> str:
    """Return the first passage in which a server is quoted, else the longest of all."""
    quoted = [passage.text for passage in signals.passages if passage.place is Place.TRANSCRIPT]
    return quoted[0] if quoted else max((passage.text for passage in signals.passages), key=len, default="")


def _cut(text: str, most: int) -> str:
    """Return the beginning of a text, up to the end of a word."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most + 1].rpartition(" ")[0] or text[:most]


def _shared_words(line: str) -> str:
    """Return a pattern of the words that do not differ from mail to mail, if one can be made that finds the line."""
    lower = line.lower()
    stretches = [stretch.strip(_AT_THE_EDGES) for stretch in _OF_ONE_MAIL.split(lower)]
    told = [stretch.replace("...", " ") for stretch in stretches if re.search(r"[^\W\d_]{2}", stretch)]
    whole = _cut(" ... ".join(told), LONGEST_PATTERN).removesuffix(" ...")
    for words in (whole, max(told, key=len, default="")):
        pattern = _SIGN.sub(r"\\\1", words)
        try:
            if words and compile_pattern(pattern).search(lower):
                return pattern
        except PatternError:
            continue
    return ""


def _free_id(words: str) -> str:
    name = "-".join(_WORD.findall(words)[:6])[:LONGEST_ID].strip("-") or "reported-line"
    taken = {rule.id for rule in all_rules()}
    return next(
        free for free in (name, *(f"{name}-{count}" for count in range(2, len(taken) + 3))) if free not in taken
    )
