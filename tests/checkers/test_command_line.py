"""The command line: ``python -m kakugen_checkers``, as people and pipes use it."""

import base64
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from kakugen_checkers.__main__ import main
from kakugen_checkers.bounce import checker
from kakugen_checkers.protocol import Figure, Handover, Mark, Section, Status, Step, Verdict
from kakugen_checkers.terminal import as_text

SAMPLES = Path(__file__).parent / "samples"
NOTICE = SAMPLES / "gmail-send-as-mail-ja" / "mail.eml"
UNKNOWN_USER = SAMPLES / "postfix-user-unknown" / "mail.eml"

type Run = Callable[..., str]
type Answered = dict[str, object]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """``run(*arguments, given=b"…", status=0)``: what it prints."""

    def run_main(*arguments: str, given: bytes = b"", status: int = 0) -> str:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(given)))
        assert main(["bounce", *arguments]) == status
        return capsys.readouterr().out

    return run_main


def in_bulk(run: Run, *questions: bytes | Answered, arguments: tuple[str, ...] = ()) -> list[Answered]:
    lines = [entry if isinstance(entry, bytes) else json.dumps(entry).encode() for entry in questions]
    return [json.loads(line) for line in run("--jsonl", *arguments, given=b"\n".join(lines)).splitlines()]


# ------------------------------------------------------------------ for people


def test_japanese_is_spoken_without_being_asked(run: Run) -> None:
    out = run(str(NOTICE), "--today", "2026-11-24")
    for part in (
        "■ 送信側のパスワードが合っていません",
        "すること",
        "1. ",
        "アカウントとインポート › 名前 › 情報を編集",
        "しないこと",
        "期限があります",
        "2027年1月に終わります",
        "読み取ったこと",
        "535",
        "コピーして使える文",
    ):
        assert part in out


def test_english_is_spoken_when_asked(run: Run) -> None:
    out = run(str(NOTICE), "--today", "2026-11-24", "--lang", "en")
    for part in (
        "■ The password on the sending side is wrong",
        "What to do",
        "1. ",
        "Send mail as › edit info",
        "What not to do",
        "This ends",
        "ends in January 2027",
        "What was read",
        "Texts to copy",
    ):
        assert part in out


def test_evidence_is_shown_between_the_words_around_it(run: Run) -> None:
    assert "【User unknown】" in run("--lang", "en", given=b"550 5.1.1 <info@example.jp>: User unknown here")


def test_an_unknown_paste_gets_the_masked_report(run: Run) -> None:
    out = run("--lang", "en", given=b"Something about hanako@example.com.")
    assert "This text alone does not tell yet" in out
    report = out.partition("Masked report")[2]
    assert "Something about [address-1]" in report
    assert "hanako" not in report


def test_two_meanings_are_both_shown(run: Run) -> None:
    out = run("--lang", "en", given=b"550 Unknown user hanako@docomo.ne.jp")
    assert "Two meanings are possible" in out
    assert "Other possibilities" in out


def test_the_day_of_the_answer_can_be_given(run: Run) -> None:
    out = run(str(NOTICE), "--today", "2028-01-01", "--lang", "en")
    assert "ended in January 2027" in out
    assert "edit info" not in out


def test_several_files_are_answered_under_their_names(run: Run) -> None:
    out = run(str(NOTICE), str(UNKNOWN_USER), "--lang", "en")
    assert out.index(f"== {NOTICE}") < out.index(f"== {UNKNOWN_USER}")
    assert "The password on the sending side is wrong" in out


def test_one_file_needs_no_heading(run: Run) -> None:
    assert "==" not in run(str(UNKNOWN_USER), "--lang", "en").splitlines()[0]


def test_options_may_stand_before_and_after_the_files(run: Run) -> None:
    file = str(UNKNOWN_USER)
    assert run("--json", file, "--lang", "en") == run(file, "--lang", "en", "--json")


def test_standard_input_is_read_without_a_file_and_for_a_dash(run: Run) -> None:
    line = b"452 4.2.2 Mailbox full"
    assert run("--json", given=line) == run("--json", "-", given=line)


def test_a_missing_file_is_named_and_the_others_are_answered(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = tmp_path / "gone.eml"
    assert main(["bounce", "--json", str(missing), str(UNKNOWN_USER)]) == 1
    out, err = capsys.readouterr()
    assert err.startswith(f"{missing}: ")
    assert json.loads(out)["topic"] == "bounce/userunknown"


def test_a_folder_in_place_of_a_file_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bounce", str(tmp_path)]) == 1
    assert str(tmp_path) in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "required"),
        (["no-such-checker"], "invalid choice"),
        (["bounce", "--today", "24.11.2026"], "--today"),
        (["bounce", "--json", "--jsonl"], "not allowed with"),
    ],
)
def test_wrong_arguments_are_explained(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert says in capsys.readouterr().err


# ------------------------------------------------------------------ for programs


def test_json_is_one_verdict_on_one_line(run: Run) -> None:
    out = run(str(UNKNOWN_USER), "--json")
    assert out.count("\n") == 1
    assert json.loads(out)["topic"] == "bounce/userunknown"


def test_json_of_several_files_is_one_line_each(run: Run) -> None:
    topics = [json.loads(line)["topic"] for line in run(str(NOTICE), str(UNKNOWN_USER), "--json").splitlines()]
    assert topics == ["bounce/sendingpassword", "bounce/userunknown"]


def test_lines_are_answered_in_their_order_under_their_ids(run: Run) -> None:
    questions = [{"id": f"q{number}", "text": f"55{number % 3} 5.1.1 User unknown"} for number in range(50)]
    answers = in_bulk(run, *questions)
    assert [answer["id"] for answer in answers] == [question["id"] for question in questions]
    assert all(answer.keys() == {"id", "verdict"} for answer in answers)


def test_text_and_base64_are_the_same_question(run: Run) -> None:
    raw = UNKNOWN_USER.read_bytes()
    text, encoded = in_bulk(
        run,
        {"id": 1, "text": raw.decode()},
        {"id": 2, "base64": base64.b64encode(raw).decode()},
    )
    one, other = text["verdict"], encoded["verdict"]
    assert isinstance(one, dict)
    assert isinstance(other, dict)
    assert (one["topic"], one["facts"]) == (other["topic"], other["facts"])


def test_bad_lines_are_answered_with_an_error_and_the_rest_goes_on(run: Run) -> None:
    bad: list[bytes | dict[str, object]] = [
        b"not json",
        b"[]",
        b"5",
        b"null",
        b'"text"',
        b'{"text": "no id"}',
        {"id": "no text"},
        {"id": "bad base64", "base64": "A"},
        {"id": "no base64", "base64": 5},
        b'{"id": "cut", "text": "55',
        b'\xff\xfe{"id": 1}',
        b"[" * 100_000,
    ]
    good: dict[str, object] = {"id": "good", "text": "452 4.2.2 Mailbox full"}
    questions: list[bytes | dict[str, object]] = []
    for line in bad:
        questions += [line, good]
    answers = in_bulk(run, *questions)
    assert len(answers) == len(questions)
    for number, answer in enumerate(answers):
        assert answer.keys() == ({"id", "verdict"} if number % 2 else {"id", "error"}), questions[number]
    ids = [answer["id"] for answer in answers[::2]]
    assert "no text" in ids
    assert "bad base64" in ids
    assert all(str(answer["error"]).startswith("not a question") for answer in answers[::2])


@pytest.mark.parametrize("ident", ["x", 5, None, "\ud800", "あ", "", [1, 2], {"a": 1}, 1.5, True])
def test_an_id_comes_back_as_it_was_given(run: Run, ident: object) -> None:
    (answer,) = in_bulk(run, {"id": ident, "text": ""})
    assert answer["id"] == ident


def test_empty_lines_are_no_questions(run: Run) -> None:
    question: dict[str, object] = {"id": 1, "text": "x"}
    assert len(in_bulk(run, b"", question, b"  ", b"\r", question, b"")) == 2


def test_line_separators_and_lone_surrogates_in_a_text_stay_in_their_line(run: Run) -> None:
    text = "550 5.1.1 <a@example.jp>: User unknown\u2028\u2029\x85\x0b\ud800\udc00\udfff \U0001f4e7"
    out = run("--jsonl", given=json.dumps({"id": "\u2028", "text": text}).encode() + b"\n")
    assert out.isascii()
    assert out.count("\n") == 1
    answer = json.loads(out)
    assert answer["id"] == "\u2028"
    assert answer["verdict"]["topic"] == "bounce/userunknown"


def test_raw_utf8_in_a_line_is_read(run: Run) -> None:
    line = '{"id": 1, "text": "認証に失敗しました\u2028"}'.encode()
    assert in_bulk(run, line)[0]["verdict"]["topic"] == "bounce/sendingpassword"  # type: ignore[index]


def test_language_and_day_hold_in_bulk_too(run: Run) -> None:
    question: dict[str, object] = {"id": 1, "text": "535 5.7.8 Error: authentication failed"}
    (answer,) = in_bulk(run, question, arguments=("--lang", "en", "--today", "2028-01-01"))
    verdict = answer["verdict"]
    assert isinstance(verdict, dict)
    assert verdict["locale"] == "en"
    assert all(expiry["ended"] for expiry in verdict["expiries"])


def test_nothing_in_is_nothing_out(run: Run) -> None:
    assert run("--jsonl", given=b"") == ""


def test_it_starts_as_a_module_in_any_encoding_of_the_terminal() -> None:
    for encoding in ("utf-8", "ascii:backslashreplace"):
        done = subprocess.run(
            [sys.executable, "-m", "kakugen_checkers", "bounce", "--lang", "ja"],
            input="認証に失敗しました \udce3".encode("utf-8", "surrogateescape"),
            capture_output=True,
            env={"PYTHONIOENCODING": encoding, "PATH": ""},
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        assert b"535" in done.stdout or "パスワード".encode() in done.stdout or b"\\u" in done.stdout


def test_a_reader_who_has_seen_enough_ends_it_quietly() -> None:
    lines = (json.dumps({"id": 1, "text": "550 5.1.1 User unknown"}) + "\n").encode() * 200
    with subprocess.Popen(
        [sys.executable, "-m", "kakugen_checkers", checker.id, "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdin
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        running.stdin.write(lines)
        running.stdin.close()
        assert b"Traceback" not in running.stderr.read()


# ------------------------------------------------------------------ answers by field


def test_an_answer_goes_into_its_field_without_standard_input(run: Run) -> None:
    verdict = json.loads(run("--json", "--answer", "mail=550 5.1.1 <a@example.jp>: User unknown"))
    assert verdict["topic"] == "bounce/userunknown"


def test_a_field_that_is_not_there_is_told_with_those_that_are(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(AssertionError, match="assert 2 == 0"):
        run("--answer", "post=550")
    assert "no field 'post'; there are mail" in capsys.readouterr().err


def test_parts_figures_and_ways_on_are_shown_in_a_terminal() -> None:
    verdict = Verdict(
        checker="mailbox",
        locale="en",
        status=Status.IDENTIFIED,
        topic="mailbox/full",
        title="Full",
        summary="It is full.",
        steps=(Step(text="Make room."),),
        sections=(Section(id="verify", title="Check", steps=(Step(text="Send one."),), checklist=True),),
        figures=(
            Figure(
                id="fill",
                kind="line",
                title="How it fills",
                columns=("day", "MB"),
                rows=(("2026-11-24", 5.0), ("2026-12-01", None)),
                marks=(Mark(at="2026-12-01", label="full"),),
            ),
        ),
        handovers=(Handover(checker="passwords", label="Go on", answers={"host": "a b", "places": ("x", "y")}),),
    )
    shown = as_text(verdict)
    for part in (
        "― Check\n□ Send one.",
        "day ｜ MB\n  2026-11-24 ｜ 5.0\n  2026-12-01 ｜ \n  (2026-12-01: full)",
        "python -m kakugen_checkers passwords --answer 'host=a b' --answer places=x,y",
    ):
        assert part in shown
