"""Every small change to the rules of access, each of which some test must notice.

`python -m tests.panel.mutants` (`make mutants`) changes one thing at a time in `panel/access.py`, `panel/grants.py` and
`panel/restriction.py` (a comparison turned round, a condition left out, `and` for `or`, an entry of a list gone), runs
the tests of access against it in a process of its own, and prints what no test noticed. What may stay unnoticed stands
in `mutants_kept.txt`, each with its reason; an entry there that is noticed after all fails the run too.
"""

from __future__ import annotations

import ast
import copy
import importlib
import os
import random
import sys
import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, product
from pathlib import Path
from typing import Any, cast

import hypothesis

ROOT = Path(__file__).parents[2]
# In the order in which they import each other.
MODULES = ("panel.restriction", "panel.grants", "panel.access")
TESTS = ("tests.panel.test_access", "tests.panel.test_access_closely", "tests.panel.test_restriction")
KEPT = Path(__file__).with_name("mutants_kept.txt")
NOTICED, UNNOTICED = 0, 3
hypothesis.settings.register_profile("mutants", max_examples=30, deadline=None, derandomize=True, database=None)
OTHER_WAY: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
}  # fmt: skip
OTHER_SET: dict[type[ast.operator], type[ast.operator]] = {
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.Sub: ast.BitOr,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One change. `place`: the function or the name it is in, and which of several alike it is."""

    module: str
    place: str
    node: ast.AST
    instead: ast.AST
    whole: ast.Module

    @property
    def name(self) -> str:
        """What the kept list calls it: no line number, so that it survives edits elsewhere."""
        return f"{self.module} {self.place}: {_short(self.node)} -> {_short(self.instead)}"

    @property
    def tree(self) -> ast.Module:
        """The module with the change where the node stood."""
        memo: dict[int, Any] = {id(self.node): self.instead}
        return ast.fix_missing_locations(copy.deepcopy(self.whole, memo))


@cache
def mutants_of(module: str) -> list[Mutant]:
    """Every change of one module."""
    tree = ast.parse((ROOT / f"{module.replace('.', '/')}.py").read_text())
    nodes = [(place, node) for place, node in _places(tree) if not _is_words(node)]
    return [made for place, node in nodes for made in _changed(module, place, node, tree)]


def _places(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """Every node, under the function, method or constant that it stands in."""
    for top in tree.body:
        for place, part in _named(top):
            for node in ast.walk(part):
                yield place, node


def _named(top: ast.stmt) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(top, ast.ClassDef):
        if any(ast.unparse(base) == "Code" for base in top.bases):
            return  # codes and their labels
        for inner in top.body:
            for place, part in _named(inner):
                yield f"{top.name}.{place}", part
    elif isinstance(top, ast.FunctionDef):
        for part in (*top.args.defaults, *(each for each in top.args.kw_defaults if each), *top.body):
            yield top.name, part
    elif isinstance(top, ast.Assign | ast.AnnAssign) and top.value is not None:
        if ast.unparse(top).startswith("__all__"):
            return
        target = top.targets[0] if isinstance(top, ast.Assign) else top.target
        yield ast.unparse(target), top.value


def _is_words(node: ast.AST) -> bool:
    """A sentence or a label: other tests hold those."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _changed(module: str, place: str, node: ast.AST, tree: ast.Module) -> Iterator[Mutant]:
    for after in _instead(node):
        yield Mutant(module, place, node, after, tree)


def _short(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())


def _instead(node: ast.AST) -> Iterator[ast.AST]:
    """What could stand in a node's place."""
    match node:
        case ast.Compare(left=left, ops=[op], comparators=right):
            yield ast.Compare(left, [OTHER_WAY[type(op)]()], right)
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            yield from values
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OTHER_SET:
            yield ast.BinOp(left, OTHER_SET[type(op)](), right)
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.IfExp(body=body, orelse=orelse):
            yield from (body, orelse)
        case ast.If(body=body, orelse=orelse):
            yield from (ast.If(ast.Constant(always), body, orelse) for always in (True, False))
        case ast.Set(elts=elts) | ast.Tuple(elts=elts) | ast.List(elts=elts):
            yield from (_without(node, at) for at in range(len(elts)))
        case ast.Call(func=ast.Name(id="any" | "all" as name), args=args):
            yield ast.Call(ast.Name("all" if name == "any" else "any", ast.Load()), args, [])
        case ast.Call(func=ast.Name(id="_to"), args=[holder, *conditions]):
            for at in range(len(conditions)):
                yield ast.Call(node.func, [holder, *conditions[:at], *conditions[at + 1 :]], [])
        case ast.comprehension(ifs=[_, *_]):
            yield ast.comprehension(node.target, node.iter, [], 0)


def _without(node: Any, at: int) -> ast.AST:
    left = [*node.elts[:at], *node.elts[at + 1 :]]
    if isinstance(node, ast.Set) and not left:
        return ast.Call(ast.Name("set", ast.Load()), [], [])
    made: Any = copy.copy(node)
    made.elts = left
    return cast(ast.AST, made)


# ---- running the tests against one


def noticed(mutant: Mutant | None) -> bool:
    """Whether a test fails against it (None: nothing changed), in a process of its own."""
    child = os.fork()
    if child == 0:
        code = NOTICED
        try:
            with Path(os.devnull).open("w") as nowhere:
                sys.stdout = sys.stderr = nowhere
                hypothesis.settings.load_profile("mutants")
                _load(mutant)
                _run_tests()
                code = UNNOTICED
        finally:  # whatever was raised, a failed assertion above all: it was noticed
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != UNNOTICED


def _load(mutant: Mutant | None) -> None:
    """The three modules, one of them changed, under their own names."""
    for name in [name for name in sys.modules if name in (*MODULES, *TESTS)]:
        del sys.modules[name]
    for name in MODULES:
        if mutant is None or name != mutant.module:
            importlib.import_module(name)
            continue
        module = types.ModuleType(name)
        sys.modules[name] = module
        exec(compile(mutant.tree, name, "exec"), module.__dict__)
        setattr(sys.modules["panel"], name.split(".")[1], module)


def _run_tests() -> None:
    for name in TESTS:
        module = importlib.import_module(name)
        for test, function in vars(module).items():
            if test.startswith("test_"):
                for given in _cases(function):
                    function(**given)


def _cases(function: Callable[..., None]) -> Iterator[dict[str, Any]]:
    """What a test is called with, as its marks say."""
    marks = [mark for mark in getattr(function, "pytestmark", ()) if mark.name == "parametrize"]
    for chosen in product(*(_values(*mark.args[:2]) for mark in marks)):
        yield dict(chain.from_iterable(each.items() for each in chosen))


def _values(names: str | Sequence[str], values: Any) -> list[dict[str, Any]]:
    listed = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    return [dict(zip(listed, [value] if len(listed) == 1 else value, strict=True)) for value in values]


def kept() -> dict[str, str]:
    """The changes that no test needs to notice, each with its reason."""
    lines = [line for line in KEPT.read_text().splitlines() if line and not line.startswith("#")]
    return dict((part.strip() for part in line.split("  #", 1)) for line in lines)  # type: ignore[misc]


def survivors(chosen: Sequence[Mutant]) -> list[str]:
    """Those that no test noticed."""
    return [mutant.name for mutant in chosen if not noticed(mutant)]


def sample(number: int, seed: int = 2026) -> list[Mutant]:
    """Some of all changes, the same each time."""
    every = [mutant for module in MODULES for mutant in mutants_of(module)]
    return random.Random(seed).sample(every, number)


def main() -> None:
    """All of them; ends with an error where one lives that is not explained, or is explained and does not live."""
    if noticed(None):
        sys.exit("The tests of access fail as it is: mend that first.")
    every = [mutant for module in MODULES for mutant in mutants_of(module)]
    alive, known = survivors(every), kept()
    new, old = [name for name in alive if name not in known], [name for name in known if name not in alive]
    for name in new:
        sys.stdout.write(f"not noticed: {name}\n")
    for name in old:
        sys.stdout.write(f"explained, but noticed or gone: {name}\n")
    found = f"{len(every)} changes, {len(every) - len(alive)} noticed, {len(alive) - len(new)} explained."
    sys.stdout.write(f"{found}\n")
    sys.exit(1 if new or old else 0)


if __name__ == "__main__":
    main()
