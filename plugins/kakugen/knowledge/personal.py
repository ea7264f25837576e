"""Personal data: addresses, telephone numbers, IP addresses and places to live that may be somebody's.

In: a text. Out: what in it may be somebody's, with its place. What is nobody's (example.com, 192.0.2.1) stands in
``personal.toml``.
"""

import ipaddress
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from kakugen.knowledge.faults import Fault, Place
from kakugen.knowledge.rules import Rule

# Each begins with what is rare in a text, so that looking for it costs little; what stands before is looked at after.
_AT: Final = re.compile(r"(?:@|＠|%40)(?P<domain>(?:[a-zA-Z0-9-]{1,63}\.)+[a-zA-Z]{2,24})(?![\w-])")
_LOCAL: Final = re.compile(r"(?<![\w.+%/@-])[\w.+%=-]{1,64}\Z")
_NUMBER: Final = re.compile(
    r"[+0](?<![\w.+/=@#-].)(?:"
    r"(?<=\+)\d{1,3}[-‐ (]{1,2}\d{1,4}[-‐) ]{1,2}\d{2,4}[-‐ ]\d{3,4}"  # with the code of a country
    r"|(?<=\+)81\d{9,10}"
    r"|(?<=0)\d{1,4}[-‐()]\d{1,4}[-‐)]\d{4}"  # in Japan
    r"|(?<=0)[5789]0[ ]?\d{4}[ ]?\d{4}"  # a Japanese mobile, without hyphens
    r")(?![\w-])"
)
_IPV4: Final = re.compile(r"\d(?<![\w.:-].)\d{0,2}(?:\.\d{1,3}){3}(?![\w-]|\.\d)")
_IPV6: Final = re.compile(
    r"[0-9a-fA-F](?<![\w:.].)[0-9a-fA-F]{0,3}:(?:[0-9a-fA-F]{1,4}:){1,6}(?::?[0-9a-fA-F]{1,4}){0,7}:{0,2}(?![\w:])"
)
# Ten digits in a row may be anything, unless they are said to be a telephone number.
_LABELLED: Final = re.compile(r"(?:電話|携帯|(?i:tel|fax|phone))(?:番号)?[ :：は]{0,3}(?P<number>0\d{9,10})(?!\d)")
_POSTCODE: Final = re.compile(r"〒 ?(?P<code>\d{3}-?\d{4})(?!\d)")
_STREET: Final = re.compile(
    r"[一-龥][都道府県市区町村郡][^\s\d、。「」()]{0,16}(?:\d{1,3}-\d{1,3}-\d{1,4}|\d{1,4}(?:丁目|番地))(?![\d-])"
)
_WIDE: Final = re.compile(r"[０-９]")
_NARROW: Final = str.maketrans("０１２３４５６７８９－（）＋：　", "0123456789-()+: ")
_COLONS: Final = re.compile(r":[0-9a-fA-F]{0,4}:")


@dataclass(frozen=True, slots=True)
class Personal:
    """Something that may be somebody's.

    Attributes:
        rule: what it is.
        value: it.
        start: where it begins in the text.
    """

    rule: Rule
    value: str
    start: int


def personal_data(text: str, public: Collection[str] = ()) -> Iterator[Personal]:
    """Yield what in a text may be somebody's.

    Args:
        text: the text.
        public: addresses that may stand there, in small letters.
    """
    if _WIDE.search(text):
        text = text.translate(_NARROW)
    for at in _AT.finditer(text):
        local = _LOCAL.search(text, max(0, at.start() - 65), at.start())
        if local is None or _is_nobodys(local[0], at["domain"]):
            continue
        address = text[local.start() : at.end()]
        if address.lower() not in public:
            yield Personal(Rule.REAL_ADDRESS, address, local.start())
    for found in _NUMBER.finditer(text):
        if not _is_made_up(found[0]):
            yield Personal(Rule.REAL_NUMBER, found[0], found.start())
    for found in _LABELLED.finditer(text):
        if found["number"][1:3] not in ("50", "70", "80", "90") and not _is_made_up(found["number"]):
            yield Personal(Rule.REAL_NUMBER, found["number"], found.start("number"))
    for found in _POSTCODE.finditer(text):
        if not _is_made_up(found["code"]):
            yield Personal(Rule.REAL_PLACE, found[0], found.start())
    for found in _STREET.finditer(text):
        yield Personal(Rule.REAL_PLACE, found[0], found.start())
    for pattern in (_IPV4, _IPV6) if _COLONS.search(text) else (_IPV4,):
        for found in pattern.finditer(text):
            if _is_public(found[0]):
                yield Personal(Rule.REAL_IP, found[0], found.start())


def check_personal(text: str, file: str, first_line: int = 1, public: Collection[str] = ()) -> Iterator[Fault]:
    """Yield the faults of a text.

    Args:
        text: the text, code included.
        file: its file.
        first_line: the line on which it begins.
        public: addresses that may stand there, in small letters.
    """
    for found in personal_data(text, public):
        line = first_line + text.count("\n", 0, found.start)
        yield Fault(found.rule, Place(file, line), {"value": found.value})


def _is_nobodys(local: str, domain: str) -> bool:
    known = _known()
    lower = domain.lower()
    if local.lower() in known["programs"] or set(local.lower()) == {"x"}:
        return True
    return any(lower == ending or lower.endswith(f".{ending}") for ending in known["domains"])


def _is_made_up(number: str) -> bool:
    if number.startswith(_known()["services"]):
        return True
    digits = re.sub(r"\D", "", number)
    # 0000 and 1234-5678 belong to nobody; neither does a number of one digit again and again.
    return len(set(digits[-4:])) == 1 or digits.endswith(("12345678", "1234567"))


def _is_public(written: str) -> bool:
    try:
        address = ipaddress.ip_address(written)
    except ValueError:
        return False
    return not any(address in network for network in _networks() if network.version == address.version)


@cache
def _networks() -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    return tuple(map(ipaddress.ip_network, _known()["networks"]))


@cache
def _known() -> Mapping[str, tuple[str, ...]]:
    lists: Mapping[str, list[str]] = tomllib.loads((files(__package__) / "personal.toml").read_text("utf-8"))
    return {name: tuple(values) for name, values in lists.items()}
