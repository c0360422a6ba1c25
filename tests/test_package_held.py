"""What is installed is whole: sentences, months and migrations go with the code."""

from __future__ import annotations

import re
import tomllib
from fnmatch import fnmatch
from pathlib import Path

from setuptools import find_namespace_packages  # type: ignore[import-untyped]

ROOT = Path(__file__).parent.parent
DATA = (("templates", "*.jinja"), ("bot/demo/months", "*.yaml"), ("storage/migrations", "*.mako"))


def told() -> dict[str, object]:
    found: dict[str, object] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]
    return found


def test_every_room_with_code_or_data_is_a_package_of_it() -> None:
    packages = set(find_namespace_packages(str(ROOT), include=told()["packages"]["find"]["include"]))  # type: ignore[index]
    for room in ("bot", "commands", "panel", "sandbox", "storage"):
        for path in (ROOT / room).rglob("*.py"):
            assert ".".join(path.relative_to(ROOT).parent.parts) in packages, path
    for folder, pattern in DATA:
        for path in (ROOT / folder).rglob(pattern):
            assert ".".join(path.relative_to(ROOT).parent.parts) in packages, path


def test_every_file_that_is_no_code_is_taken_along() -> None:
    patterns = told()["package-data"]["*"]  # type: ignore[index]
    found = [path for folder, pattern in DATA for path in (ROOT / folder).rglob(pattern)]
    assert len(found) > 100
    for path in found:
        assert any(fnmatch(path.name, pattern) for pattern in patterns), path


def test_the_fonts_of_the_pdf_are_taken_along_with_their_licence() -> None:
    told_of = told()["package-data"]["commands.pages"]  # type: ignore[index]
    found = {path.name for pattern in told_of for path in (ROOT / "commands" / "pages").glob(pattern)}
    assert found == {"DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "LICENSE"}


def test_nothing_of_the_tests_is_installed() -> None:
    packages = find_namespace_packages(str(ROOT), include=told()["packages"]["find"]["include"])  # type: ignore[index]
    assert packages and not any(name.split(".")[0] == "tests" for name in packages)


def test_what_is_installed_is_pinned_by_hash() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        pinned = re.split(r"\n(?=\w)", (ROOT / lock).read_text().strip())
        assert all("==" in each and "--hash=sha256:" in each for each in pinned if not each.startswith("#")), lock
    for place in ("Makefile", "deploy/Containerfile", "deploy/README.md"):
        installs = [line for line in (ROOT / place).read_text().splitlines() if "install" in line and ".lock" in line]
        assert installs and all("--require-hashes" in line for line in installs), place
