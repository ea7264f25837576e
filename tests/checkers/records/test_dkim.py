"""DKIM keys, rule by rule (RFC 6376, 8301, 8463)."""

import base64
import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakugen_checkers.records import read_records
from kakugen_checkers.records.der import NoKeyError, rsa_bits

type Faults = Callable[..., list[tuple[str, str]]]

OWNER = "sel._domainkey.example.jp. IN TXT"


def element(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 128:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, 0x80 | len(length))) + length + content


def integer(number: int) -> bytes:
    return element(2, number.to_bytes(number.bit_length() // 8 + 1))


def bare_key(bits: int) -> bytes:
    modulus = random.Random(bits).getrandbits(bits) | 1 << (bits - 1) | 1
    return element(0x30, integer(modulus) + integer(65537))


def key(bits: int) -> bytes:
    algorithm = element(0x30, bytes.fromhex("06092a864886f70d0101010500"))
    return element(0x30, algorithm + element(3, b"\0" + bare_key(bits)))


def text_of(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


@pytest.mark.parametrize("bits", [512, 768, 1023, 1024, 1536, 2048, 4096])
def test_length_of_a_key_is_read_from_both_forms(bits: int) -> None:
    assert rsa_bits(key(bits)) == bits
    assert rsa_bits(bare_key(bits)) == bits


@given(st.integers(0, 293))
def test_key_that_is_cut_off_is_none(size: int) -> None:
    with pytest.raises(NoKeyError):
        rsa_bits(key(2048)[:size])


@given(st.binary(max_size=200))
def test_any_bytes_are_a_key_or_none(raw: bytes) -> None:
    why = ""
    bits = 0
    try:
        bits = rsa_bits(raw)
    except NoKeyError as error:
        why = error.why
    assert bits > 0 or why in ("truncated", "trailing", "ed25519", "garbage")


def test_good_key_has_no_fault(faults: Faults) -> None:
    good = text_of(key(2048))
    for text in (
        f'{OWNER} "v=DKIM1; k=rsa; p={good}"',
        f'{OWNER} "p={good}"',
        f'{OWNER} ( "v=DKIM1; h=sha256; s=email; " "p={good[:200]}"\n  "{good[200:]}" )',
        f'{OWNER} "v=DKIM1\\; k=rsa\\; p={good}"',
    ):
        # one string over 255 is a note; panels part it by themselves
        assert {ident for ident, _words in faults(text)} <= {"dkim-long-string"}
        assert read_records(text).dkim[0].bits == 2048
        assert read_records(text).dkim_state == "works"


def test_key_is_read_whole_however_it_was_broken() -> None:
    good = text_of(key(2048))
    cut = [good[:60], good[60:200], good[200:]]
    for text in (
        f'{OWNER} "v=DKIM1; k=rsa; p={cut[0]}" "{cut[1]}" "{cut[2]}"',
        f'sel._domainkey.example.jp\ttext =\n\n\t"v=DKIM1; k=rsa; p={cut[0]}"\n\t"{cut[1]}"\n\t"{cut[2]}"\n',
        f'"v=DKIM1; k=rsa; "\n"p={cut[0]}"\n"{cut[1]}"\n"{cut[2]}"',
        f"v=DKIM1; k=rsa;\np={cut[0]}\n{cut[1]}\n{cut[2]}\n\n署名",
        f'{OWNER} (\n  "v=DKIM1; k=rsa; p={cut[0]}"\n  "{cut[1]}"\n  "{cut[2]}"\n)',
        f'"v=DKIM1; k=rsa; p={cut[0]}\n{cut[1]}\n{cut[2]}"',
        f"sel._domainkey\tTXT\tv=DKIM1; k=rsa; p={good}\t3600",
    ):
        (record,) = read_records(text).dkim
        assert record.bits == 2048, text


def test_ed25519_key_wants_an_rsa_key_beside_it(faults: Faults) -> None:
    text = f'{OWNER} "v=DKIM1; k=ed25519; p={text_of(bytes(range(32)))}"'
    assert [ident for ident, _words in faults(text)] == ["dkim-ed25519-only"]
    both = text + f'\nrsa._domainkey.example.jp. IN TXT "p={text_of(key(2048))[:250]}" "{text_of(key(2048))[250:]}"'
    assert faults(both) == []


RSA = text_of(key(2048))
RULES = [
    ("RFC 8301 §3.2", f"v=DKIM1; p={text_of(key(1023))}", "dkim-weak-key", "broken"),
    ("RFC 8301 §3.2", f"v=DKIM1; p={text_of(key(1024))}", "dkim-short-key", "works"),
    ("RFC 8301 §3.1", f"v=DKIM1; h=sha1; p={RSA}", "dkim-sha1", "works"),
    ("RFC 6376 §3.6.1", "v=DKIM1; p=", "dkim-revoked", "broken"),
    ("RFC 6376 §3.6.1", "v=DKIM1; k=rsa", "dkim-no-key", "broken"),
    ("RFC 6376 §3.6.1", f"v=DKIM2; p={RSA}", "dkim-version", "broken"),
    ("RFC 6376 §3.6.1", f"k=rsa; v=DKIM1; p={RSA}", "dkim-version-place", "works"),
    ("RFC 6376 §3.6.1", f"v=DKIM1; k=dsa; p={RSA}", "dkim-key-type", "broken"),
    ("RFC 6376 §3.6.1", f"v=DKIM1; t=y; p={RSA}", "dkim-testing", "works"),
    ("RFC 6376 §3.6.1", f"v=DKIM1; t=s; p={RSA}", "dkim-strict", "works"),
    ("RFC 6376 §3.6.1", f"v=DKIM1; s=tlsrpt; p={RSA}", "dkim-service", "works"),
    ("RFC 6376 §3.6.1", f"v=DKIM1; p={RSA[:-60]}", "dkim-cut-off", "broken"),
    ("RFC 6376 §3.6.1", f"v=DKIM1; p={RSA[:-1]}", "dkim-cut-off", "broken"),
    ("RFC 6376 §3.6.1", f"v=DKIM1; p={RSA[:90]}*{RSA[91:]}", "dkim-base64", "broken"),
    ("RFC 6376 §3.6.1", f"v=DKIM1; p={text_of(key(2048) + b'!')}", "dkim-too-much", "broken"),
    ("RFC 6376 §3.6.1", f"v=DKIM1; p={text_of(b'no key at all')}", "dkim-no-rsa-key", "broken"),
    ("RFC 6376 §3.2", f"v=DKIM1; k=rsa p={RSA}", "dkim-no-semicolon", "broken"),
    ("RFC 6376 §3.2", f"v=DKIM1; p={RSA}; p={RSA}", "dkim-tag-twice", "broken"),
    ("RFC 6376 §3.2", f"v=DKIM1; P={RSA}", "dkim-tag-case", "broken"),
    ("RFC 6376 §3.2", f"v=DKIM1; rsa; p={RSA}", "dkim-no-equals", "works"),
    ("RFC 6376 §3.2", f"v=DKIM1; foo=bar; p={RSA}", "dkim-unknown-tag", "works"),
    ("RFC 6376 App. D", f"v=DKIM1; g=*; p={RSA}", "dkim-old-tag", "works"),
    ("RFC 8463 §4", f"v=DKIM1; k=ed25519; p={RSA}", "dkim-ed25519-length", "broken"),
]


@pytest.mark.parametrize(("section", "record", "ident", "state"), RULES, ids=[rule[2] for rule in RULES])
def test_fault_of_a_key_is_found(faults: Faults, section: str, record: str, ident: str, state: str) -> None:
    text = f'{OWNER} "{record}"'
    assert ident in [found for found, _words in faults(text)], section
    assert read_records(text).dkim_state == state


def test_odd_character_in_a_key_is_pointed_at(faults: Faults) -> None:
    assert ("dkim-base64", "*") in faults(f'{OWNER} "p={RSA[:90]}*{RSA[91:]}"')
    assert ("dkim-characters", "＝") in faults(f'{OWNER} "p＝{RSA}"')


def test_key_under_a_wrong_name_is_not_found_by_receivers(faults: Faults) -> None:
    assert "dkim-name" in [ident for ident, _words in faults(f'sel.example.jp. IN TXT "v=DKIM1; p={RSA}"')]


def test_two_keys_under_one_name_are_told_of(faults: Faults) -> None:
    text = f'{OWNER} "v=DKIM1; p={RSA}"\n{OWNER} "v=DKIM1; p={text_of(key(4096))}"'
    assert "dkim-two-records" in [ident for ident, _words in faults(text)]


def test_lines_around_a_key_are_told_of(faults: Faults) -> None:
    text = f'{OWNER} "v=DKIM1; p=-----BEGIN PUBLIC KEY-----{RSA}"'
    assert "dkim-pem" in [ident for ident, _words in faults(text)]


def test_alias_leads_to_a_key_elsewhere() -> None:
    record = read_records("k1._domainkey.example.jp. CNAME dkim.mcsv.net.").dkim[0]
    assert (record.alias, record.selector, record.works) == ("dkim.mcsv.net", "k1", True)
