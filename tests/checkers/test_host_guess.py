"""Which host a pasted text speaks of: MX records, names of servers, addresses, and what people call it."""

import random
import subprocess
import sys
from typing import Final

import pytest
from tests.each import each

from kakugen_checkers.host_guess import guess_host, guess_hosts
from kakugen_checkers.hosts import hosts

MEGABYTE: Final = 1_000_000


def guessed(text: str) -> list[str]:
    return [entry.id for entry in guess_hosts(text)]


@each(
    ("text", "ident"),
    [
        # MX records, as tools and panels show them.
        ("example.jp. 3600 IN MX 10 sv1234.xserver.jp.", "xserver"),
        ("example.jp mail exchanger = 10 mx01.lolipop.jp.", "lolipop"),
        ("MX\t@\tmail1042.onamae.ne.jp\t10", "onamae_rs"),
        ("MX: mx22.gmoserver.jp", "onamae_mail"),
        ("10 mail1061.conoha.ne.jp", "conoha_wing"),
        ("MX 50 mx01.muumuu-mail.com.", "muumuu"),
        ("Ｍｘ　１０　ＳＶ１．ＸＳＥＲＶＥＲ．ＪＰ", "xserver"),
        (
            "example.co.jp MX preference = 0, mail exchanger = example-co-jp.mail.protection.outlook.com",
            "microsoft_365",
        ),
        ("1 ASPMX.L.GOOGLE.COM\n5 ALT1.ASPMX.L.GOOGLE.COM", "google_workspace"),
        ("MX 1 smtp.google.com", "google_workspace"),
        ("route1.mx.cloudflare.net", "cloudflare_er"),
        # Names of mail servers, as a mail program has them.
        ("送信サーバー：smtp.kagoya.net 587", "kagoya"),
        ("smtp.heteml.jp:465", "heteml"),
        ("https://sv12.star.ne.jp/", "starserver"),
        ("[mx.secure.jp]", "cpi_chmz"),
        ("Received: from www2401.sakura.ne.jp (www2401.sakura.ne.jp [192.0.2.1])", "sakura"),
        # Addresses.
        ("info@shop.sakura.ne.jp", "sakura"),
        ("<info@demo.xsrv.jp>", "xserver"),
        # What people call it.
        ("エックスサーバー", "xserver"),
        ("エックスサーバを使っています。", "xserver"),
        ("えっくすさーばー", "xserver"),
        ("ｴｯｸｽｻｰﾊﾞｰ", "xserver"),
        ("ＸＳＥＲＶＥＲ", "xserver"),
        ("I use Xserver.", "xserver"),
        ("Xserverビジネスのメール", "xserver_business"),
        ("XSERVER  Business", "xserver_business"),
        ("さくら", "sakura"),
        ("「さくら」", "sakura"),
        ("さくらのレンタルサーバ スタンダード", "sakura"),
        ("ロリポップ！のライトプラン", "lolipop"),
        ("お名前.com レンタルサーバー", "onamae_rs"),
        ("お名前メール", "onamae_mail"),
        ("カラーミーで店をやっています", "colorme"),
        ("会社は Google Workspace です", "google_workspace"),
        ("cPanel", "cpanel"),
        # A better kind of evidence wins.
        ("mixhostのcPanelです", "mixhost"),
        ("エックスサーバーからGoogle Workspaceに移りたい", "xserver"),
        ("v=spf1 +a:sv1.xserver.jp +mx include:spf.sender.xserver.jp include:_spf.google.com ~all", "xserver"),
        ("example.jp MX 10 aspmx.l.google.com\nexample.jp TXT v=spf1 a:www1.sakura.ne.jp mx ~all", "google_workspace"),
        ("ロリポップのサイト、メールは sv1.xserver.jp", "xserver"),
    ],
)
def test_a_text_tells_its_host(text: str, ident: str) -> None:
    assert guessed(text) == [ident]
    found = guess_host(text)
    assert found is not None
    assert found.id == ident


@pytest.mark.parametrize(
    ("text", "idents"),
    [
        ("CPI", ["cpi_chmz", "cpi_bs"]),
        ("MX 10 mx1.secure.ne.jp", ["cpi_chmz", "cpi_bs"]),
        ("お名前.com", ["onamae_rs", "onamae_mail"]),
        ("さくらのレンタルサーバからエックスサーバーに移しました", ["sakura", "xserver"]),
        ("WebARENA", ["webarena_suitex", "webarena_mh"]),
        ("sv1.xserver.jp\nmx01.lolipop.jp", ["xserver", "lolipop"]),
    ],
)
def test_a_text_that_names_several_is_not_decided(text: str, idents: list[str]) -> None:
    assert guessed(text) == idents
    assert guess_host(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "example.jp. IN MX 10 example.jp.",
        "さくらんぼが届きません",
        "さくら市の店です",
        "消費者物価指数(CPI)の記事",
        "notxserver.jp",
        "xserver.jp.example.com",
        "xserver.example.com",
        "info@xserver.example.com",
        "my-xserver-notes",
        "550 5.7.26 ... - gsmtp",
        "mx.google.com; spf=pass smtp.mailfrom=info@example.jp",
        "Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
        "gmail-smtp-in.l.google.com",
        "outlook-com.olc.protection.outlook.com",
        "lolipops are sweet",
        "..",
        "@",
        "-.-",
        "mx",
        "\0",
        "\ud800\udfff",
        "*.*",
        "_",
    ],
)
def test_a_text_that_names_none_is_not_guessed(text: str) -> None:
    assert guessed(text) == []
    assert guess_host(text) is None


@each("entry", hosts(), ids=lambda entry: entry.id)
def test_each_host_is_known_by_its_own_servers_and_names(entry: object) -> None:
    found = next(each for each in hosts() if each is entry)
    for name in found.hostnames:
        assert found.id in guessed(f"MX 10 {name.replace('*', 'mx1')}.")
    for name in (*found.names, *found.short_names):
        assert found.id in guessed(name), f"{name!r} does not tell of {found.id}"


HOSTILE = {
    "one word": "a" * MEGABYTE,
    "dots": "." * MEGABYTE,
    "labels": "a." * (MEGABYTE // 2),
    "hyphens": "-" * MEGABYTE,
    "lines": "mx\n" * (MEGABYTE // 3),
    "nearly a name": "xserve" * (MEGABYTE // 6),
    "names in a row": "xserver" * (MEGABYTE // 7),
    "japanese names in a row": "さくら" * (MEGABYTE // 3),
    "half-width": "ｴｯｸｽｻｰﾊﾞ" * (MEGABYTE // 8),
    "combining marks": "\u0316\u0300" * (MEGABYTE // 2),
    "long ligatures": "\ufdfa" * MEGABYTE,
    "surrogates": "\ud800" * MEGABYTE,
    "bidi": "\u202e" * MEGABYTE,
    "servers": "sv1.xserver.jp " * (MEGABYTE // 15),
    "spaces": " " * MEGABYTE,
    "noise": random.Random(1).randbytes(MEGABYTE).decode("latin-1"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_any_text_gives_hosts_or_none(name: str) -> None:
    assert set(guessed(HOSTILE[name])) <= {entry.id for entry in hosts()}


def test_what_stands_at_the_start_of_a_very_long_text_still_counts() -> None:
    assert guessed("MX 10 sv1.xserver.jp\n" + "x" * (3 * MEGABYTE)) == ["xserver"]


def test_the_guess_is_the_same_in_every_process() -> None:
    code = (
        "from kakugen_checkers.host_guess import guess_hosts\n"
        "print([entry.id for entry in guess_hosts('xserver sakura.ne.jp lolipop.jp mixhost.jp MX')])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "42")
    }
    assert len(outputs) == 1
