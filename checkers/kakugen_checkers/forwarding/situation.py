"""The reader's situation: from what was entered to properties that conditions can name.

In: usable answers, the day, the knowledge of hosts and of what ends. Out: a ``Situation``. Its properties are the
vocabulary of ``data/forwarding/*.toml``:

| property | what it says |
|---|---|
| ``arrives``, ``important``, ``lacks`` | ids of what was ticked; what pasted records lack counts as lacking |
| ``host``, ``destination``, ``sends``, ``copy``, ``target``, ``filter`` | the option that was chosen |
| ``foreign-block``, ``new-password`` | the option that was chosen |
| ``quota``, ``used``, ``daily``, ``boxes``, ``rate`` | the number |
| ``forwards`` | whether mail arrives by a forward |
| ``will-forward`` | whether it does, or should soon, because Gmail fetches it or nothing is set up yet |
| ``google`` | whether it is read at Google, or nobody said otherwise |
| ``days`` | days until the mailbox is full, if copies are kept |
| ``send-as-is``, ``pop-fetch-is`` | ``before`` the end, ``perhaps`` over (no day is known), ``ended`` |
| ``box`` | ``no`` where the host only forwards and has no mailbox, else ``yes`` |
| ``host-can-drop`` | whether the host can forward without a copy: ``yes``, ``no``, ``unknown`` |
| ``blocks-abroad`` | whether the host blocks sending from abroad unless told otherwise |
| ``srs`` | whether the host's forward rewrites the return path, if that is confirmed: ``yes``, ``no`` |
| ``srs-reported`` | the same, also where only other users say so |
| ``traps`` | ids of what is known to go wrong at the host |
| ``spf``, ``dkim`` | ``yes`` or ``no``, from pasted records and what was ticked |
| ``policy`` | the domain's DMARC policy there: ``missing``, ``none``, ``quarantine``, ``reject`` |
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kakugen_checkers import data, timeline
from kakugen_checkers.destinations import Destination, destination
from kakugen_checkers.forwarding.entered import read_answers, spoken
from kakugen_checkers.forwarding.proofs import Proofs, read_proofs
from kakugen_checkers.host_guess import guess_hosts
from kakugen_checkers.hosts import Host, Sure
from kakugen_checkers.hosts import host as known_host

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from kakugen_checkers.forwarding.conditions import Property
    from kakugen_checkers.forwarding.entered import Entered
    from kakugen_checkers.protocol import Answers, Field

KB_IN_MB: Final = 1024
SEND_AS: Final = "gmail-send-as"
POP_FETCH: Final = "gmail-pop-fetch"
_OPTIONS: Final = ("destination", "sends", "copy", "target", "filter", "foreign-block", "new-password")
_NUMBERS: Final = ("quota", "used", "daily", "boxes", "rate")
_PROOFS: Final = ("spf", "dkim", "dmarc")


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """How the reader's mail comes and goes.

    Attributes:
        entered: the usable answers.
        host: the hosting company, if it is known.
        destination: where mail is to be read, if it was chosen.
        guessed_in: the field whose text told it; empty where it was chosen.
        proofs: what the pasted records prove.
        lacks: what the domain lacks, in the order in which it is to be put in.
        days: days until the mailbox is full, if copies are kept.
        assumed_size: whether the average size of a mail is our assumption.
        properties: what conditions can name.
        complaints: sentences about answers that could not be used.
        today: the day of the answer.
        locale: language of the answer.
    """

    entered: Entered
    host: Host | None
    destination: Destination | None
    guessed_in: str
    proofs: Proofs
    lacks: tuple[str, ...]
    days: int | None
    assumed_size: bool
    properties: Mapping[str, Property]
    complaints: tuple[str, ...]
    today: date
    locale: str


def read_situation(answers: Answers, fields: Iterable[Field], *, today: date, locale: str) -> Situation:
    """Return the situation that ``answers`` tell of on ``today``."""
    words = data.load("forwarding/words")[locale]["complaint"]
    by_id = {field.id: field for field in fields}
    labels = {ident: field.label[locale] for ident, field in by_id.items()}
    entered = read_answers(answers, by_id.values(), words, locale)
    complaints = list(entered.complaints)
    host, guessed_in = _host(entered, labels, words, complaints, locale)
    proofs = read_proofs(entered.text("records"))
    if entered.text("records") and not proofs.found:
        complaints.append(words["no_records"].format(label=labels["records"]))
    ticked = entered.several("lacks")
    lacks = tuple(ident for ident in _PROOFS if ident in ticked | proofs.lacking)
    days = _days(entered, labels, words, complaints)
    return Situation(
        entered=entered,
        host=host,
        destination=destination(entered.text("destination")),
        guessed_in=guessed_in,
        proofs=proofs,
        lacks=lacks,
        days=days,
        assumed_size=days is not None and days > 0 and entered.number("size") is None,
        properties={
            **_from_answers(entered),
            **_from_host(host),
            "lacks": frozenset(lacks),
            "days": days,
            "send-as-is": phase(SEND_AS, today),
            "pop-fetch-is": phase(POP_FETCH, today),
            "spf": "no" if "spf" in ticked else proofs.spf,
            "dkim": "no" if "dkim" in ticked else proofs.dkim,
            "policy": "missing" if "dmarc" in ticked else proofs.policy,
        },
        complaints=tuple(complaints),
        today=today,
        locale=locale,
    )


def phase(entry: str, today: date) -> str:
    """Return ``before``, ``perhaps`` or ``ended``: whether an entry of the timeline is over on ``today``.

    Where only a month was announced, each of its days may be the last.
    """
    (expiry,) = timeline.expiries((entry,), today=today, locale="en")
    if expiry.ended:
        return "ended"
    return "perhaps" if expiry.month_only and today.isoformat()[:7] == expiry.until[:7] else "before"


def _from_answers(entered: Entered) -> dict[str, Property]:
    arrives = entered.several("arrives")
    return {
        "arrives": arrives,
        "important": entered.several("important"),
        **{ident: entered.text(ident) or None for ident in _OPTIONS},
        **{ident: entered.number(ident) for ident in _NUMBERS},
        "forwards": "forward" in arrives,
        "will-forward": bool(arrives & {"forward", "pop-fetch", "not-yet"}),
        "google": entered.text("destination") in ("", "gmail", "workspace"),
    }


def _from_host(host: Host | None) -> dict[str, Property]:
    drops, keeps = _value(host, "forward-only"), _value(host, "keep-copy")
    block = _value(host, "foreign-block")
    return {
        "host": host.id if host else None,
        "box": "no" if keeps == "no" else "yes",
        "host-can-drop": str(drops or "unknown"),
        "blocks-abroad": None if block is None else block == "on",
        "srs": _value(host, "srs") if host and host.fact("srs").sure is Sure.CONFIRMED else None,
        "srs-reported": _value(host, "srs"),
        "traps": frozenset(fact.id for fact in (host.traps if host else ()) if fact.sure is not Sure.UNCONFIRMED),
    }


def _value(host: Host | None, fact: str) -> float | str | None:
    """Return the value of a fact of a host, unless nobody has confirmed it."""
    if host is None:
        return None
    known = host.fact(fact)
    return None if known.sure is Sure.UNCONFIRMED else known.value


def _host(
    entered: Entered, labels: Mapping[str, str], words: Mapping[str, str], complaints: list[str], locale: str
) -> tuple[Host | None, str]:
    """Return the chosen host, or the one that pasted text names, with the field that names it."""
    chosen = known_host(entered.text("host"))
    if chosen:
        return chosen, ""
    for field in ("hints", "records"):
        found = guess_hosts(entered.text(field))
        if len(found) == 1:
            return found[0], field
        if field == "hints" and found:
            names = "、" if locale == "ja" else ", "
            value = names.join(entry.name[locale] for entry in found[:5])
            complaints.append(words["many_hosts"].format(label=labels[field], value=value))
        elif field == "hints" and entered.text(field):
            complaints.append(words["no_host"].format(label=labels[field]))
    return None, ""


def _days(entered: Entered, labels: Mapping[str, str], words: Mapping[str, str], complaints: list[str]) -> int | None:
    """Return in how many days the mailbox is full, rounded down; ``None`` where the numbers don't tell."""
    quota, used, daily = (entered.number(ident) for ident in ("quota", "used", "daily"))
    if quota is None or used is None:
        return None
    if used > quota:
        complaints.append(words["over_quota"].format(used=spoken(used), quota=spoken(quota)))
    if used >= quota:
        return 0
    assumed: dict[str, float] = data.load("forwarding/assumed")
    inflow = (daily or 0) * (entered.number("size") or assumed["size"]) / KB_IN_MB
    if inflow <= 0:
        return None
    return int(min((quota - used) / inflow, assumed["horizon"]))
