"""The page's own files: nothing typed is read as HTML, nothing comes from elsewhere, no word of any app's field."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sandbox
from sandbox.page.files import FOLDER, all_files

SCRIPTS = sorted(FOLDER.rglob("*.js"))
IMPORT = re.compile(r"""(?:from\s+|import\s+|import\()["'](\.[^"']+)["']""")
READS_HTML = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|setHTML"
)
RUNS_TEXT = re.compile(r"\beval\(|new Function|set(?:Timeout|Interval)\(\s*[\"'`]")
ELSEWHERE = re.compile(r"https?://(?!www\.w3\.org/)[\w.]+")
FIELD = re.compile(
    r"\b(police|probation|perpetrator|agenc(y|ies)|convenor|referrals?|briefings?|coordinator|victims?|abuse)\b", re.I
)
LONGEST = 200


def name(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_a_script_reads_nothing_as_html_and_runs_no_text(path: Path) -> None:
    text = path.read_text()
    assert not READS_HTML.search(text) and not RUNS_TEXT.search(text)
    assert len(text.splitlines()) <= LONGEST, "split it"


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_what_a_script_imports_is_there(path: Path) -> None:
    for module in IMPORT.findall(path.read_text()):
        assert (path.parent / module).is_file(), module


def test_every_script_is_used() -> None:
    used = {(path.parent / module).resolve() for path in SCRIPTS for module in IMPORT.findall(path.read_text())}
    entry = {FOLDER / found.removeprefix("/page/") for found in re.findall(r'"(/page/[^"]+\.js)"', html())}
    assert {path.resolve() for path in SCRIPTS} == used | {path.resolve() for path in entry}


def test_every_style_is_used() -> None:
    asked = {found.removeprefix("/page/") for found in re.findall(r'"(/page/[^"]+\.css)"', html())}
    assert asked == {name(path) for path in FOLDER.rglob("*.css")}


def test_the_html_holds_no_script_and_no_style_of_its_own() -> None:
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\son\w+=|\sstyle=", html())


@pytest.mark.parametrize("file", sorted(all_files()))
def test_nothing_comes_from_elsewhere(file: str) -> None:
    assert not ELSEWHERE.findall(all_files()[file][0].decode())


def test_the_sandbox_has_no_word_of_any_field() -> None:
    root = Path(sandbox.__file__).parent
    for path in root.rglob("*"):
        if path.suffix in (".py", ".js", ".css", ".html", ".md"):
            assert not FIELD.search(path.read_text()), path


def html() -> str:
    return (FOLDER / "index.html").read_text()
