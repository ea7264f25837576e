"""The parts of an answer that stand by themselves: forwarding, what only DNS can tell, how to verify and go back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kakugen_checkers.protocol import Section, Step
from kakugen_checkers.records.faults import fill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kakugen_checkers.records.judge import Judgement


def sections(judgement: Judgement, words: dict[str, Any], *, good: bool) -> tuple[Section, ...]:
    """Return the sections of an answer.

    Args:
        judgement: what was found out.
        words: the fixed words in the language of the answer.
        good: whether there is nothing to change.
    """
    said = words["section"]
    forward = Section(id="forward", title=said["forward_title"], text=said["forward_text"])
    dns = Section(
        id="dns",
        title=said["dns_title"],
        text=said["dns_text"],
        steps=tuple(Step(text=text) for text in _only_dns(judgement, said)),
    )
    if good:
        return forward, dns
    verify = Section(
        id="verify",
        title=said["verify_title"],
        text=said["verify_text"],
        steps=tuple(Step(text=text) for text in said["verify_steps"]),
        checklist=True,
    )
    back = Section(id="back", title=said["back_title"], text=said["back_text"])
    return forward, verify, back, dns


def _only_dns(judgement: Judgement, said: dict[str, str]) -> Iterator[str]:
    records = judgement.records
    if judgement.lookups:
        yield said["dns_void"]
        if judgement.lookups.unknown:
            yield fill(said["dns_include"], {"names": ", ".join(judgement.lookups.unknown[:10])})
    if records.mx_hosts:
        yield said["dns_mx"]
    if records.dkim:
        yield said["dns_selector"]
    yield said["dns_second"]
