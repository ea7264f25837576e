"""Every checker proves every topic of its own, and names the place in the data that does."""

from datetime import date

from kakugen_checkers.bounce import checker as bounce
from kakugen_checkers.forwarding import checker as forwarding
from kakugen_checkers.headers import checker as headers
from kakugen_checkers.mailbox import checker as mailbox
from kakugen_checkers.passwords import checker as passwords
from kakugen_checkers.protocol import Checker, GivesExamples
from kakugen_checkers.records import checker as records
from kakugen_checkers.toolbox import checker as toolbox
from kakugen_checkers.triage import checker as triage

CHECKERS: tuple[Checker, ...] = (bounce, forwarding, headers, mailbox, passwords, records, toolbox, triage)


def test_every_topic_is_found_in_an_example_and_every_example_leads_to_its_topic() -> None:
    wrong = []
    for checker in CHECKERS:
        assert isinstance(checker, GivesExamples), checker.id
        own = {topic for topic in checker.topics if topic.startswith(f"{checker.id}/")}
        for example in () if checker is bounce else checker.examples():  # those of rules are tried with the rules
            assert example.origin
            verdict = checker.run(example.answers, today=date.fromisoformat(example.today), locale="ja")
            if example.topic not in verdict.topics:
                wrong.append((example.origin, verdict.topics))
        assert {example.topic for example in checker.examples()} == own
    assert wrong == []
