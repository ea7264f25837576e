"""What people write into the rows is read kindly: what cannot be used is named with its row, the rest is kept."""

import pytest

from kakugen_checkers.toolbox.entered import MOST_TOOLS, read_job
from kakugen_checkers.toolbox.rates import RateError, read_rate

RATES = {
    "": None,
    "分からない": None,
    "Don't know": None,
    "まれに": 0.5,
    "rarely": 0.5,
    "月1回": 12,
    "月一回": 12,
    "年３回": 3,
    "年に1回": 1,
    "3年に1回": 1 / 3,
    "2か月に1回": 6,
    "半年ごと": 2,
    "週1": 52,
    "毎日": 365,
    "0": 0,
    "0.5": 0.5,
    "twice a week": 104,
    "once a month": 12,
    "3 times a year": 3,
    "once in 3 years": 1 / 3,
    "every 3 months": 4,
    "1/年": 1,
}
FAULTY = {
    "-3": "negative",
    "年に-3回": "negative",
    "1e309": "too-often",
    "0年に1回": "too-often",
    "いつも眠い": "unread",
}
FAULTY |= {"nan": "unread", "inf": "unread", "1 2 3": "unread", "9" * 500: "unread", "月に1回か2回": "unread"}


def test_ways_to_say_how_often_are_read_as_times_a_year() -> None:
    assert {text: read_rate(text) for text in RATES} == pytest.approx(RATES)


def test_what_says_no_rate_is_refused_with_a_reason() -> None:
    found = {}
    for text in FAULTY:
        with pytest.raises(RateError) as error:
            read_rate(text)
        found[text] = error.value.kind
    assert found == FAULTY


def test_a_fault_names_its_row_and_the_rest_is_kept() -> None:
    job, faults = read_job(
        {
            "tools": (
                {"name": "Form", "facts": "address", "next": "Mailer", "rate": "-3"},
                {"name": "", "facts": "phone"},
                {"name": "", "facts": " "},
                {"name": "Mail", "facts": "Address、 phone", "next": "Mail; Nowhere", "rate": "often enough"},
            )
        }
    )
    assert [tool.name for tool in job.tools] == ["Form", "Mail"]
    assert [(link.start, link.end) for link in job.links] == [(0, 1)]  # "Mailer" can only mean "Mail"
    assert [(fault.kind, fault.row) for fault in faults] == [
        ("negative", 1),
        ("no-name", 2),
        ("unread", 4),
        ("to-itself", 4),
        ("no-such-tool", 4),
    ]
    assert all(tool.assumed for tool in job.tools)


def test_spelling_width_and_case_do_not_make_another_fact_or_tool() -> None:
    job, faults = read_job(
        {"tools": ("ＧＭＡＩＬ | 電話 番号", "Gmail | 電話番号 | 会計", "会計 | 電話番号 , 電話番号 |  | 店長")}
    )
    assert [tool.name for tool in job.tools] == ["GMAIL", "会計"] or [tool.name for tool in job.tools] == [
        "ＧＭＡＩＬ",
        "会計",
    ]
    assert job.holders == {"電話 番号": (0, 1)}
    assert [fault.kind for fault in faults] == ["same-name"]


def test_who_answers_for_a_link_stands_in_brackets_or_answers_for_both_ends() -> None:
    job, _ = read_job({"tools": "A||B（佐藤）、C|店長\nB||C|業者\nC|||店長\nD||A|店 長"})
    assert [(link.start, link.end, link.owner) for link in job.links] == [
        (0, 1, "佐藤"),
        (0, 2, "店長"),
        (1, 2, ""),
        (3, 0, "店 長"),
    ]


def test_more_tools_than_anyone_keeps_in_step_are_cut_off_with_one_fault() -> None:
    job, faults = read_job({"tools": tuple({"name": f"t{number}", "next": "t1"} for number in range(10_000))})
    assert len(job.tools) == MOST_TOOLS
    assert [fault.kind for fault in faults].count("too-many-tools") == 1
    assert faults[0].kind == "too-many-tools"
