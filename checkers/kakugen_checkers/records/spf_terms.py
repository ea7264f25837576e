"""One term of an SPF record: mechanism or modifier, address or name, macro (RFC 7208 §4.6.1, §5 to §7, §12).

In: a word of a record. Out: the term, with whether it is right, and the fault that it has. A term that is wrong in a
way with one obvious meaning (``ipv4:``, ``include=``) is kept as it was meant, marked as not good, so that a record to
publish instead can hold it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kakugen_checkers.records import names
from kakugen_checkers.records.model import Fault, Term

if TYPE_CHECKING:
    from kakugen_checkers.records.pasted import Value

MECHANISMS: Final = ("all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists")
LOOKUPS: Final = frozenset(("include", "a", "mx", "ptr", "exists", "redirect"))
"""Terms that make a receiver ask DNS (§4.6.4)."""
MODIFIERS: Final = ("redirect", "exp")

_TERM: Final = re.compile(
    r"(?P<qualifiers>[+~?-]*)(?P<name>[A-Za-z][A-Za-z0-9_.-]*)(?P<separator>[:=/]?)(?P<argument>.*)", re.DOTALL
)
_MACRO: Final = re.compile(r"%(?:\{[slodiphSLODIPHvV][0-9]{0,3}[rR]?[.+,/_=-]{0,8}\}|[%_-])")
_MEANT: Final = {
    "ipv4": "ip4",
    "ip": "ip4",
    "ip4v": "ip4",
    "i4p": "ip4",
    "ipv6": "ip6",
    "includes": "include",
    "inlcude": "include",
    "inculde": "include",
    "incude": "include",
    "inclde": "include",
    "includ": "include",
    "inclued": "include",
    "inluce": "include",
    "inlude": "include",
    "a11": "all",
    "all.": "all",
    "al": "all",
    "alll": "all",
    "redirects": "redirect",
}
_ALLS: Final = ("~all", "-all", "?all", "+all")
_MAX_SHOWN: Final = 120


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a record, cut up.

    Attributes:
        text: as it was written.
        trimmed: without commas, semicolons and quotes around it.
        start: where it begins in the paste.
        end: where it ends.
        qualifiers: all of ``+-~?`` before its name.
        name: its name in lower case.
        separator: what follows the name: ``:``, ``=``, ``/`` or nothing.
        argument: what follows the separator.
    """

    text: str
    trimmed: str
    start: int
    end: int
    qualifiers: str
    name: str
    separator: str
    argument: str

    @property
    def meant(self) -> str:
        """The mechanism or modifier that the name is, or was surely meant to be."""
        return self.name if self.name in (*MECHANISMS, *MODIFIERS) else _MEANT.get(self.name, "")

    def written(self) -> str:
        """Return the term as it should have been written."""
        qualifier = "" if self.meant in MODIFIERS else self.qualifiers[:1]
        separator = self.separator if self.separator != "=" or self.meant in MODIFIERS else ":"
        if self.meant in MODIFIERS and self.separator:
            separator = "="
        return f"{qualifier}{self.meant}{separator}{self.argument}"

    def term(self, *, good: bool) -> Term:
        """Return the term; one that is not good as it should have been written."""
        modifier = self.meant in MODIFIERS or (self.separator == "=" and not self.meant)
        return Term(
            text=self.text if good else self.written(),
            qualifier="" if modifier else self.qualifiers[:1] or "+",
            name=self.meant or self.name,
            argument=f"/{self.argument}" if self.separator == "/" else self.argument,
            modifier=modifier,
            good=good,
            start=self.start,
            end=self.end,
        )

    def fault(self, ident: str) -> Fault:
        """Return a fault of this word."""
        values = {"term": self.text[:_MAX_SHOWN], "meant": self.written()[:_MAX_SHOWN] if self.meant else ""}
        return Fault(id=ident, start=self.start, end=self.end, values=values)


def read_term(value: Value, start: int, end: int) -> tuple[Term | None, Fault | None]:
    """Return the term at ``value.text[start:end]`` and its fault.

    The term is ``None`` where nothing can be made of the word. It is not ``good`` where it was written wrongly.
    """
    text = value.text[start:end]
    begin, finish = value.span(start, end)
    trimmed = text.strip(",;'\"")
    parts = _TERM.fullmatch(trimmed)
    if parts is None:
        ident = "spf-bare-address" if _is_address(trimmed) else "spf-no-term"
        return None, Fault(id=ident, start=begin, end=finish, values={"term": text[:_MAX_SHOWN], "meant": ""})
    word = _Word(
        text=text,
        trimmed=trimmed,
        start=begin,
        end=finish,
        qualifiers=parts["qualifiers"],
        name=parts["name"].lower(),
        separator=parts["separator"],
        argument=parts["argument"],
    )
    return _judge(word)


def _judge(word: _Word) -> tuple[Term | None, Fault | None]:
    meant = word.meant
    if not meant:
        if word.separator == "=" and not word.qualifiers:
            # a modifier that nobody knows: receivers pass over it (§6)
            return word.term(good=True), word.fault("spf-unknown-modifier")
        if (not word.separator and names.is_full_name(word.name)) or _is_address(word.trimmed):
            return None, word.fault("spf-bare-address")
        return None, word.fault("spf-unknown-term")
    if word.trimmed != word.text:
        return word.term(good=False), word.fault("spf-separator")
    if (word.separator == "=") != (meant in MODIFIERS) and word.separator in "=:" and word.separator:
        return word.term(good=False), word.fault("spf-equals")
    if len(word.qualifiers) > 1 or (word.qualifiers and meant in MODIFIERS):
        return word.term(good=False), word.fault("spf-qualifier")
    if meant != word.name:
        return word.term(good=False), word.fault("spf-misspelt")
    if ident := _argument_fault(word):
        meant_text = _mended(word, ident)
        # what can't be mended surely is left out, and the answer says so
        return (replace(word.term(good=False), text=meant_text) if meant_text else None), word.fault(ident)
    return word.term(good=True), None


def _mended(word: _Word, ident: str) -> str:
    """Return the term as it was surely meant, where what follows its name is wrong; or nothing."""
    qualifier = word.qualifiers
    if ident == "spf-ip-family":
        return f"{qualifier}{'ip6' if word.name == 'ip4' else 'ip4'}:{word.argument}"
    if ident == "spf-ip-as-name" and word.name in ("include", "a", "mx"):
        return f"{qualifier}{'ip4' if names.is_ip4(word.argument) else 'ip6'}:{word.argument}"
    bare = word.argument[:-4]
    if ident == "spf-domain" and word.argument[-4:].lower() in _ALLS and names.is_full_name(bare):
        return f"{qualifier}{word.name}:{bare}"
    return ""


def _argument_fault(word: _Word) -> str:
    """Return what is wrong with what follows a name, or nothing."""
    name, separator, argument = word.name, word.separator, word.argument
    match name:
        case "all":
            return "spf-all-argument" if separator else ""
        case "ip4" | "ip6":
            return _address_fault(name, argument) if separator == ":" else "spf-no-argument"
        case "include" | "exists" | "redirect" | "exp":
            if separator not in (":", "=") or not argument:
                return "spf-no-argument"
            return _domain_fault(argument)
        case _:
            if separator == "/":
                return _lengths_fault(f"/{argument}")
            if not separator:
                return ""
            domain, slash, lengths = argument.partition("/")
            if not domain:
                return "spf-no-argument"
            if name == "ptr" and slash:
                return "spf-prefix"
            return _domain_fault(domain) or (_lengths_fault(slash + lengths) if slash else "")


def _address_fault(name: str, argument: str) -> str:
    address, slash, length = argument.partition("/")
    if not address:
        return "spf-no-argument"
    other = names.is_ip6 if name == "ip4" else names.is_ip4
    if other(address):
        return "spf-ip-family"
    if not (names.is_ip4 if name == "ip4" else names.is_ip6)(address):
        return "spf-ip"
    return "spf-prefix" if slash and not _is_length(length, 32 if name == "ip4" else 128) else ""


def _lengths_fault(text: str) -> str:
    """Return the fault of a dual prefix length ``/24``, ``//64`` or ``/24//64`` (§5.6)."""
    four, slashes, six = text.partition("//")
    right = (not four or (four[0] == "/" and _is_length(four[1:], 32))) and (not slashes or _is_length(six, 128))
    return "" if right else "spf-prefix"


def _is_length(text: str, most: int) -> bool:
    plain = text.isascii() and text.isdigit() and len(text) <= 3
    return plain and int(text) <= most and (text == "0" or text[0] != "0")


def _domain_fault(text: str) -> str:
    """Return what is wrong with a domain-spec (§7.1)."""
    if "://" in text:
        return "spf-url"
    if "@" in text:
        return "spf-mail-address"
    if "%" in text:
        return "" if "%" not in _MACRO.sub("x", text) else "spf-macro"
    if names.is_ip4(text) or names.is_ip6(text):
        return "spf-ip-as-name"
    return "" if names.is_full_name(text) and not text.startswith("*") else "spf-domain"


def _is_address(text: str) -> bool:
    address = text.partition("/")[0]
    return names.is_ip4(address) or names.is_ip6(address)
