"""Asking and telling on a terminal, or in a pipe where nobody can be asked.

In: questions and what the command line has answered already. Out: all answers, or what is missing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kakugen.commands.words import Words
from kakugen.embed import Question


class UnansweredError(Exception):
    """Questions without an answer, and nobody to ask; the message says how to give them on the command line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """Who runs the command.

    Attributes:
        words: their language.
        say: prints a line.
        ask: prints a question and returns a line, or ``None`` where nobody can be asked.
    """

    words: Words
    say: Callable[[str], object]
    ask: Callable[[str], str] | None

    def answers(self, questions: Sequence[Question], given: Mapping[str, str | None]) -> dict[str, str]:
        """Return the answers to questions: those given, then those that are asked for.

        Args:
            questions: the questions, in order.
            given: answers of the command line, by the id of the question.

        Raises:
            UnansweredError: some are missing, or are none of the choices, and nobody can be asked.
        """
        answers: dict[str, str] = {}
        unanswered: list[str] = []
        for question in questions:
            answer = (given.get(question.id) or "").strip()
            if answer and _fits(question, answer):
                answers[question.id] = answer
            elif self.ask is not None:
                answers[question.id] = self._asked(question)
            elif question.required and not question.default:
                unanswered.append(f"--{question.id}  {question.label}{_listed(question)}")
            else:
                answers[question.id] = question.default
        if unanswered:
            raise UnansweredError("\n".join([self.words("new.unanswered"), *(f"  {line}" for line in unanswered)]))
        return answers

    def _asked(self, question: Question) -> str:
        assert self.ask is not None
        hint = f" ({question.help})" if question.help else ""
        default = f" [{question.default}]" if question.default else ""
        if question.choices:
            self.say(f"{question.label}{hint}")
            for name, meaning in question.choices.items():
                self.say(f"  {name}  {meaning}")
        prompt = f"{'' if question.choices else question.label + hint}{default}> "
        while True:
            answer = self.ask(prompt).strip() or question.default
            if answer and _fits(question, answer):
                return answer
            if not answer and not question.required:
                return ""
            self.say(self.words("new.again"))


def _fits(question: Question, answer: str) -> bool:
    return not question.choices or answer in question.choices


def _listed(question: Question) -> str:
    return f" ({', '.join(question.choices)})" if question.choices else ""
