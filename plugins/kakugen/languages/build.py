"""The build of one further language, in a process of its own beside the main build.

In: what the child has to know (``BuildRequest``), handed over in an environment variable. Out: the pages of
that language in their folder of the site, and the warnings of the child; or ``LanguageBuildError`` with its
whole output.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Final, Self

VARIABLE: Final = "KAKUGEN_BUILD"
"""The environment variable that tells a child build what it is."""


class LanguageBuildError(RuntimeError):
    """The build of a language failed.

    Attributes:
        language: its code.
        output: all that the build said.
    """

    def __init__(self, language: str, output: str) -> None:
        self.language = language
        self.output = output
        super().__init__(f"the build of the language '{language}' failed:\n{output.strip()}")


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRequest:
    """What a child build has to know beside ``mkdocs.yml``.

    Attributes:
        language: the language to build.
        site_url: the address of the whole site; empty when unknown.
        pack: the folder of the runtime pack in the whole site, ``assets/kakugen/pack/…/``.
        offline: whether readers can keep the whole site for times without a network.
        drafts: whether drafts are shown.
    """

    language: str
    site_url: str
    pack: str
    offline: bool
    drafts: bool = False

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self | None:
        """Return what the parent asks for, or ``None`` in a build that has no parent."""
        text = environment.get(VARIABLE)
        return cls(**json.loads(text)) if text else None

    def to_environment(self, environment: Mapping[str, str]) -> dict[str, str]:
        """Return the environment for the child."""
        return {
            **environment,
            VARIABLE: json.dumps(asdict(self)),
            "NO_COLOR": "1",
            "NO_MKDOCS_2_WARNING": "1",
            "PYTHONIOENCODING": "utf-8",
        }


class LanguageBuild:
    """A running build of one language."""

    def __init__(self, request: BuildRequest, *, config: Path, site: Path, strict: bool, dirty: bool) -> None:
        """Start it.

        Args:
            request: what to build.
            config: ``mkdocs.yml``.
            site: the folder for the pages of this language.
            strict: whether warnings end the build.
            dirty: whether pages whose files have not changed are left as they are.
        """
        self.language = request.language
        # A file and not a pipe: a pipe that nobody empties would stop the child.
        self._output: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed when read
        self._process = subprocess.Popen(  # noqa: S603 - our own Python, no shell
            [
                *(sys.executable, "-m", "mkdocs", "build"),
                *("--config-file", str(config), "--site-dir", str(site)),
                "--strict" if strict else "--no-strict",
                "--dirty" if dirty else "--clean",
            ],
            env=request.to_environment(os.environ),
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=subprocess.STDOUT,
        )

    def finish(self) -> tuple[str, ...]:
        """Wait for the end of the build and return its warnings.

        Raises:
            LanguageBuildError: it failed.
        """
        code = self._process.wait()
        output = self._read()
        if code:
            raise LanguageBuildError(self.language, output)
        lines = (line.partition("WARNING") for line in output.splitlines())
        return tuple(text.lstrip(" -") for before, found, text in lines if found and not before.strip())

    def abandon(self) -> None:
        """End the build, whatever it is doing."""
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait()
        self._output.close()

    def _read(self) -> str:
        with self._output:
            self._output.seek(0)
            return self._output.read().decode("utf-8", "replace")
