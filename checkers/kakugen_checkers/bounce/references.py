"""Reference tables of the bounce checker: every reason, and every code with what it means and at whom.

In: the reasons, the rules and the registered codes, all data. Out: two ``ReferenceTable``s. The codes that a mail
system uses are those that its rules ask for, and those that stand in the lines that its rules were made for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from kakugen_checkers import data
from kakugen_checkers.bounce import reasons
from kakugen_checkers.bounce.rules import all_rules, systems
from kakugen_checkers.protocol import Actor, LocalText, ReferenceGroup, ReferenceRow, ReferenceTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kakugen_checkers.bounce.rule import Rule

REASONS: Final = "bounce-reasons"
CODES: Final = "bounce-codes"

_ANY: Final = ""
"""Stands for any mail system where systems are named by id."""

_STATUS: Final = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\d|\.\d)")
_ACTORS: Final = tuple(Actor)


def reference_tables() -> tuple[ReferenceTable, ...]:
    """Return the table of codes and the table of reasons."""
    groups = tuple(_groups())
    return (
        ReferenceTable(
            id=CODES,
            title=_words("codes", "title"),
            intro=_words("codes", "intro"),
            columns=_columns("codes"),
            groups=tuple(_code_group(codes) for codes, _ in groups),
            rows=tuple(row for codes, uses in groups for row in _code_rows(codes, uses)),
        ),
        ReferenceTable(
            id=REASONS,
            title=_words("reasons", "title"),
            intro=_words("reasons", "intro"),
            columns=_columns("reasons"),
            rows=tuple(map(_reason_row, sorted(reasons.reason_ids(), key=_who_acts))),
            explains_topics=True,
        ),
    )


# ---- reasons ----


def _reason_row(ident: str) -> ReferenceRow:
    entry = reasons.reason(ident)
    return ReferenceRow(
        id=ident,
        cells=(
            _title(ident),
            {locale: entry[locale]["summary"] for locale in reasons.LOCALES},
            _words("actor", entry["actor"]),
            _words("permanence", entry["permanence"]),
            {"": "\n".join(entry["codes"])},
        ),
        # They name the words that servers use for it: "over quota" finds the full mailbox.
        keywords={locale: entry[locale]["tell_apart"] for locale in reasons.LOCALES},
        topic=reasons.topic(ident),
        source="\n".join(entry["sources"]),
        checked=entry["checked"],
    )


def _who_acts(ident: str) -> int:
    """Return the place of a reason: what readers can put right themselves comes first."""
    return _ACTORS.index(Actor(reasons.reason(ident)["actor"]))


# ---- codes ----


type _Codes = tuple[str, ...]
"""Codes that are shown together, the one to be found by first."""


@dataclass(slots=True)
class _Use:
    """What speaks for one reason of a code.

    Attributes:
        systems: who uses the code for it: codes by the id of the mail system, or under ``_ANY``.
        decides: whether the code alone shows it, wherever it comes from.
        sure: whether it does so with nothing else in doubt.
        sources: where that is from.
        checked: the days on which those were read.
    """

    systems: dict[str, set[str]] = field(default_factory=dict)
    decides: bool = False
    sure: bool = False
    sources: dict[str, None] = field(default_factory=dict)
    checked: set[str] = field(default_factory=set)

    def add(self, code: str, system: str, sources: Iterable[str], checked: str) -> None:
        """Note that ``system`` uses ``code`` for the reason."""
        self.systems.setdefault(system, set()).add(code)
        self.sources.update(dict.fromkeys(sources))
        self.checked.add(checked)

    def join(self, other: _Use) -> None:
        """Take over all that speaks for the same reason of another code."""
        for system, codes in other.systems.items():
            self.systems.setdefault(system, set()).update(codes)
        self.decides = self.decides or other.decides
        self.sure = self.sure or other.sure
        self.sources.update(other.sources)
        self.checked |= other.checked


type _Uses = dict[str, _Use]
"""What speaks for each reason, by the reason's id."""


def _groups() -> Iterator[tuple[_Codes, _Uses]]:
    """Yield the codes that are shown together, in their order, with all that they can mean."""
    uses = _uses()
    found: list[tuple[_Codes, _Uses]] = []
    for code in sorted({*uses, *_registered()}, key=_place):
        lasting, temporary = f"5{code[1:]}", f"4{code[1:]}"
        twins = "." in code and _alike(temporary, lasting, uses)
        if twins and code == temporary:
            continue
        codes = (lasting, temporary) if twins and code == lasting else (code,)
        merged = _united([uses.get(member, {}) for member in codes])
        if found and _continues(found[-1], codes, merged):
            found[-1] = ((*found[-1][0], *codes), _united([found[-1][1], merged]))
        else:
            found.append((codes, merged))
    yield from found


def _uses() -> dict[str, _Uses]:
    """Return what the rules and the reasons say of each code."""
    uses: dict[str, _Uses] = {}

    def use(code: str, reason: str) -> _Use:
        return uses.setdefault(code, {}).setdefault(reason, _Use())

    for rule in all_rules():
        for code in _codes_of(rule):
            for reason in filter(None, (rule.reason, rule.other)):
                entry = use(code, reason)
                entry.add(code, rule.system.id if rule.system else _ANY, [rule.source], rule.checked)
                if rule.system is None and reason == rule.reason:
                    entry.decides, entry.sure = True, entry.sure or not rule.weak
    for ident in reasons.reason_ids():
        content = reasons.reason(ident)
        for pair in content["codes"]:
            code = pair.rpartition(" ")[2]
            if _ANY not in use(code, ident).systems:
                use(code, ident).add(code, _ANY, content["sources"], content["checked"])
    return uses


def _codes_of(rule: Rule) -> Iterator[str]:
    """Yield the codes that a rule asks for by itself; of a mail system also those that its lines show."""
    if not rule.patterns:
        for code in rule.enhanced_status_codes or rule.reply_codes:
            yield from _written(code)
    elif rule.system:
        yield from (code for status in rule.enhanced_status_codes for code in _written(status))
        yield from (code for line in rule.examples for code in _STATUS.findall(line))


def _written(code: str) -> tuple[str, ...]:
    """Return a code as servers write it: an ``x`` is a 4 or a 5, and an empty one is none."""
    return (f"5{code[1:]}", f"4{code[1:]}") if code.startswith("x") else (code,) if code else ()


@cache
def _registered() -> Mapping[str, dict[str, Any]]:
    """Return what is registered for each code."""
    return {code: entry for entry in data.load("bounce/codes")["code"] for code in _written(entry["code"])}


def _alike(temporary: str, lasting: str, uses: Mapping[str, _Uses]) -> bool:
    """Return whether two codes say the same but for their first digit."""
    registered = _registered()
    if registered.get(temporary) is not registered.get(lasting):
        return False
    if temporary not in uses or lasting not in uses:
        return temporary in registered
    first, second = ({reason for reason, use in uses[code].items() if use.decides} for code in (temporary, lasting))
    return first == second


def _continues(last: tuple[_Codes, _Uses], codes: _Codes, uses: _Uses) -> bool:
    """Return whether codes that nobody has registered mean the same as those before them."""
    if any(code in _registered() for code in (*last[0], *codes)):
        return False
    return {reason: set(use.systems) for reason, use in last[1].items()} == {
        reason: set(use.systems) for reason, use in uses.items()
    }


def _united(parts: Iterable[_Uses]) -> _Uses:
    united: _Uses = {}
    for uses in parts:
        for reason, use in uses.items():
            united.setdefault(reason, _Use()).join(use)
    return united


def _place(code: str) -> tuple[int, int, int, int]:
    """Return the place of a code: by what it is about, then lasting before temporary; reply codes at the end."""
    if "." not in code:
        return (1, int(code), 0, 0)
    digit, subject, detail = map(int, code.split("."))
    return (0, subject, detail, -digit)


def _code_group(codes: _Codes) -> ReferenceGroup:
    entry = _registered().get(codes[0], {})
    return ReferenceGroup(
        id=codes[0],
        title={"": _shown(codes)},
        note={locale: entry[locale] for locale in reasons.LOCALES if entry},
        anchors=codes[1:],
        source=entry.get("source", ""),
        checked=entry.get("checked", ""),
    )


def _shown(codes: _Codes) -> str:
    """Return codes as a heading: lasting ones, then temporary ones; many in a row by the first and the last."""
    kinds: dict[str, list[str]] = {}
    for code in codes:
        kinds.setdefault(code[0], []).append(code)
    return " / ".join(
        text for same in kinds.values() for text in (same if len(same) < 3 else [f"{same[0]} … {same[-1]}"])
    )


def _code_rows(codes: _Codes, uses: _Uses) -> Iterator[ReferenceRow]:
    order = {reason: place for place, reason in enumerate(data.load("bounce/decide")["order"])}

    def weight(reason: str) -> tuple[bool, int, int]:
        return not uses[reason].sure, -len(uses[reason].systems), order.get(reason, len(order))

    for reason in sorted(uses, key=weight):
        use, entry = uses[reason], reasons.reason(reason)
        yield ReferenceRow(
            id=f"{codes[0]}-{reason}",
            cells=(
                _title(reason),
                {locale: _speakers(use, uses, codes, locale) for locale in reasons.LOCALES},
                _words("actor", entry["actor"]),
                _words("permanence", entry["permanence"]),
            ),
            topic=reasons.topic(reason),
            group=codes[0],
            source="\n".join(use.sources),
            checked=min(use.checked),
        )


def _speakers(use: _Use, uses: _Uses, codes: _Codes, locale: str) -> str:
    """Return who gives the code for one reason; with the code, where another of the group has another reason there."""
    words = data.load("bounce/references")[locale]["words"]
    names: list[str] = []
    for system, own in use.systems.items():
        if system == _ANY:
            names.insert(0, words["any"])
            continue
        everywhere = {code for other in uses.values() for code in other.systems.get(system, ())}
        name = _short_names()[system][locale]
        shown = [code for code in codes if code in own]
        named = own != everywhere and len(codes) == 2
        names.append(words["with_code"].format(name=name, code=" / ".join(shown)) if named else name)
    return str(words["separator"].join(names))


@cache
def _short_names() -> Mapping[str, LocalText]:
    """Return the names of the mail systems without what stands in brackets behind them."""
    return {
        system.id: {locale: name.partition("（")[0].partition(" (")[0] for locale, name in system.name.items()}
        for system in systems()
    }


# ---- words ----


def _title(reason: str) -> LocalText:
    return {locale: reasons.title(reason, locale) for locale in reasons.LOCALES}


def _words(area: str, key: str) -> LocalText:
    return {locale: data.load("bounce/references")[locale][area][key] for locale in reasons.LOCALES}


def _columns(table: str) -> tuple[LocalText, ...]:
    headings = [data.load("bounce/references")[locale][table]["columns"] for locale in reasons.LOCALES]
    return tuple(dict(zip(reasons.LOCALES, texts, strict=True)) for texts in zip(*headings, strict=True))
