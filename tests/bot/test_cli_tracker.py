"""`convenor import tracker` on the command line: exit codes, and that it says nothing of what stands in a cell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.tables import Action
from tests.bot.test_bringing import NOW, furnish
from tests.bot.test_cli import Shell
from tests.bot.trackers import HEADINGS, as_csv, row


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    made = Shell(tmp_path)
    assert made("migrate").exit_code == 0
    furnish(made.store())
    yield made


def brought(shell: Shell) -> int:
    with shell.store().read(NOW) as work:
        return len(work.find(Action)) - 1  # one came with the books


def test_a_tracker_is_added_with_a_yes(shell: Shell) -> None:
    file = as_csv(shell.folder / "t.csv", [HEADINGS, row(due=""), row("Zqm", due="", case="K-999")])
    asked = shell("import", "tracker", file)
    assert asked.exit_code == 1 and "Add 1 action to MSP? Nothing was added: add --yes." in asked.output
    assert brought(shell) == 0
    added = shell("import", "tracker", file, "--yes", "--panel", "MSP")
    assert added.exit_code == 0 and "1 action added." in added.output and brought(shell) == 1
    assert "Row 3, column A: no case here has this reference." in added.output and "Zqm" not in added.output
    again = shell("import", "tracker", file, "--yes")
    assert again.exit_code == 1 and "1 row, left as it is." in again.output and brought(shell) == 1


def test_a_yes_beforehand_takes_no_suggestion(shell: Shell) -> None:
    file = as_csv(shell.folder / "t.csv", [HEADINGS, row("Put an ANPR marker on the car", type="", due="")])
    assert shell("import", "tracker", file, "--yes").exit_code == 1 and brought(shell) == 0
    assert shell("import", "tracker", file, "--yes", "--suggested").exit_code == 0 and brought(shell) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--template"),
        (("none.csv",), "none.csv: No such file"),
        (("t.csv", "--panel", "XYZ"), "There is no such panel."),
        (("t.csv", "--map", "E"), "'By when=due'"),
        (("t.csv", "--type", "zqm"), "--type takes a code"),
        (("t.csv", "--agency", "Cops=XXX"), "--agency takes codes"),
    ],
)
def test_what_can_not_be_is_a_sentence(shell: Shell, arguments: tuple[str, ...], said: str) -> None:
    as_csv(shell.folder / "t.csv", [HEADINGS, row()])
    given = [shell.folder / each if each.endswith(".csv") else each for each in arguments]
    result = shell("import", "tracker", *given)
    assert result.exit_code == 1 and said in result.output and brought(shell) == 0


def test_the_template_can_be_filled_in_and_brought(shell: Shell) -> None:
    file = shell.folder / "template.xlsx"
    assert shell("import", "tracker", file, "--template").exit_code == 0
    assert "File exists" in shell("import", "tracker", file, "--template").output
    assert "No new action." in shell("import", "tracker", file).output


def test_without_a_word_a_month_file_is_meant(shell: Shell) -> None:
    assert "none.yaml" in shell("import", shell.folder / "none.yaml").output
    assert "none.yaml" in shell("import", "month", shell.folder / "none.yaml").output
    assert shell("import", "--help").exit_code == 0
