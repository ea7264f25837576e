"""Conditions as data: when does a row of advice apply?

In: a condition as it stands in TOML (``when = { copy = "yes", days-to-full = { below = 180 } }``) and the properties
of a situation by name. Out: whether it holds. A list of tables holds when one of them does; a table holds when all
its properties do. What is not known (``None``) meets no test but ``{ known = false }``.

| written | holds when the property |
|---|---|
| ``"yes"``, ``5``, ``true`` | is that; where it is a set, has it |
| ``["a", "b"]`` | is, or has, one of these |
| ``{ all = ["a", "b"] }`` | has all of these |
| ``{ not = … }`` | is known and does not meet what follows |
| ``{ below = 180 }``, ``{ least = 50 }`` | is a number below 180; is one of 50 or more |
| ``{ known = false }`` | is not known; an empty set counts as that |
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

type Property = str | float | bool | frozenset[str] | None
"""What a situation may say of itself under one name; ``None`` where nobody knows."""

type Condition = Any
"""A table of tests by property, or a list of such tables, as TOML gives them."""


class ConditionError(ValueError):
    """A condition names a property or a test that does not exist."""


def holds(condition: Condition, properties: Mapping[str, Property]) -> bool:
    """Return whether a condition holds; an empty table always does.

    Raises:
        ConditionError: it names what does not exist.
    """
    tables = condition if isinstance(condition, list) else [condition]
    return any(all(_meets(_property(name, properties), test) for name, test in table.items()) for table in tables)


def names_in(condition: Condition) -> tuple[str, ...]:
    """Return the properties that a condition names, in its order."""
    tables = condition if isinstance(condition, list) else [condition]
    return tuple(dict.fromkeys(name for table in tables for name in table))


def _property(name: str, properties: Mapping[str, Property]) -> Property:
    if name not in properties:
        raise ConditionError(f"no property {name!r}; there are {', '.join(properties)}")
    return properties[name]


def _meets(value: Property, test: Any) -> bool:
    if isinstance(test, dict):
        return all(_passes(value, name, operand) for name, operand in test.items())
    if value is None:
        return False
    if isinstance(test, list):
        return any(_meets(value, one) for one in test)
    if isinstance(value, frozenset):
        return test in value
    # In Python True == 1, and a count of one is no yes.
    return isinstance(value, bool) is isinstance(test, bool) and value == test


def _passes(value: Property, name: str, operand: Any) -> bool:
    number = value if isinstance(value, int | float) and not isinstance(value, bool) else None
    match name:
        case "known":
            known = value is not None and value != frozenset()
            return known is bool(operand)
        case "not":
            return value is not None and not _meets(value, operand)
        case "all":
            return isinstance(value, frozenset) and value.issuperset(operand)
        case "below":
            return number is not None and number < operand
        case "least":
            return number is not None and number >= operand
        case _:
            raise ConditionError(f"no test {name!r}; there are all, below, known, least, not")
