"""What can keep a pack from being built, each with what the person who builds the site can do about it."""


class PackError(Exception):
    """A runtime pack cannot be built. The message says why and what to do."""


class PyodideUnavailableError(PackError):
    """The npm package ``pyodide`` could not be fetched, or what was fetched is not what it should be."""


class PythonMismatchError(PackError):
    """The Python that builds the site makes bytecode that Pyodide cannot run."""


class UnknownCheckerError(PackError, LookupError):
    """No installed distribution registers a checker that was asked for."""


class CheckerCodeError(PackError):
    """The code or the data of a checker cannot go into a pack.

    Attributes:
        file: the file that is at fault, as the distribution names it.
    """

    def __init__(self, file: str, message: str) -> None:
        self.file = file
        super().__init__(f"{file}: {message}")


class CompiledCodeError(CheckerCodeError):
    """A checker, or something that it requires, holds a compiled extension."""


class ForeignImportError(CheckerCodeError):
    """A checker imports what the pack will not have."""


class RehearsalError(PackError):
    """The checkers cannot be imported from the files of the pack, or prepare what no archive has a place for."""


class MissingRequirementError(PackError):
    """A distribution that a checker needs is not installed."""
