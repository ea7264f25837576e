"""SPF, rule by rule (RFC 7208)."""

from collections.abc import Callable

import pytest
from tests.each import each

from kakugen_checkers.records import read_records
from kakugen_checkers.records.lookups import count_lookups

type Faults = Callable[..., list[tuple[str, str]]]

GOOD = [
    "v=spf1 -all",
    "V=SPF1 MX ~ALL",
    "v=spf1 a mx ip4:192.0.2.0/24 ip6:2001:db8::/32 include:_spf.example.com ~all",
    "v=spf1 a:mail.example.jp/24//64 mx//64 a/24 mx:example.jp/28 -all",
    "v=spf1 ip6:::1 ip6:2001:db8:0:0:0:0:192.0.2.1 ~all",
    "v=spf1 exists:%{ir}.%{v}._spf.%{d2} -all",
    "v=spf1 exists:%{l1r-}.%{d}.example.com -all exp=explain.%{d}",
    "v=spf1 redirect=_spf.example.com",
    "v=spf1 include:_spf.example.com. ~all",
    "v=spf1  mx   ~all",
    "v=spf1 +mx +a:sv1.example.jp ~all",
]


@pytest.mark.parametrize("record", GOOD)
def test_right_record_has_no_fault(faults: Faults, record: str) -> None:
    assert faults(record) == []
    assert faults(f'"{record}"') == []
    assert read_records(record).has_spf


TERMS = [
    ("§4.6.1", "inculde:a.example.jp", "spf-misspelt"),
    ("§4.6.1", "ipv4:192.0.2.1", "spf-misspelt"),
    ("§4.6.1", "spf.example.jp", "spf-bare-address"),
    ("§4.6.1", "192.0.2.1", "spf-bare-address"),
    ("§4.6.1", "2001:db8::1", "spf-bare-address"),
    ("§4.6.1", "foo:bar", "spf-unknown-term"),
    ("§4.6.1", "foo", "spf-unknown-term"),
    ("§4.6.1", "1", "spf-no-term"),
    ("§4.6.1", "++mx", "spf-qualifier"),
    ("§4.6.1", "~redirect=a.example.jp", "spf-qualifier"),
    ("§4.6.1", "include=a.example.jp", "spf-equals"),
    ("§4.6.1", "redirect:a.example.jp", "spf-equals"),
    ("§4.6.1", "ip4:192.0.2.1,", "spf-separator"),
    ("§4.6.1", "'mx'", "spf-separator"),
    ("§5.2", "include:", "spf-no-argument"),
    ("§5.2", "include", "spf-no-argument"),
    ("§5.2", "include:192.0.2.1", "spf-ip-as-name"),
    ("§5.2", "include:https://example.jp", "spf-url"),
    ("§5.2", "include:info@example.jp", "spf-mail-address"),
    ("§5.2", "include:localhost", "spf-domain"),
    ("§5.2", "include:*.example.jp", "spf-domain"),
    ("§5.2", "include:example..jp", "spf-domain"),
    ("§5.3", "a:", "spf-no-argument"),
    ("§5.3", "a:example.jp/33", "spf-prefix"),
    ("§5.3", "a/024", "spf-prefix"),
    ("§5.4", "mx//129", "spf-prefix"),
    ("§5.6", "ip4", "spf-no-argument"),
    ("§5.6", "ip4:", "spf-no-argument"),
    ("§5.6", "ip4:192.0.2.256", "spf-ip"),
    ("§5.6", "ip4:192.0.2", "spf-ip"),
    ("§5.6", "ip4:192.0.02.1", "spf-ip"),
    ("§5.6", "ip4:192.0.2.0/33", "spf-prefix"),
    ("§5.6", "ip4:192.0.2.0/", "spf-prefix"),
    ("§5.6", "ip4:2001:db8::1", "spf-ip-family"),
    ("§5.6", "ip6:192.0.2.1", "spf-ip-family"),
    ("§5.6", "ip6:2001:db8::1::2", "spf-ip"),
    ("§5.6", "ip6:12345::", "spf-ip"),
    ("§5.6", "ip6:2001:db8::/129", "spf-prefix"),
    ("§7.1", "exists:%{x}.example.jp", "spf-macro"),
    ("§7.1", "exists:%i.example.jp", "spf-macro"),
    ("§7.1", "exists:%{i.example.jp", "spf-macro"),
]


@each(("section", "term", "ident"), TERMS)
def test_wrong_term_is_pointed_at(faults: Faults, section: str, term: str, ident: str) -> None:
    assert faults(f"v=spf1 mx {term} ip4:192.0.2.7 ~all") == [(ident, term)], section
    assert not read_records(f"v=spf1 mx {term} ip4:192.0.2.7 ~all").has_spf


LONG = ".".join(letter * 60 for letter in "abcd") + ".jp"


def many(name: str) -> str:
    return " ".join(f"{name}:h{number}.example.jp" for number in range(10))


WHOLE = [
    ("§3.2", "v=spf1 mx ~all\nv=spf1 a ~all", "spf-two-records", "v=spf1"),
    ("§3.1", 'example.jp. IN SPF "v=spf1 mx ~all"', "spf-type", "v=spf1"),
    ("§4.5", '"v=spf1include:a.example.jp ~all"', "spf-no-space", "v=spf1include:"),
    ("§4.5", '" v=spf1 mx ~all"', "spf-leading-space", " v=spf1"),
    ("§4.5", "v=spf2 mx ~all", "spf-version", "v=spf2"),
    ("§4.5", "v=spf1, mx ~all", "spf-version", "v=spf1,"),
    ("§4.5", "v = spf1 mx ~all", "spf-version", "v = spf1"),
    ("§4.5", "spf1 mx ~all", "spf-version", "spf1"),
    ("§4.5", "mx include:a.example.jp ~all", "spf-no-version", "mx"),
    ("§4.5", '"v=spf1 mx ~all　"', "spf-characters", "　"),
    ("§4.5", "v=spf1 mx –all", "spf-characters", "–"),
    ("§4.6.4", "v=spf1 include:a.example.jp include:A.example.jp. ~all", "spf-repeated", "include:A.example.jp."),
    ("§4.6.4", f"v=spf1 {many('a')} a:x.example.jp ~all", "spf-too-many-lookups", "a:x.example.jp"),
    ("§4.6.4", f"v=spf1 {many('include')} ~all", "spf-near-limit", "include:h0.example.jp"),
    ("§4.7", "v=spf1 mx", "spf-no-all", "mx"),
    ("§5.1", "v=spf1 mx all", "spf-plus-all", "all"),
    ("§5.1", "v=spf1 mx +all", "spf-plus-all", "+all"),
    ("§5.1", "v=spf1 mx ?all", "spf-neutral-all", "?all"),
    ("§5.1", "v=spf1 mx ~all a ip4:192.0.2.1", "spf-after-all", "a ip4:192.0.2.1"),
    ("§5.1", "v=spf1 mx -all:example.jp", "spf-all-argument", "-all:example.jp"),
    ("§5.5", "v=spf1 ptr ~all", "spf-ptr", "ptr"),
    ("§6", "v=spf1 redirect=a.example.jp redirect=b.example.jp", "spf-modifier-twice", "redirect=b.example.jp"),
    ("§6", "v=spf1 mx foo=bar ~all", "spf-unknown-modifier", "foo=bar"),
    ("§6.1", "v=spf1 redirect=a.example.jp ~all", "spf-redirect-with-all", "redirect=a.example.jp"),
    ("RFC 1035 §3.3", f'"v=spf1 include:{LONG} ~all"', "spf-long-string", "v=spf1"),
]


@pytest.mark.parametrize(("section", "text", "ident", "words"), WHOLE)
def test_wrong_record_is_pointed_at(faults: Faults, section: str, text: str, ident: str, words: str) -> None:
    assert (ident, words) in faults(text), section


def test_own_domain_in_an_include_goes_round_in_circles(faults: Faults) -> None:
    text = 'example.jp. IN TXT "v=spf1 include:example.jp ~all"'
    assert ("spf-self", "include:example.jp") in faults(text)


def test_redirect_and_all_in_names_of_hosts_are_no_terms(faults: Faults) -> None:
    assert faults("v=spf1 include:all.example.jp a:redirect.example.jp ~all") == []


def test_only_what_is_read_is_counted() -> None:
    records = read_records(
        "v=spf1 a mx ip4:192.0.2.1 ip6:2001:db8::1 exists:x.example.jp ptr exp=e.example.jp ~all a:b.example.jp"
    )
    assert count_lookups(records.spf[0].terms, records).least == 4


def test_pasted_records_of_included_names_are_counted() -> None:
    records = read_records(
        'example.jp. IN TXT "v=spf1 include:a.example.com ~all"\n'
        'a.example.com. IN TXT "v=spf1 include:b.example.com mx ~all"\n'
        'b.example.com. IN TXT "v=spf1 include:a.example.com include:sendgrid.net ~all"\n'
    )
    lookups = count_lookups(records.spf[0].terms, records)
    # a, b, mx of a, a once more in the circle, sendgrid.net with what it includes
    assert lookups.least == 1 + 1 + 1 + 1 + 2
    assert lookups.unknown == ()
    assert lookups.from_data == ("sendgrid.net",)


def test_unknown_include_costs_one_at_least() -> None:
    records = read_records("v=spf1 include:spf.unknown.example ~all")
    lookups = count_lookups(records.spf[0].terms, records)
    assert (lookups.least, lookups.unknown) == (1, ("spf.unknown.example",))


def test_the_same_record_pasted_twice_is_one(faults: Faults) -> None:
    assert faults('v=spf1 mx ~all\n"v=spf1 mx ~all"') == []


def test_record_of_another_name_is_not_a_second_one(faults: Faults) -> None:
    text = 'example.jp. IN TXT "v=spf1 mx ~all"\nmail.example.jp. IN TXT "v=spf1 a ~all"\n'
    assert faults(text) == []
    assert read_records(text, "mail.example.jp").spf[0].found.value.text == "v=spf1 a ~all"


def test_allowed_includes_are_found_with_or_without_final_dot() -> None:
    records = read_records("v=spf1 include:_spf.google.com. ~all")
    assert records.spf_allows("_SPF.google.com")
    assert not records.spf_allows("google.com")
