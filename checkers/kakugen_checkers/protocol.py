"""What a checker is: a form that asks, and a pure function from the answers to a verdict.

A site shows ``Checker.form``, hands what the reader entered to ``Checker.run`` as ``Answers`` and shows the
``Verdict`` that comes back. Nothing here knows of mail, of pages or of browsers: the same checker answers in a
page (Pyodide), on the command line and from Python.

The JSON form of each class is its fields under their own names, with tuples as lists and ``None`` as ``null``
(``to_json``). It is stable: a field is never renamed or removed without a new ``SCHEMA_VERSION``.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import enum
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol, runtime_checkable

if TYPE_CHECKING:
    from datetime import date

SCHEMA_VERSION: Final = 1

type Topic = str
"""The stable id of a thing that a checker can find or advise, ``<area>/<name>``: ``bounce/mailboxfull``."""

type Row = Mapping[str, str]
"""One row of a ``ROWS`` field: what stands in its columns, by their ids. A column that is missing was left empty."""

type Answer = str | bytes | float | bool | tuple[str, ...] | tuple[Row, ...] | None
"""One entered value: text, a dropped file's bytes, a number, yes or no, ids of several options, rows, or nothing."""

type Answers = Mapping[str, Answer]
"""What the reader entered, by field id. A field that is missing was left empty."""

type LocalText = Mapping[str, str]
"""The same sentence in several languages, by locale (``{"ja": …, "en": …}``)."""


class Status(enum.StrEnum):
    """How sure a verdict is of its topic."""

    IDENTIFIED = "identified"
    """One topic explains what was entered."""
    AMBIGUOUS = "ambiguous"
    """The same words have several meanings; ``alternatives`` says what tells them apart."""
    UNKNOWN = "unknown"
    """No topic: the verdict says what was read and what is missing."""


class Permanence(enum.StrEnum):
    """Whether waiting helps."""

    PERMANENT = "permanent"
    TEMPORARY = "temporary"
    UNCLEAR = "unclear"
    NONE = "none"
    """Nothing failed."""


class Actor(enum.StrEnum):
    """Who must act. One axis for all checkers."""

    READER = "reader"
    """The reader: this address, this mail, this setting."""
    DOMAIN = "domain"
    """Whoever keeps the DNS of the reader's domain."""
    HOST = "host"
    """The support of the reader's own rental server or mail provider."""
    RECIPIENT = "recipient"
    RECIPIENT_ADMIN = "recipient-admin"
    """Whoever runs the recipient's mail server."""
    NOBODY = "nobody"
    """Nobody: wait, or nothing is wrong."""


class FieldKind(enum.StrEnum):
    """What a form field takes."""

    TEXT = "text"
    """Several lines of text; with ``accepts``, a file may be dropped in their place."""
    LINE = "line"
    CHOICE = "choice"
    CHOICES = "choices"
    """Any number of options: the answer holds the ids of those that were ticked."""
    NUMBER = "number"
    FILE = "file"
    YES_NO = "yes-no"
    ROWS = "rows"
    """Any number of rows with the same columns, such as one for each tool; the reader adds and removes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One option of a ``CHOICE`` or ``CHOICES`` field."""

    id: str
    label: LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question of a form.

    Attributes:
        id: name of the answer, unique in its form, ``[a-z][a-z0-9-]*``.
        kind: what it takes.
        label: the question.
        help: what to enter and where to find it.
        placeholder: an example, shown while the field is empty.
        required: whether the checker can say anything without it.
        choices: the options of a ``CHOICE`` or ``CHOICES``; of a ``LINE``, words that are offered while it is typed.
        minimum: smallest number, in ``unit``; of ``ROWS``, how many of them stand there at first.
        maximum: largest number, in ``unit``; of ``ROWS``, how many there can be.
        unit: the unit of a ``NUMBER``, as shown; of ``ROWS``, what one of them is called.
        accepts: endings of files that may be dropped or chosen (``.eml``).
        group: id of the group of the form that it stands in; fields without one stand before all groups.
        columns: what each of the ``ROWS`` asks, of the kinds ``LINE`` and ``CHOICE``.
    """

    id: str
    kind: FieldKind
    label: LocalText
    help: LocalText = field(default_factory=dict)
    placeholder: LocalText = field(default_factory=dict)
    required: bool = False
    choices: tuple[Choice, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    unit: LocalText = field(default_factory=dict)
    accepts: tuple[str, ...] = ()
    group: str = ""
    columns: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldGroup:
    """Fields of a form that belong together.

    Attributes:
        id: name of the group, unique in its form.
        title: what they are about.
        folded: whether the group is shown closed, because an answer is good without it.
    """

    id: str
    title: LocalText
    folded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Answers that show what a form is for; a reader puts them into it with one tap and changes them.

    Attributes:
        id: stable id within the form.
        label: what they are an example of.
        answers: what is filled in, by locale and field id.
    """

    id: str
    label: LocalText
    answers: Mapping[str, Mapping[str, str | float | bool | tuple[str, ...] | tuple[Row, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a checker asks.

    Attributes:
        title: the question that it answers.
        intro: what to enter and what comes of it.
        fields: the questions.
        submit: the words on its button.
        groups: fields that belong together.
        samples: answers to start from.
        saves: whether what was entered can be saved as a file that opens again: for forms that take long to fill in
            and are come back to.
    """

    title: LocalText
    intro: LocalText
    fields: tuple[Field, ...]
    submit: LocalText
    groups: tuple[FieldGroup, ...] = ()
    samples: tuple[Sample, ...] = ()
    saves: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """An id of a fixed vocabulary with the words for it in the verdict's language."""

    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Words of the reader's own text, and what they show.

    Attributes:
        field: id of the form field that they stand in.
        text: the words, as they stand there (decoded, where the mail was encoded).
        shows: what they show, in the verdict's language.
        start: where they begin in the answer, in code points; ``None`` when the answer holds them only encoded.
        end: where they end, exclusive; ``None`` together with ``start``.
        before: what stands before them on their line.
        after: what stands after them on their line.
    """

    field: str
    text: str
    shows: str
    start: int | None = None
    end: int | None = None
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something read off the input, such as a reply code. Several facts may share an ``id`` (recipients)."""

    id: str
    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do.

    Attributes:
        text: what to do, one or two sentences.
        where: the path of labels to click, outermost first, as they stand on the screen.
        note: what to watch out for.
        topic: a topic whose article or checker explains the step, or ``None``.
    """

    text: str
    where: tuple[str, ...] = ()
    note: str = ""
    topic: Topic | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of an answer that stands by itself after its steps, such as how to verify or how to go back.

    Attributes:
        id: stable id within the verdict.
        title: its heading.
        text: what it says, before its steps.
        steps: what to do, in order.
        checklist: whether the steps are shown with boxes to tick, on paper too.
    """

    id: str
    title: str
    text: str = ""
    steps: tuple[Step, ...] = ()
    checklist: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """Another checker that can go on, with what is already known.

    Attributes:
        checker: id of the other checker; a site that has not turned it on shows nothing.
        label: what the reader gets there.
        answers: values for its form, by field id. They stay in the reader's browser.
    """

    checker: str
    label: str
    answers: Mapping[str, str | float | bool | tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another topic that the same words could mean.

    Attributes:
        topic: the topic.
        title: its title.
        summary: what it would mean.
        tell_apart: what to look at or ask, to know whether it is this one.
    """

    topic: Topic
    title: str
    summary: str
    tell_apart: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expiry:
    """Advice or a fact that ends, or has ended.

    Attributes:
        id: id of the entry of the timeline.
        text: what ends and what comes after, in words that are true on the day of the answer.
        until: last day of validity, ISO 8601; only the month counts where ``month_only``.
        month_only: whether the source names no day.
        ended: whether it is over on the day of the answer.
        source: where this is announced.
    """

    id: str
    text: str
    until: str
    month_only: bool
    ended: bool
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A text to copy and send.

    Attributes:
        id: stable id within the verdict.
        to: to whom.
        label: what it is for.
        text: the message, with what was read already filled in.
    """

    id: str
    to: Actor
    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Data to draw. It is always readable as a table, whatever ``kind`` says about drawing it.

    Attributes:
        id: stable id within the verdict.
        kind: ``table``, ``line``, ``bars``, ``timeline`` or ``graph``. The first column of a ``line`` is where a point
            lies, a number or a day (ISO 8601); each further column is one curve, with ``None`` where it has no point.
            The rows of a ``timeline`` are stations in order: a name, the seconds that it took to get there or ``None``,
            the same in words, when, and what else stands in the table.
            Each row of a ``graph`` is an arrow from the first column to the second, drawn broken where its third is
            ``None``; where the second is ``None`` no arrow leaves the first.
        title: what it shows.
        columns: headings of the table.
        rows: cells, one tuple a row.
        note: assumptions and units.
        marks: places on a drawing that have a name, such as the day on which a mailbox is full. On a ``graph`` what
            is said of one thing in it; marks with the same label are the same in several places.
    """

    id: str
    kind: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | float | None, ...], ...]
    note: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A named place on a figure: a value of its first column, and the words that stand there."""

    at: str | float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The structured answer of a checker.

    Attributes:
        checker: id of the checker.
        locale: language of every text in it.
        status: how sure it is of the topic.
        topic: what was found; ``None`` when ``status`` is unknown.
        topics: all topics it touches, most specific first, for finding articles (``host/xserver`` beside
            ``bounce/mailboxfull``). Starts with ``topic`` unless a more specific one leads.
        title: the answer in a few words.
        summary: what happened, in one to three sentences.
        confidence: probability from 0 to 1 that ``topic`` is right; 0 when unknown.
        confidence_meaning: what that number means, in words.
        permanence: whether waiting helps.
        actor: who must act.
        speaker: who says what was pasted (which server), or ``None``.
        evidence: the words it rests on.
        facts: what was read off the input.
        steps: what to do, in order.
        cautions: what not to do.
        questions: what to ask oneself, or what is missing from the input.
        alternatives: other meanings, likeliest first; where the status is ambiguous, all meanings, ``topic`` first.
        maxims: ids of maxims that fit.
        expiries: advice and facts that end.
        messages: texts to copy.
        figures: data to draw.
        sections: parts that stand by themselves after the steps, in order.
        handovers: checkers that can go on from here, most useful first.
        report: the input with everything personal masked, to be sent to the site's owner if the reader wishes;
            empty when there is nothing to report.
    """

    checker: str
    locale: str
    status: Status
    topic: Topic | None
    title: str
    summary: str
    topics: tuple[Topic, ...] = ()
    confidence: float = 0.0
    confidence_meaning: str = ""
    permanence: Labelled | None = None
    actor: Labelled | None = None
    speaker: Labelled | None = None
    evidence: tuple[Evidence, ...] = ()
    facts: tuple[Fact, ...] = ()
    steps: tuple[Step, ...] = ()
    cautions: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    maxims: tuple[str, ...] = ()
    expiries: tuple[Expiry, ...] = ()
    messages: tuple[Message, ...] = ()
    figures: tuple[Figure, ...] = ()
    sections: tuple[Section, ...] = ()
    handovers: tuple[Handover, ...] = ()
    report: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Answers that lead to a known topic: proof that the checker finds it.

    Attributes:
        topic: the topic that the verdict must hold.
        answers: what is entered.
        today: the day on which it is asked, ISO 8601.
        origin: where the example stands in the checker's data, for messages: ``bounce/rules/google: google-gone``.
    """

    topic: Topic
    answers: Answers
    today: str
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewText:
    """What a template writes into one file.

    Attributes:
        path: the file, relative to the folder of the template's package, with slashes.
        text: what to write.
        head: what stands before it if the file is new.
        extends: whether it may be added to the end of a file that is there; else such a file is left alone.
    """

    path: str
    text: str
    head: str = ""
    extends: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceTable:
    """A table of a checker's own data, rendered as a page by the site.

    Attributes:
        id: stable id, also the page's name.
        title: heading of the page.
        intro: what the table holds.
        columns: headings.
        rows: one per entry; those of a group stand together.
        groups: headings inside the table, in the order in which they are shown; empty for a plain table.
        explains_topics: whether each row tells of its own topic, so that other tables may lead here for it.
        answers: the area of the topics that its groups answer by themselves, so that no article has to; the id of a
            group is the topic's name (``host`` for ``host/xserver``). Empty for none.
        page_title: title of the page that each group has of its own, with ``{group}`` for the group's title. Empty
            where groups have none.
        page_intro: what such a page holds, likewise.
    """

    id: str
    title: LocalText
    intro: LocalText
    columns: tuple[LocalText, ...]
    rows: tuple[ReferenceRow, ...]
    groups: tuple[ReferenceGroup, ...] = ()
    explains_topics: bool = False
    answers: str = ""
    page_title: LocalText = field(default_factory=dict)
    page_intro: LocalText = field(default_factory=dict)


class Shown(enum.StrEnum):
    """Where a row of a group with a page of its own is shown."""

    EVERYWHERE = "everywhere"
    TABLE = "table"
    """Only in the table: there it stands for rows that would make it too long."""
    PAGE = "page"
    """Only on the page of its group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceGroup:
    """Rows of a reference table that belong together, such as all that one code can mean. It may have none.

    Attributes:
        id: anchor of the group.
        title: its heading; the same text for all languages stands under the key ``""``, as in cells.
        note: what holds for all its rows.
        anchors: further anchors that lead to it.
        source: where the note comes from.
        checked: day on which the source was last read, ISO 8601.
    """

    id: str
    title: LocalText
    note: LocalText = field(default_factory=dict)
    anchors: tuple[str, ...] = ()
    source: str = ""
    checked: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceRow:
    """One entry of a reference table.

    Attributes:
        id: anchor of the row.
        cells: one per column; the same text for all languages stands under the key ``""``. The first says what the
            row is about.
        topic: the topic that explains the entry, or ``None``.
        group: id of the group that it belongs to; empty in a plain table.
        keywords: further words by which a reader may look for it; found, but not shown.
        source: where it comes from, one source a line.
        checked: day on which the source was last read, ISO 8601.
        shown: where it is shown, if its group has a page of its own.
    """

    id: str
    cells: tuple[LocalText, ...]
    topic: Topic | None = None
    group: str = ""
    keywords: LocalText = field(default_factory=dict)
    source: str = ""
    checked: str = ""
    shown: Shown = Shown.EVERYWHERE


@runtime_checkable
class Checker(Protocol):
    """A pure function from answers to a verdict, with the form that asks for them.

    Pure: no clock, no network, no files but its own data, no state. Any input whatsoever yields a verdict.
    """

    @property
    def id(self) -> str:
        """Name of the checker, unique on a site: ``bounce``."""
        ...

    @property
    def form(self) -> Form:
        """What it asks."""
        ...

    @property
    def locales(self) -> tuple[str, ...]:
        """The languages that it speaks."""
        ...

    @property
    def topics(self) -> tuple[Topic, ...]:
        """Every topic that it can ever emit."""
        ...

    def topic_title(self, topic: Topic, locale: str) -> str:
        """Return the title of one of ``topics`` in ``locale``."""
        ...

    def references(self) -> Iterable[ReferenceTable]:
        """Return the tables of its data."""
        ...

    def run(self, answers: Answers, *, today: date, locale: str) -> Verdict:
        """Answer.

        Args:
            answers: what the reader entered, by field id.
            today: the day on which the reader asks.
            locale: language of the verdict; one it does not speak gives the first of ``locales``.
        """
        ...


@runtime_checkable
class KeepsTimeline(Protocol):
    """What a checker offers besides if it knows of things that end."""

    def timeline(self, *, today: date, locale: str) -> tuple[Expiry, ...]:
        """Return all that it knows to end or to have ended, in words that are true on ``today``.

        Args:
            today: the day; the words of one before and one after ``Expiry.until`` differ.
            locale: language of the words.
        """
        ...


@runtime_checkable
class GivesExamples(Protocol):
    """What a checker offers besides if its topics can be proven."""

    def examples(self) -> Iterable[Example]:
        """Return the examples of its data. A site asks for them when it is checked, never when it is built."""
        ...


@runtime_checkable
class Prepares(Protocol):
    """What a checker offers besides if it works something out of its data, which a browser need not do each time."""

    def prepared(self) -> Mapping[str, bytes | None]:
        """Return what a pack for browsers shall hold, the same whenever the data are the same.

        Returns:
            By path with slashes, relative to ``sys.path``: the content of a file that the checker reads if it is there;
            ``None`` for one that it then does not need. A file must lie in a folder that holds others.
        """
        ...


@runtime_checkable
class Template(Protocol):
    """A new piece of a checker's knowledge, such as a rule, written from a few answers.

    Distributions register theirs by the entry point group ``kakugen.templates``; ``kakugen new <id>`` asks and writes.
    """

    @property
    def id(self) -> str:
        """Name of what it writes: ``rule``."""
        ...

    @property
    def package(self) -> str:
        """The package in whose folder the files lie: ``kakugen_checkers``."""
        ...

    @property
    def form(self) -> Form:
        """What it asks; fields of the kinds ``LINE`` and ``CHOICE``."""
        ...

    def problem(self, answers: Answers, locale: str) -> str:
        """Return what is wrong with the answers, and what to enter instead; empty if nothing is."""
        ...

    def texts(self, answers: Answers, *, today: date) -> tuple[NewText, ...]:
        """Return what to write, for answers without a problem."""
        ...

    def advice(self, answers: Answers, locale: str) -> str:
        """Return what remains to be done by hand; empty if nothing does."""
        ...


@runtime_checkable
class ReadsReports(Protocol):
    """What a template offers besides if it can begin with the report of a reader: ``kakugen new <id> --from FILE``."""

    def answers_in(self, report: str) -> Answers:
        """Return the answers that a report gives: what ``Verdict.report`` held, alone or in a message around it.

        Whoever runs the command sees them and may answer otherwise. Nothing where the report gives none.
        """
        ...


def to_json(value: Any) -> str:
    """Return any of the classes above as JSON text, under the names of their fields.

    The text is ASCII on one line, so that it fits JSON Lines and any encoding, whatever was pasted.
    """
    return json.dumps(value, default=_fields, separators=(",", ":"))


def answers_from_json(text: str) -> Answers:
    """Read answers as a browser or a pipe sends them.

    Args:
        text: a JSON object by field id. A value is text, a number, true or false, null, a list of texts, a list of
            rows (objects of texts by column), or ``{"base64": "…"}`` for the bytes of a file.

    Raises:
        ValueError: the text is no such object.
    """
    try:
        raw = json.loads(text)
    except RecursionError as error:
        raise ValueError("answers are nested too deeply") from error
    if not isinstance(raw, dict):
        raise ValueError("answers must be a JSON object by field id")
    return {str(name): _answer(name, value) for name, value in raw.items()}


def _answer(name: str, value: object) -> Answer:
    match value:
        case None | bool() | str() | float():
            return value
        case int():
            return float(value)
        case list() if all(isinstance(entry, str) for entry in value):
            return tuple(value)
        case list() if all(_is_row(entry) for entry in value):
            return tuple(value)
        case {"base64": str(encoded)}:
            try:
                return base64.b64decode(encoded, validate=True)
            except binascii.Error as error:
                raise ValueError(f"answer {name!r}: not base64") from error
        case _:
            raise ValueError(
                f"answer {name!r}: not text, a number, true, false, null, a list of texts or rows, or base64"
            )


def _is_row(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(cell, str) for cell in value.values())


def _fields(value: Any) -> dict[str, Any]:
    """Return a data class as JSON's encoder can take it; called for what it cannot take by itself."""
    if not dataclasses.is_dataclass(value):
        raise TypeError(f"{type(value).__name__} has no JSON form")
    return {name: getattr(value, name) for name in value.__dataclass_fields__}
