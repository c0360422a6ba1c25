"""The command line: what can go wrong is a sentence with its mend, and the exit code says how it went."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.clock import RealClock
from bot.demo.cast import people
from bot.manifest import manifest
from bot.month import read_month
from bot.settings import surroundings
from panel.codes import Role
from sandbox.client import Workspace
from sandbox.server import Sandbox
from storage.engine import make_engine
from storage.secrets import Cipher, new_key
from storage.tables import Beat, Panel, Seat
from storage.work import Store
from tests.post_office import SENDER, post_office

ROOT = Path(__file__).parents[2]
ENDINGS_HERE = (signal.SIGUSR1, signal.SIGUSR2)  # in place of those that would end the tests
MARROWSHIRE = ROOT / "bot" / "demo" / "months" / "marrowshire-october.yaml"


@dataclass
class Shell:
    """A folder with a database, settings, and the command."""

    folder: Path
    key: str = field(default_factory=new_key)
    settings: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.settings |= {"CONVENOR_KEY": self.key, "CONVENOR_DATABASE_URL": f"sqlite:///{self.folder}/convenor.db"}

    def __call__(self, *arguments: str | Path, **settings: str) -> Result:
        """Run `convenor …` in this process."""
        with pytest.MonkeyPatch.context() as patch:
            for name in os.environ:
                if name.startswith(("SLACK_", "CONVENOR_")) or name.lower().endswith("_proxy"):
                    patch.delenv(name)
            for name, value in (self.settings | settings).items():
                patch.setenv(name, value)
            result = CliRunner().invoke(app, [str(argument) for argument in arguments])
        told = result.exception is None or isinstance(result.exception, SystemExit)
        assert told, result.exception  # a traceback is never an answer
        return result

    def store(self) -> Store:
        """The database, to look into."""
        return Store(make_engine(self.settings["CONVENOR_DATABASE_URL"], Cipher(self.key)))


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with Sandbox(manifest=manifest()) as opened:
        yield opened


@pytest.fixture
def slack(box: Sandbox, shell: Shell) -> Iterator[Workspace]:
    workspace = box.workspace()
    info = workspace.reset()
    shell.settings |= {
        "SLACK_BOT_TOKEN": info["bot_token"], "SLACK_APP_TOKEN": info["app_token"], "SLACK_API_URL": info["api_url"],
    }  # fmt: skip
    yield workspace
    workspace.hang_up()


def furnished(workspace: Workspace, leave_out: str = "") -> str:
    """Everybody of the month file by display name, and the panel's channel."""
    users = {who: workspace.add_user(who) for who in people(read_month(MARROWSHIRE)) if who != leave_out}
    return workspace.add_channel("panel-ops", list(users.values()))


# ---- without Slack


def test_wrong_usage_is_two(shell: Shell) -> None:
    assert shell("import").exit_code == 2
    assert shell("dance").exit_code == 2
    assert shell("export", "--meeting", "soon").exit_code == 2


def test_settings_that_lack_are_told_with_their_mend(shell: Shell) -> None:
    result = shell("run")
    assert result.exit_code == 1 and "SLACK_BOT_TOKEN is missing" in result.output
    assert "SLACK_APP_TOKEN is missing" in result.output  # every problem at once
    result = shell("run", SLACK_BOT_TOKEN="xoxb-1", SLACK_API_URL="http://127.0.0.1:9/")
    assert result.exit_code == 1 and "SLACK_APP_TOKEN is missing" in result.output


def test_a_database_is_made_and_brought_up_to_date(shell: Shell) -> None:
    assert shell("migrate").exit_code == 0
    assert shell("migrate").exit_code == 0
    result = shell("audit", "verify")
    assert result.exit_code == 0 and "The audit log holds." in result.output


@pytest.mark.parametrize("url", ["nonsense", "mysql://host/convenor", "postgresql//host"])
def test_an_address_of_no_database_is_told(shell: Shell, url: str) -> None:
    result = shell("migrate", CONVENOR_DATABASE_URL=url)
    assert result.exit_code == 1 and "CONVENOR_DATABASE_URL must be sqlite:///" in result.output


def test_a_broken_key_is_told(shell: Shell) -> None:
    result = shell("migrate", CONVENOR_KEY="abc")
    assert result.exit_code == 1 and "CONVENOR_KEY must be 32 random bytes" in result.output


def test_the_wrong_key_is_told_before_anything_happens(shell: Shell) -> None:
    shell("migrate")
    with shell.store().work(datetime.now(UTC)) as work:
        work.keep_receipt("a press", {"kind": "Close"})
    result = shell("migrate", CONVENOR_KEY=new_key())
    assert result.exit_code == 1 and "it was written with the key" in result.output


def test_a_key_that_is_lost_is_told_and_no_other_is_made(shell: Shell) -> None:
    del shell.settings["CONVENOR_KEY"]
    assert shell("migrate").exit_code == 0
    file = shell.folder / "convenor.key"
    kept = file.read_text()
    file.unlink()
    for command in (("migrate",), ("key", "rotate")):
        result = shell(*command)
        assert result.exit_code == 1 and "its key file convenor.key is not" in result.output
    assert not file.exists()
    elsewhere = shell.folder / "elsewhere.key"
    elsewhere.write_text(kept)
    assert shell("migrate", CONVENOR_KEY_FILE=str(elsewhere)).exit_code == 0
    result = shell("migrate", CONVENOR_KEY_FILE=str(shell.folder / "not-there.key"))
    assert result.exit_code == 1 and "CONVENOR_KEY_FILE must name a file" in result.output
    result = shell("migrate", CONVENOR_KEY_FILE=str(elsewhere), CONVENOR_KEY=kept.strip())
    assert result.exit_code == 1 and "CONVENOR_KEY_FILE must name a file" in result.output


def test_a_key_is_changed(shell: Shell) -> None:
    shell("migrate")
    with shell.store().work(datetime.now(UTC)) as work:
        work.keep_receipt("a press", {"kind": "Close"})
    old, new = shell.key, shell("key", "new").output.strip()
    both = f"{new},{old}"
    assert f"Everything is sealed with the key {Cipher(old).fingerprint}." in shell("key", "rotate").output
    result = shell("migrate", CONVENOR_KEY=new)
    assert result.exit_code == 1 and Cipher(old).fingerprint in result.output and old not in result.output
    result = shell("migrate", CONVENOR_KEY=both)
    assert result.exit_code == 0, result.output
    told = shell("doctor", CONVENOR_KEY=both, SLACK_BOT_TOKEN="xoxb-1", SLACK_API_URL="http://127.0.0.1:9/").output
    assert "1 row still opens with an old key alone. Run: convenor key rotate" in told
    result = shell("key", "rotate", CONVENOR_KEY=both)
    assert result.exit_code == 0 and f"({Cipher(old).fingerprint}) any more: take it out" in result.output
    told = shell("doctor", CONVENOR_KEY=both, SLACK_BOT_TOKEN="xoxb-1", SLACK_API_URL="http://127.0.0.1:9/").output
    assert "Nothing needs the old key any more" in told
    assert shell("migrate", CONVENOR_KEY=new).exit_code == 0
    result = shell("migrate", CONVENOR_KEY=old)
    assert result.exit_code == 1 and "was retired on" in result.output
    assert shell("audit", "verify").exit_code == 0


@pytest.mark.parametrize("command", ["migrate", "doctor", "health"])
def test_what_is_no_key_is_told(shell: Shell, command: str) -> None:
    file = shell.folder / "a.key"
    file.write_text("not a key")
    for wrong in ({"CONVENOR_KEY": "abc"}, {"CONVENOR_KEY": "", "CONVENOR_KEY_FILE": str(file)}):
        (shell.folder / "convenor.db").touch()
        result = shell(command, **{"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_API_URL": "http://127.0.0.1:9/"} | wrong)
        assert result.exit_code == 1 and "CONVENOR_KEY must be 32 random bytes" in result.output


def test_a_locked_database_is_told(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.engine.BUSY_MILLISECONDS", 50)
    shell("migrate")
    holder = shell.store().engine.connect()
    holder.execute(text("SELECT 1"))  # begins, and holds the lock
    result = shell("migrate")
    holder.close()
    assert result.exit_code == 1 and "The database is locked" in result.output


def test_a_database_that_can_only_be_read_is_told(shell: Shell) -> None:
    shell("migrate")
    url = f"sqlite:///file:{shell.folder}/convenor.db?mode=ro&uri=true"
    result = shell("migrate", CONVENOR_DATABASE_URL=url)
    assert result.exit_code == 1 and "The database can only be read" in result.output


def test_a_folder_that_is_not_there_is_told(shell: Shell) -> None:
    result = shell("migrate", CONVENOR_DATABASE_URL=f"sqlite:///{shell.folder}/none/convenor.db")
    assert result.exit_code == 1 and "The database can't be opened" in result.output


def test_an_altered_audit_row_is_named(shell: Shell) -> None:
    shell("migrate")
    store = shell.store()
    for verb in ("one", "two"):
        with store.work(datetime.now(UTC)) as work:
            work.audit(verb, "thing:1")
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE audit SET verb = 'three' WHERE seq = 2"))
    result = shell("audit", "verify")
    assert result.exit_code == 1 and "row 2 is altered" in result.output


def test_health_is_a_fresh_tick_and_an_open_socket(shell: Shell) -> None:
    assert "there is no database yet" in shell("health").output
    shell("migrate")
    assert "has never run" in shell("health").output
    now = RealClock().real()
    for age, sockets, code, told in (
        (timedelta(minutes=10), 1, 1, "Is the bot running?"),
        (timedelta(0), 0, 1, "no socket to Slack is open"),
        (timedelta(0), 1, 0, "Well."),
    ):
        with shell.store().work(now) as work:
            work.session.merge(Beat(instance="one", at=now - age, sockets=sockets))
        result = shell("health")
        assert (result.exit_code, told in result.output) == (code, True), result.output


def test_a_broken_month_file_is_refused_with_key_and_line(shell: Shell) -> None:
    broken = shell.folder / "broken.yaml"
    broken.write_text(MARROWSHIRE.read_text().replace("on_holiday: next_working_day", "on_holiday: whenever"))
    line = next(n for n, written in enumerate(broken.read_text().splitlines(), 1) if "whenever" in written)
    result = shell("import", broken)
    assert result.exit_code == 1
    assert f"panel.on_holiday, line {line}:" in result.output and "whenever" not in result.output
    assert shell("import", shell.folder / "none.yaml").exit_code == 1


def test_the_manifest_is_printed_and_checked(shell: Shell) -> None:
    file = shell.folder / "manifest.yml"
    file.write_text(shell("manifest").output)
    assert file.read_text() == (ROOT / "manifest.yml").read_text()
    assert shell("manifest", "--check", "--file", file).exit_code == 0
    file.write_text(file.read_text().replace("chat:write", "chat:write.public"))
    assert shell("manifest", "--check", "--file", file).exit_code == 1


def test_there_is_nothing_to_take_away_yet(shell: Shell) -> None:
    result = shell("export")
    assert result.exit_code == 1 and "there is no database yet" in result.output
    assert not list(shell.folder.iterdir())  # whoever asks in the wrong folder leaves nothing behind
    shell("migrate")
    result = shell("export")
    assert result.exit_code == 1 and "There is no panel yet" in result.output


# ---- with Slack


def test_a_month_file_moves_in(shell: Shell, slack: Workspace) -> None:
    channel = furnished(slack, leave_out="N.B.")
    result = shell("import", MARROWSHIRE, "--channel", channel)
    assert result.exit_code == 0, result.output
    assert "Panel MSP is set up with 10 agencies." in result.output
    assert "N.B. (Representative, CSC)" in result.output and "T.G." not in result.output
    again = shell("import", MARROWSHIRE)
    assert again.exit_code == 1 and "Nothing was read in" in again.output
    books = shell("import", MARROWSHIRE, "--only", "books")
    assert books.exit_code == 0 and "0 cases and 0 actions read in." in books.output
    with shell.store().work(datetime.now(UTC)) as work:
        panel = work.first(Panel)
        assert panel is not None and panel.channel_id == channel
        coordinator = work.first(Seat, Seat.role == Role.COORDINATOR)
        assert coordinator is not None
        assert slack.info()["users"]["Z.O."] == coordinator.user_id


def test_the_set_up_read_again_changes_numbers_alone(shell: Shell, slack: Workspace) -> None:
    furnished(slack)
    shell("import", MARROWSHIRE, "--only", "set-up")
    changed = shell.folder / "changed.yaml"
    minutes = "  mode: hybrid\n  settings: {agenda_minutes: {new: 25}}\n"
    changed.write_text(MARROWSHIRE.read_text().replace("  mode: hybrid\n", minutes))
    again = shell("import", changed, "--only", "set-up")
    assert again.exit_code == 0 and "it has the file's numbers now" in again.output
    with shell.store().work(datetime.now(UTC)) as work:
        (panel,) = work.find(Panel)
        assert panel.settings["agenda_minutes"]["new"] == 25 and panel.settings["agenda_minutes"]["review"] == 10


def test_two_of_one_name_are_for_somebody_to_pick(shell: Shell, slack: Workspace) -> None:
    furnished(slack)
    slack.add_user("another", display_name="T.G.")
    slack.add_user("gone", display_name="V.X.", deleted=True)
    output = shell("import", MARROWSHIRE, "--only", "set-up").output
    assert "T.G. (Representative, HOU)" in output and "V.X." not in output
    assert "It has no channel yet" in output


def test_books_need_a_panel(shell: Shell, slack: Workspace) -> None:
    result = shell("import", MARROWSHIRE, "--only", "books")
    assert result.exit_code == 1 and "Import its set-up first" in result.output


def test_a_channel_without_the_bot_is_refused(shell: Shell, slack: Workspace) -> None:
    user = slack.add_user("somebody")
    channel = slack.add_channel("elsewhere", [user], bot=False)
    result = shell("import", MARROWSHIRE, "--channel", channel)
    assert result.exit_code == 1 and "/invite @Convenor" in result.output
    with shell.store().work(datetime.now(UTC)) as work:
        assert work.find(Panel) == []


def test_a_bad_token_is_told(shell: Shell, slack: Workspace) -> None:
    for command in ("run", "doctor"):
        result = shell(command, SLACK_BOT_TOKEN="xoxb-wrong")
        assert result.exit_code == 1 and "Slack does not accept the token (invalid_auth)" in result.output
    slack.config(token_error="token_revoked")
    assert "Slack does not accept the token (token_revoked)" in shell("run").output


def test_a_bad_token_of_the_app_is_told(shell: Shell, slack: Workspace) -> None:
    for command in ("run", "doctor"):
        result = shell(command, SLACK_APP_TOKEN="xapp-wrong")
        assert result.exit_code == 1 and "Slack does not accept the token" in result.output


def test_a_missing_scope_is_told(shell: Shell, slack: Workspace) -> None:
    shell("migrate")
    slack.config(remove_scopes=["groups:read", "chat:write"])
    for command in ("run", "doctor"):
        result = shell(command)
        assert result.exit_code == 1 and "The app lacks chat:write, groups:read" in result.output


def test_slack_out_of_reach_is_told(shell: Shell, slack: Workspace, caplog: pytest.LogCaptureFixture) -> None:
    result = shell("run", SLACK_API_URL="http://127.0.0.1:9/api/")
    assert result.exit_code == 1 and "Slack can't be reached" in result.output
    assert not caplog.records  # once, and in our words


def test_the_doctor_finds_all_well(shell: Shell, slack: Workspace) -> None:
    channel = furnished(slack)
    shell("import", MARROWSHIRE, "--channel", channel)
    result = shell("doctor")
    assert result.exit_code == 0 and "MEND" not in result.output, result.output
    assert "Panel MSP: The bot is in its channel." in result.output


def test_the_doctor_says_what_to_mend(shell: Shell, slack: Workspace) -> None:
    channel = furnished(slack, leave_out="N.B.")
    shell("import", MARROWSHIRE, "--channel", channel)
    slack.change_channel(channel, remove=[slack.info()["bot_user_id"]])
    slack.config(remove_scopes=["groups:history"])
    result = shell("doctor")
    assert result.exit_code == 1
    assert "MEND  Panel MSP: The bot is not in that channel" in result.output
    assert "MEND  Panel MSP: 1 role has nobody in Slack" in result.output
    assert "Without groups:history" in result.output


def test_whoever_ran_it_has_their_signal_handlers_back(
    shell: Shell, slack: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run inside another program, it answers to the signals that end it, and to no other's afterwards."""
    heard: list[int] = []
    monkeypatch.setattr("bot.cli.ENDINGS", ENDINGS_HERE)
    before = [(number, signal.signal(number, lambda *got: heard.append(got[0]))) for number in ENDINGS_HERE]
    mine = [signal.getsignal(number) for number in ENDINGS_HERE]

    def end() -> None:
        slack.connected(15)
        os.kill(os.getpid(), signal.SIGUSR1)

    try:
        ending = threading.Thread(target=end)
        ending.start()
        assert shell("run").exit_code == 0
        ending.join()
        assert [signal.getsignal(number) for number in ENDINGS_HERE] == mine
        assert heard == []
    finally:
        for number, handler in before:
            signal.signal(number, handler)


@pytest.mark.slow
def test_a_socket_that_does_not_come_back_ends_it_so_that_it_is_started_anew(
    shell: Shell, slack: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cli.ENDINGS", ())
    monkeypatch.setattr("bot.assembly.TICK_SECONDS", 0.05)
    monkeypatch.setattr("bot.assembly.Bot.connected", False)
    result = shell("run")
    assert result.exit_code == 1 and "gone for five minutes" in result.output


@pytest.mark.slow
def test_the_bot_runs_until_it_is_told_to_end(shell: Shell, slack: Workspace) -> None:
    process = subprocess.Popen([sys.executable, "-m", "bot", "run"], cwd=ROOT, env=surroundings() | shell.settings)
    try:
        assert slack.connected(wait=15)
        until = time.monotonic() + 10
        while shell("health").exit_code and time.monotonic() < until:
            time.sleep(0.1)
        assert "Well." in shell("health").output
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    finally:
        process.kill()
        process.wait()


def test_the_doctor_looks_at_the_mail_server_without_a_word_sent(shell: Shell, slack: Workspace) -> None:
    shell("import", MARROWSHIRE, "--channel", furnished(slack))
    assert "No e-mail is set up" in shell("doctor").output
    with post_office() as office:
        shell.settings |= {
            "CONVENOR_SMTP": f"127.0.0.1:{office.port}", "CONVENOR_SMTP_TLS": "none", "CONVENOR_SMTP_FROM": SENDER,
        }  # fmt: skip
        assert "The mail server lets Convenor in" in shell("doctor").output
        office.answers["MAIL"] = "553 Not yours"
        assert "MEND  The mail server takes no mail from CONVENOR_SMTP_FROM" in shell("doctor").output
        assert office.letters == []
    assert "MEND  The mail server can't be reached" in shell("doctor").output


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"CONVENOR_SMTP": "mail.example.org"}, "CONVENOR_SMTP must be host:port"),
        ({"CONVENOR_SMTP": "mail.example.org:587"}, "CONVENOR_SMTP_FROM must be the address"),
        ({"CONVENOR_SMTP": "mail.example.org:587", "CONVENOR_SMTP_FROM": "the office"}, "CONVENOR_SMTP_FROM must be"),
        (
            {"CONVENOR_SMTP": "mail.example.org:25", "CONVENOR_SMTP_FROM": SENDER, "CONVENOR_SMTP_TLS": "none"},
            "none is for a server on this machine alone",
        ),
        (
            {"CONVENOR_SMTP": "mail.example.org:587", "CONVENOR_SMTP_FROM": SENDER, "CONVENOR_SMTP_USER": "us"},
            "set both, or neither",
        ),
    ],
)
def test_mail_settings_that_cannot_be_say_how_to_mend_them(shell: Shell, given: dict[str, str], said: str) -> None:
    result = shell("doctor", **given)
    assert result.exit_code == 1 and said in " ".join(result.output.split())
