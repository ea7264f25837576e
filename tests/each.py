"""A test over many entries of data that runs as one test: thousands of entries need no thousands of reports.

In: the arguments of ``pytest.mark.parametrize``. Out: the same test, run for every entry, that fails once and says of
each entry that failed which it is and why.
"""

import inspect
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

import pytest


def each(
    names: str | tuple[str, ...], entries: Iterable[Any], ids: Callable[[Any], Any] | Iterable[Any] | None = None
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Run a test for every entry, as one test.

    For tests that only look: what a test changes through a fixture, the next entry sees.

    Args:
        names: of the test's parameters, as ``pytest.mark.parametrize`` takes them.
        entries: a value, or as many as there are names, or a ``pytest.param``, for each run.
        ids: how to name an entry in the failure: a function of its first value, or the names in order.

    Raises:
        ValueError: there is no entry, so that nothing would be tested.
    """
    taken = tuple(name.strip() for name in names.split(",")) if isinstance(names, str) else names
    runs = [_run(taken, entry) for entry in entries]
    if not runs:
        raise ValueError(f"no entries for {names}")
    if callable(ids):
        told: list[Any] = [ids(next(iter(values.values()))) for _, values in runs]
    else:
        told = [""] * len(runs) if ids is None else list(ids)
    named = [(str(name or own or values), values) for name, (own, values) in zip(told, runs, strict=True)]

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        @wraps(test)
        def all_entries(**fixtures: Any) -> None:
            failed = [said for name, values in named if (said := _failure(test, name, {**values, **fixtures}))]
            assert not failed, f"{len(failed)} of {len(named)} fail:\n\n" + "\n\n".join(failed)

        signature = inspect.signature(test)
        left = [parameter for name, parameter in signature.parameters.items() if name not in taken]
        all_entries.__signature__ = signature.replace(parameters=left)  # type: ignore[attr-defined]
        return all_entries

    return decorate


def _run(names: tuple[str, ...], entry: Any) -> tuple[str, dict[str, Any]]:
    """Return the name that an entry has of itself, and its values by parameter."""
    own = ""
    if isinstance(entry, type(pytest.param())):
        own, entry = str(entry.id or ""), entry.values[0] if len(names) == 1 else entry.values
    values = (entry,) if len(names) == 1 else entry
    return own, dict(zip(names, values, strict=True))


def _failure(test: Callable[..., None], name: str, values: dict[str, Any]) -> str:
    try:
        test(**values)
    except Exception as error:
        return f"{name}: {type(error).__name__}: {error}"
    return ""
