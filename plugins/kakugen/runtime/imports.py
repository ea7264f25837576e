"""Which modules does a module import? Read from its source, without running it.

In: the source text of a module and its dotted name. Out: the modules that it names, each with whether it is
needed at import or only when some function runs. Branches that a browser never takes (``if TYPE_CHECKING``,
``if __name__ == "__main__"``, ``if sys.platform == "win32"``) are left out.
"""

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

_PLATFORM: Final = {"platform": "emscripten", "name": "posix"}
"""What ``sys.platform`` and ``os.name`` are in Pyodide."""


@dataclass(frozen=True, slots=True)
class Import:
    """One module named by another.

    Attributes:
        module: absolute dotted name. For ``from a import b`` both ``a`` and ``a.b`` are named, though
            ``b`` may be no module.
        certain: whether ``module`` is surely a module (``False`` for the ``a.b`` above).
        lazy: whether it is imported only when a function runs.
        guarded: whether the code goes on without it (inside ``try``).
        fallback: whether it is imported only after something has failed (inside ``except``).
        inside: the outermost function that it stands in, a method without its class; ``""`` outside of functions.
    """

    module: str
    certain: bool = True
    lazy: bool = False
    guarded: bool = False
    fallback: bool = False
    inside: str = ""


def imports_of(source: str | bytes, module: str, *, is_package: bool) -> frozenset[Import]:
    """Return what a module imports.

    Args:
        source: its source text.
        module: its absolute dotted name, against which relative imports are resolved.
        is_package: whether it is the ``__init__`` of a package.

    An import by a name that is only known when it runs may be of anything beside the module: ``package.*``, with the
    top-level package of the module.

    Raises:
        SyntaxError: the source is no Python of this version.
    """
    package = module if is_package else module.rpartition(".")[0]
    return frozenset(_walk(ast.parse(source).body, package, Import("")))


def texts_of(source: str | bytes) -> frozenset[str]:
    """Return every text that stands in a module, those between the places of an f-string included."""
    return frozenset(
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def closure(roots: Iterable[str], targets: Callable[[str], Iterable[str]]) -> frozenset[str]:
    """Return everything reachable from ``roots``, themselves included, by following ``targets``."""
    reached: set[str] = set()
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(targets(name))
    return frozenset(reached)


def with_parents(name: str) -> list[str]:
    """Return a dotted name after those of the packages that it stands in: importing it imports them."""
    parts = name.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts) + 1)]


def _walk(nodes: Iterable[ast.AST], package: str, place: Import) -> Iterator[Import]:
    """Yield the imports below ``nodes``, each like ``place`` but for the name."""
    for node in nodes:
        match node:
            case ast.Import(names=names):
                yield from (replace(place, module=alias.name) for alias in names)
            case ast.ImportFrom(module=name, names=names, level=level):
                base = _absolute(name, level, package)
                yield replace(place, module=base)
                yield from (
                    replace(place, module=f"{base}.{alias.name}", certain=False) for alias in names if alias.name != "*"
                )
            case ast.If(test=test) if _never(test):
                yield from _walk(node.orelse, package, place)
            case ast.Try() | ast.TryStar():
                yield from _walk(node.body, package, replace(place, guarded=True))
                yield from _walk(node.handlers, package, replace(place, fallback=True))
                yield from _walk([*node.orelse, *node.finalbody], package, place)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                inner = replace(place, lazy=True, inside=place.inside or name)
                yield from _walk(ast.iter_child_nodes(node), package, inner)
            case ast.Lambda():
                yield from _walk(ast.iter_child_nodes(node), package, replace(place, lazy=True))
            case ast.Call(args=[ast.Constant(value=str(name)), *_]) if _imports_by_name(node):
                dots = len(name) - len(name.lstrip("."))
                yield replace(place, module=_absolute(name[dots:], dots, package))
            case ast.Call() if _imports_by_name(node):
                yield replace(place, module=f"{package.partition('.')[0]}.*", certain=False)
                yield from _walk(ast.iter_child_nodes(node), package, place)
            case _:
                yield from _walk(ast.iter_child_nodes(node), package, place)


def _absolute(name: str | None, level: int, package: str) -> str:
    if level == 0:
        return name or ""
    parts = package.split(".")
    return ".".join([*parts[: len(parts) - level + 1], *([name] if name else [])])


def _never(test: ast.expr) -> bool:
    """Tell whether an ``if`` is never taken in a browser."""
    match test:
        case ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING"):
            return True
        case ast.Compare(left=ast.Name(id="__name__"), ops=[ast.Eq()], comparators=[ast.Constant(value="__main__")]):
            return True
        case ast.Compare(
            left=ast.Attribute(value=ast.Name(id="sys" | "os"), attr=attr),
            ops=[ast.Eq()],
            comparators=[ast.Constant(value=str(value))],
        ):
            return attr in _PLATFORM and _PLATFORM[attr] != value
        case _:
            return False


def _imports_by_name(call: ast.Call) -> bool:
    match call.func:
        case ast.Name(id="__import__" | "import_module") | ast.Attribute(attr="import_module"):
            return True
        case _:
            return False
