"""DNS records of a domain's mail: SPF, DKIM, DMARC and MX, pasted in any form.

One direction: ``pasted`` (where every character stands) → ``lines`` (records in the paste) → ``spf``, ``dkim``,
``dmarc``, ``mx`` (strict parsers) → ``read`` (all records of one domain) → ``judge`` (what is wrong, together with
``lookups`` and ``publish``) → ``explain`` (a verdict).

Other checkers read single modules of this one, and their pages shall not load all of it: so the checker itself is
imported when it is asked for.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kakugen_checkers.records.answer import RecordsChecker, checker
    from kakugen_checkers.records.read import Records, read_records

__all__ = ["Records", "RecordsChecker", "checker", "read_records"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from kakugen_checkers.records.answer import RecordsChecker, checker  # noqa: PLC0415 - as said above
    from kakugen_checkers.records.read import Records, read_records  # noqa: PLC0415

    found = {"Records": Records, "RecordsChecker": RecordsChecker, "checker": checker, "read_records": read_records}
    globals().update(found)
    return found[name]
