"""Every command says what it can do; what it does not understand it neither keeps nor repeats."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from sqlmodel import SQLModel

from commands.kit.registry import COMMANDS
from tests.desk import Desk, open_desk

DETAILS = "zebrafish hurt his wife on Elm Street"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("help"), "2026-09-22T08:00:00+01:00") as made:
        yield made


def answer(desk: Desk, command: str, word: str) -> str:
    outcome = desk.stage.command("Z.O.", command, word, expect="message")
    (message,) = [message for message in outcome.messages if message.get("is_ephemeral")]
    return str(message)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_lists_every_word_with_what_it_does(desk: Desk, command: str) -> None:
    told = answer(desk, command, "help")
    assert COMMANDS[command] in told and f"`{command} help`" in told
    for word in desk.bot.service.vocabulary[command].values():
        assert not word.word or (word.hint and f"`{command} {word.word}`  {word.hint}" in told), word.word


@pytest.mark.parametrize("command", COMMANDS)
def test_case_details_after_a_command_are_not_kept_not_logged_and_not_repeated(
    desk: Desk, command: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    told = answer(desk, command, DETAILS)
    assert "what you typed was not kept" in told and "never type case details" in told
    assert f"`{command} help`" in told
    written = capfd.readouterr()
    assert all("zebrafish" not in text for text in (told, written.out, written.err, caplog.text))
    with desk.work() as work:
        for table in SQLModel.metadata.sorted_tables:
            rows = work.session.connection().execute(table.select()).all()
            assert "zebrafish" not in str(rows), table.name


def test_the_button_beside_it_opens_the_form(desk: Desk) -> None:
    desk.stage.command("Z.O.", "/refer", DETAILS, expect="message")
    outcome = desk.workspace.press(desk.users["Z.O."], "kit.open.refer", channel=desk.channel)
    assert outcome.kind == "view", outcome


@pytest.mark.parametrize("word", ["HELP", "  help ", "Move"])
def test_capitals_and_spaces_make_no_difference(desk: Desk, word: str) -> None:
    outcome = desk.workspace.command(desk.users["Z.O."], desk.channel, "/panel", word)
    assert outcome.ok and "not kept" not in str(outcome)
    desk.stage.close("Z.O.")
