"""The house's own rules: which room may import which, no circles, and things that have one home."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("panel", "storage", "commands", "bot", "sandbox")
MAY_IMPORT = {
    "panel": set(),
    "storage": {"panel"},
    "commands": {"panel", "storage"},
    "bot": {"panel", "storage", "commands"},
    "sandbox": set(),
}
ONLY_THE_DEMO = "bot/demo/"
JOURNEYS = (
    "kit", "panels", "cases", "referrals", "updates", "actions", "life", "agendas", "meetings", "pages", "audit",
    "reminders", "access", "records", "home",
)  # fmt: skip
PANEL_MAY_USE = {"dateutil", "holidays"}
HOMES = {
    "datetime.now": {"bot/clock.py", "sandbox/clock.py"},
    "date.today": set(),
    "time.time": {"sandbox/clock.py"},
    "os.environ": {"bot/settings.py"},
    "logging.getLogger": {"bot/log.py", "sandbox/log.py"},
}
MAY_PRINT = {"sandbox/__main__.py"}


def files() -> list[Path]:
    """Every module of ours, but for the tests."""
    return [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """A file's syntax, read once."""
    return ast.parse(path.read_text())


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Everything in it."""
    return tuple(ast.walk(tree(path)))


def imports(path: Path) -> Iterator[str]:
    """The modules a file imports, anywhere in it."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_it_may(room: str) -> None:
    for path in (ROOT / room).rglob("*.py"):
        for module in imports(path):
            other = module.split(".")[0]
            if other not in ROOMS or other == room:
                continue
            if other == "sandbox" and name(path).startswith(ONLY_THE_DEMO):
                continue
            assert other in MAY_IMPORT[room], f"{name(path)} imports {module}"


def test_the_rules_use_the_standard_library_and_two_calendars() -> None:
    import sys

    for path in (ROOT / "panel").rglob("*.py"):
        for module in imports(path):
            first = module.split(".")[0]
            assert first in sys.stdlib_module_names | PANEL_MAY_USE | {"panel"}, f"{name(path)} imports {module}"


def test_journeys_know_only_those_before_them() -> None:
    for place, journey in enumerate(JOURNEYS):
        later = set(JOURNEYS[place + 1 :])
        for path in (ROOT / "commands" / journey).rglob("*.py"):
            for module in imports(path):
                parts = module.split(".")
                if parts[0] == "commands" and len(parts) > 1:
                    assert parts[1] not in later, f"{name(path)} imports {module}"


def test_no_circle_between_files() -> None:
    ours = {name(path)[:-3].replace("/", ".").removesuffix(".__init__"): path for path in files()}
    graph = {module: set(_known(path, ours)) - {module} for module, path in ours.items()}
    done: set[str] = set()

    def visit(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " → ".join([*trail[trail.index(module) :], module])
        if module in done:
            return
        for other in graph[module]:
            visit(other, (*trail, module))
        done.add(module)

    for module in graph:
        visit(module, ())


def _known(path: Path, ours: dict[str, Path]) -> Iterator[str]:
    """The modules of ours that a file names, for its types alone too: `from a import b` is b where b is a module."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in ours)
        elif isinstance(node, ast.ImportFrom) and node.module in ours:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in ours else node.module


def _dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


@pytest.mark.parametrize("banned", HOMES)
def test_things_with_one_home_stay_there(banned: str) -> None:
    for path in files():
        if name(path) in HOMES[banned]:
            continue
        for node in nodes(path):
            assert not _dotted(node).endswith(banned), f"{name(path)} uses {banned}"


def test_nobody_prints_but_the_command_lines() -> None:
    for path in files():
        if name(path) in MAY_PRINT:
            continue
        for node in nodes(path):
            called = isinstance(node, ast.Call) and _dotted(node.func) == "print"
            assert not called, f"{name(path)} prints"


def test_one_broad_except_and_it_is_the_heartbeats() -> None:
    broad = [
        name(path)
        for path in files()
        for node in nodes(path)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or _dotted(node.type) in ("Exception", "BaseException"))
    ]
    assert [path for path in broad if not path.startswith("sandbox/")] == ["bot/heartbeat.py"]


def test_nothing_happens_at_import(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every module can be imported with an empty environment."""
    import subprocess
    import sys

    modules = [name(path)[:-3].replace("/", ".") for path in files() if "migrations" not in name(path)]
    wanted = [m for m in modules if not m.endswith("__main__")]
    code = f"import importlib\nfor m in {wanted!r}: importlib.import_module(m.removesuffix('.__init__'))"
    subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=ROOT, env={}, check=True, timeout=60)


def test_there_is_one_stand_in_for_slack() -> None:
    """Tests meet Slack in the sandbox only: no mock of its client, no second fake."""
    for path in (ROOT / "tests").rglob("*.py"):
        if "node_modules" not in path.parts:
            assert not {"unittest.mock", "mock", "types.SimpleNamespace"} & set(imports(path)), path
