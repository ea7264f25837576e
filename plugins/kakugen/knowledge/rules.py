"""The rules that articles, maxims and whole knowledge bases are checked by.

In: ``rules.toml`` with the number and the severity of each. Out: ``Rule``. What is said about a broken rule stands in
``messages/<locale>.toml``; a number is never given to another rule.
"""

import enum
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


class Severity(enum.StrEnum):
    """What a fault does to the build."""

    ERROR = "error"
    """It ends the build."""
    WARNING = "warning"
    """It is shown; under ``--strict`` it ends the build."""


class Rule(enum.StrEnum):
    """Every rule that can be broken."""

    NOT_UTF8 = "not-utf8"
    UNREADABLE = "unreadable"
    TOO_LONG = "too-long"
    UNCLOSED = "unclosed"
    NOT_YAML = "not-yaml"
    NOT_A_MAPPING = "not-a-mapping"
    KEY_NOT_TEXT = "key-not-text"
    REPEATED_KEY = "repeated-key"
    ALIAS = "alias"
    TOO_DEEP = "too-deep"
    BAD_VALUE = "bad-value"
    MISSING_KIND = "missing-kind"
    UNKNOWN_KIND = "unknown-kind"
    UNKNOWN_KEY = "unknown-key"
    MISSING_KEY = "missing-key"
    EMPTY = "empty"
    NOT_TEXT = "not-text"
    NOT_A_DATE = "not-a-date"
    NOT_A_NUMBER = "not-a-number"
    TOO_SMALL = "too-small"
    NOT_A_LIST = "not-a-list"
    NOT_A_TABLE = "not-a-table"
    NOT_ONE_OF = "not-one-of"
    BAD_FORM = "bad-form"
    INVALID = "invalid"
    REPEATED_ID = "repeated-id"
    UNKNOWN_MAXIM = "unknown-maxim"
    UNKNOWN_TOPIC = "unknown-topic"
    OTHER_ID = "other-id"
    UNUSED_MAXIM = "unused-maxim"
    UNTRANSLATED = "untranslated"
    UNLISTED_ID = "unlisted-id"
    RETIRED_ID = "retired-id"
    ID_WITHOUT_FILE = "id-without-file"
    ID_OF_OTHER_KIND = "id-of-other-kind"
    NO_LEDGER = "no-ledger"
    BROKEN_LEDGER = "broken-ledger"
    TAKEN_SLUG = "taken-slug"
    UNKNOWN_RELATED = "unknown-related"
    UNKNOWN_ENDING = "unknown-ending"
    UNKNOWN_HOST = "unknown-host"
    NO_REVISION = "no-revision"
    LAGGING = "lagging"
    REVIEW_SOON = "review-soon"
    REVIEW_DUE = "review-due"
    MISSING_SECTION = "missing-section"
    UNKNOWN_SECTION = "unknown-section"
    SECTION_ORDER = "section-order"
    REPEATED_SECTION = "repeated-section"
    NO_CASES = "no-cases"
    CASE_WITHOUT_ACTOR = "case-without-actor"
    UNKNOWN_ACTOR = "unknown-actor"
    BROKEN_LINK = "broken-link"
    BROKEN_ANCHOR = "broken-anchor"
    MOVED_LINK = "moved-link"
    UNSAFE_HTML = "unsafe-html"
    UNSAFE_LINK = "unsafe-link"
    REMOTE_IMAGE = "remote-image"
    REAL_ADDRESS = "real-address"
    REAL_NUMBER = "real-number"
    REAL_IP = "real-ip"
    UNPROVEN_TOPIC = "unproven-topic"
    UNKNOWN_DIAGRAM = "unknown-diagram"
    BROKEN_DIAGRAM = "broken-diagram"
    UNSAFE_DIAGRAM = "unsafe-diagram"
    UNTOLD_DIAGRAM = "untold-diagram"
    WIDE_DIAGRAM = "wide-diagram"
    REAL_PLACE = "real-place"

    @property
    def number(self) -> str:
        """Its number as it is shown: ``KB026``."""
        return f"KB{_rules()[self]['number']:03}"

    @property
    def severity(self) -> Severity:
        """What breaking it does to the build."""
        return Severity(_rules()[self]["severity"])


@cache
def _rules() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads((files(__package__) / "rules.toml").read_text("utf-8"))
