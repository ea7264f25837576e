"""A whole site gets one policy: in every page, before anything that runs, and in ``_headers``."""

from pathlib import Path

import pytest

from kakugen.policy import Policy, Source, read_site, write_policy

GOLDEN = Path(__file__).with_name("golden")
PAGES = sorted(path.relative_to(GOLDEN / "before").as_posix() for path in (GOLDEN / "before").rglob("*.html"))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for path in (GOLDEN / "before").rglob("*"):
        if path.is_file():
            copy = tmp_path / path.relative_to(GOLDEN / "before")
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    return tmp_path


def write(site: Path) -> Policy:
    return write_policy(site, read_site(site), runs_python=True)


def contents(site: Path) -> dict[str, str]:
    return {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*") if path.is_file()}


def test_pages_and_headers_are_as_expected(site: Path) -> None:
    write(site)
    assert contents(site) == contents(GOLDEN / "after")


def test_writing_twice_changes_nothing(site: Path) -> None:
    write(site)
    once = contents(site)
    write(site)
    assert contents(site) == once


def test_policy_of_an_earlier_build_is_replaced(site: Path) -> None:
    write(site)
    page = site / "index.html"
    page.write_text(page.read_text("utf-8").replace("first()", "other()"), "utf-8")
    before = contents(site)["plain.html"]
    write(site)
    assert contents(site)["plain.html"] != before
    assert contents(site)["plain.html"].count("Content-Security-Policy") == 1


def test_every_page_has_the_same_policy_word_for_word(site: Path) -> None:
    element = write(site).element
    assert PAGES
    for name in PAGES:
        assert contents(site)[name].count(element) == 1


def test_headers_of_the_owner_stay(site: Path) -> None:
    (site / "_headers").write_text("/feed\n  X-Mine: yes\n")
    write(site)
    write(site)
    headers = contents(site)["_headers"]
    assert headers.startswith("/feed\n  X-Mine: yes\n\n# Written by Kakugen")
    assert headers.count("Content-Security-Policy:") == 1


def test_fault_names_file_line_and_element(site: Path) -> None:
    (site / "sub" / "bad.html").write_text('<html>\n<img src="https://elsewhere.example/x.png">')
    (site / "sub" / "bad.css").write_text("a {}\nb { background: url(//elsewhere.example/x.png) }")
    css, html = read_site(site).faults
    assert str(html).startswith('sub/bad.html:2: <img src="https://elsewhere.example/x.png"> loads from elsewhere.')
    assert str(css).startswith("sub/bad.css:2: url(//elsewhere.example/x.png) loads from elsewhere.")


def test_site_without_checkers_may_run_no_wasm_and_no_blob() -> None:
    text = Policy.for_use([], runs_python=False).text
    assert "wasm" not in text
    assert "blob:" not in text
    assert text.startswith("default-src 'none'; script-src 'self';")


def test_scripts_are_never_allowed_wholesale() -> None:
    policy = Policy.for_use([Source("style-src", "'unsafe-hashes'")], runs_python=True)
    scripts = next(part for part in policy.text.split("; ") if part.startswith("script-src"))
    assert scripts == "script-src 'self' 'wasm-unsafe-eval'"
    assert "unsafe-inline" not in policy.text
    assert "'unsafe-eval'" not in policy.text


def test_only_the_header_says_who_may_frame_the_page() -> None:
    policy = Policy.for_use([], runs_python=True)
    assert "frame-ancestors" not in policy.text
    assert policy.header == f"{policy.text}; frame-ancestors 'none'"


def test_no_line_of_the_headers_is_longer_than_hosts_read(site: Path) -> None:
    write(site)
    assert max(map(len, contents(site)["_headers"].splitlines())) <= 2000
