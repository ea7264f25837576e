"""One site in several languages: one build per language, side by side, assembled into one folder.

In: the languages of ``mkdocs.yml``. Out: their pages in one site. Nothing here knows what a page holds.
"""

from kakugen.languages.assembly import Assembly, Settings
from kakugen.languages.build import BuildRequest, LanguageBuildError
from kakugen.languages.inputs import fingerprint_of, folders_of
from kakugen.languages.language import Language, languages_in

__all__ = [
    "Assembly",
    "BuildRequest",
    "Language",
    "LanguageBuildError",
    "Settings",
    "fingerprint_of",
    "folders_of",
    "languages_in",
]
