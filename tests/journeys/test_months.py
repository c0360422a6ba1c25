"""Whole months, played over Slack's protocol, come out as their files say."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
import yaml
from rich.console import Console

from bot.demo.director import play
from bot.demo.showing import Showing
from commands.kit.stamp import FICTIONAL
from tests.desk import MONTHS

PAPERS = {"agenda.md", "tracker.csv", "minutes.md", "executive-summary.md", "audit.jsonl", "summary.json"}


def showing() -> tuple[Showing, StringIO]:
    """A showing that nobody watches, and what it printed."""
    heard = StringIO()
    return Showing(Console(file=heard, width=200), quiet=True), heard


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(path.stem for path in MONTHS.glob("*.yaml")))
def test_a_month_comes_out_as_its_file_says(name: str, tmp_path: Path) -> None:
    show, heard = showing()
    fine = play(MONTHS / f"{name}.yaml", tmp_path, show)
    assert fine, heard.getvalue()
    laid = {path.name for path in tmp_path.iterdir()}
    assert {name for name in laid if not name.startswith("sheet-")} == PAPERS and len(laid) > len(PAPERS)
    unstamped = [path.name for path in tmp_path.iterdir() for line in [path.read_text()] if FICTIONAL not in line]
    assert not unstamped, "every paper says that it is invented"
    expected = yaml.safe_load((MONTHS / f"{name}.yaml").read_text())["expected"]
    assert set(expected) <= set(json.loads((tmp_path / "summary.json").read_text()))


@pytest.mark.slow
def test_a_month_that_comes_out_otherwise_is_said_so(tmp_path: Path) -> None:
    """The verdict can fail: one figure of the file is wrong, and the sentence names it."""
    told = yaml.safe_load((MONTHS / "marrowshire-october.yaml").read_text())
    told["expected"]["returns_late"] = 7
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(yaml.safe_dump(told, sort_keys=False))
    show, heard = showing()
    assert not play(wrong, tmp_path / "out", show)
    assert "expected.returns_late is 7, the bot has 2" in heard.getvalue()
    assert heard.getvalue().count("Differs") == 1


def test_a_broken_file_is_refused_with_path_and_line(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text((MONTHS / "marrowshire-october.yaml").read_text().replace("mode: hybrid", "mode: telepathy"))
    show, heard = showing()
    assert not play(broken, tmp_path / "out", show)
    assert "panel.mode, line 10" in heard.getvalue()
    assert not (tmp_path / "out").exists()


def test_a_real_month_is_not_played(tmp_path: Path) -> None:
    real = tmp_path / "real.yaml"
    real.write_text((MONTHS / "marrowshire-october.yaml").read_text().replace("fictional: true", "fictional: false"))
    show, heard = showing()
    assert not play(real, tmp_path / "out", show)
    assert "Only an invented month" in heard.getvalue()
