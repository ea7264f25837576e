"""What is asked for a new article or maxim.

In: the kind and a language. Out: questions, in the order in which the answers stand in the file.
"""

from typing import Final

from kakugen.embed import Question
from kakugen.knowledge import ACTORS, CAUSES, draft_words

_OF_AN_ARTICLE: Final = ("symptom", "topics", "cause", "actor", "minutes", "maxims", "source-title", "source-url")
_CHOICES: Final = {"cause": CAUSES, "actor": ACTORS}
_MAY_BE_EMPTY: Final = frozenset({"topics", "maxims", "said-by"})


def questions(kind: str, locale: str) -> tuple[Question, ...]:
    """Return what is asked for a new article or maxim.

    Args:
        kind: ``article`` or ``maxim``.
        locale: the language of the questions.
    """
    words = draft_words(locale)
    return tuple(
        Question(
            id=name,
            label=words(f"{kind}.{name}"),
            required=name not in _MAY_BE_EMPTY,
            choices={choice: words(f"{name}.{choice}") for choice in _CHOICES.get(name, ())} or None,
            default="5" if name == "minutes" else "",
        )
        for name in ("id", "title", "summary", *(_OF_AN_ARTICLE if kind == "article" else ("said-by",)))
    )
