"""DNS records of a domain's mail: SPF, DKIM, DMARC and MX, pasted in any form.

One direction: ``pasted`` (where every character stands) → ``lines`` (records in the paste) → ``spf``, ``dkim``,
``dmarc``, ``mx`` (strict parsers) → ``read`` (all records of one domain) → ``judge`` (what is wrong, together with
``lookups`` and ``publish``) → ``explain`` (a verdict).
"""

from kakugen_checkers.records.checker import RecordsChecker, checker
from kakugen_checkers.records.read import Records, read_records

__all__ = ["Records", "RecordsChecker", "checker", "read_records"]
