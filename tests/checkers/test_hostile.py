"""Text made to keep a reader of bounces busy: each kind is answered, within a bound that only a blow-up breaks."""

import subprocess
import sys

import pytest

LENGTH = 200_000
# A reader that takes steps in proportion to the text needs well under a second for all of these together on any
# machine; one that takes the square of it needs hours.
SECONDS = 120

HOSTILE = {
    "one letter": "'a' * N",
    "open style tags": "'<style' * (N // 6)",
    "open comments": "'<!--' * (N // 4)",
    "open tags": "'<a ' * (N // 3)",
    "quote marks": "'> ' * (N // 2)",
    "blank lines": "chr(10) * N",
    "a header that goes on": "'Subject: x' + chr(10) + ('foo' + chr(10)) * (N // 5) + 'From: y' + chr(10)",
    "every code": "' '.join(f'{a}-5.{b}.{c} x' for a in range(400, 600) for b in range(8) for c in range(20))[:N]",
    "commands": "'>>> data ' * (N // 9)",
    "commands and refusals": "('>>> data <<< 550 x' + chr(10)) * (N // 20)",
    "addresses without end": "'a@a.' * (N // 4)",
    "a bracketed address without end": "chr(10) + '<' + 'a@' * (N // 2)",
    "boundaries inside boundaries": "'Content-Type: multipart/mixed; boundary=x' + 2 * chr(10)"
    " + ('--x' + chr(10) + 'Content-Type: multipart/mixed; boundary=x' + 2 * chr(10)) * (N // 60)",
    "encoded words": "'Subject: ' + '=?utf-8?b?' * (N // 10)",
    "braces": "('{' + ':' * 400 + ';' * 400) * (N // 801)",
    "announcements": "('because:' + 2 * chr(10)) * (N // 10)",
    "words of rules": "'user unknown mailbox is full over quota blocked using policy ' * (N // 60)",
    "paragraphs": "('550 5.1.1 user unknown' + 2 * chr(10)) * (N // 24)",
    "Japanese line by line": "('メ' + chr(10)) * (N // 2)",
    "reports": "('Final-Recipient: rfc822; a@b.jp' + chr(10) + 'Status: 5.1.1' + 2 * chr(10)) * (N // 50)",
    "digits and dots": "'5.5.5.5.' * (N // 8)",
    "names before nothing": "'aaa bbb ccc <' * (N // 13)",
    "received lines": "('Received: x' + chr(10) + ' y' + chr(10)) * (N // 15)",
    "entities": "'<html>' + '&amp;' * (N // 5)",
    "base64 lines": "('QUFB' * 18 + chr(10)) * (N // 73)",
    "quoted-printable": "'=E3=81' * (N // 6)",
    "nul characters": "chr(0) * N",
    "half a surrogate pair": "chr(0xd800) * N",
}

ASK = """
import sys
from datetime import date
from kakugen_checkers.bounce import checker
N = {length}
text = {text}
for mail in (text, text.encode("utf-8", "surrogatepass")):
    print(checker.run({{"mail": mail}}, today=date(2026, 11, 24), locale="ja").status)
"""


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_answered(text: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASK.format(length=LENGTH, text=text)],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert set(done.stdout.split()) <= {"identified", "ambiguous", "unknown"}
    assert len(done.stdout.split()) == 2
