"""`convenor backup` and `restore`: what comes back, what is refused, and what is not sent again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.secrets import new_key
from storage.tables import AuditRow, Notice, Panel, Receipt
from tests.bot.test_cli import Shell
from tests.storage.conftest import a_panel

NOW = datetime.now(UTC)
WORD = "zebrafish"


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    made = Shell(tmp_path)
    made("migrate")
    with made.store().work(NOW) as work:
        panel = a_panel(work, wake_at=NOW - timedelta(days=2))
        work.keep_receipt("a press", {"words": WORD})
        work.owe("old", "digest", "U1", panel_id=panel.id)
        work.session.flush()
        work.owe("later", "digest", "U2", panel_id=panel.id)
        later = work.first(Notice, Notice.name == "later")
        assert later is not None
        later.not_before = NOW + timedelta(days=3)
        work.audit("opened", "case:1", by="U1", surface="modal")
    return made


def lost(shell: Shell) -> None:
    for path in shell.folder.glob("convenor.db*"):
        path.unlink()


def test_what_was_lost_comes_back_and_old_messages_do_not_go_out(shell: Shell) -> None:
    file = shell.folder / "night.backup"
    result = shell("backup", file)
    assert result.exit_code == 0 and "Keep it apart from that key" in result.output
    assert file.stat().st_mode & 0o777 == 0o600 and WORD.encode() not in file.read_bytes()
    lost(shell)
    result = shell("restore", file)
    assert result.exit_code == 0 and "its audit log holds" in result.output, result.output
    assert "message fell due" in result.output or "messages fell due" in result.output
    with shell.store().read(NOW) as work:
        states = {notice.name: notice.state for notice in work.find(Notice)}
        assert states["old"] == "dropped" and states["later"] == "pending"
        assert not [name for name, state in states.items() if state != "dropped" and name != "later"]
        assert work.find(Receipt, order=Receipt.name)[0].answer == {"words": WORD}
        wakes = work.get(Panel, 1).wake_at
        assert wakes is None or wakes > NOW
        assert work.first(AuditRow, AuditRow.verb == "restored", order=AuditRow.seq)
    assert shell("audit", "verify").exit_code == 0


def test_nothing_is_overwritten(shell: Shell) -> None:
    file = shell.folder / "night.backup"
    shell("backup", file)
    before = file.read_bytes()
    result = shell("backup", file)
    assert result.exit_code == 1 and "is there already" in result.output and file.read_bytes() == before
    result = shell("restore", file)
    assert result.exit_code == 1 and "Nothing was changed" in result.output


def test_another_key_and_a_harmed_file_leave_nothing_behind(shell: Shell) -> None:
    file = shell.folder / "night.backup"
    shell("backup", file)
    lost(shell)
    result = shell("restore", file, CONVENOR_KEY=new_key())
    assert result.exit_code == 1 and "was made with the key" in result.output and shell.key not in result.output
    file.write_bytes(file.read_bytes()[:-1])
    result = shell("restore", file)
    assert result.exit_code == 1 and "damaged or incomplete" in result.output
    result = shell("restore", file, CONVENOR_KEY="")
    assert result.exit_code == 1 and "The key that the backup was made with is needed" in result.output
    result = shell("restore", shell.folder / "none.backup")
    assert result.exit_code == 1 and "No such file" in result.output
    assert [path.name for path in shell.folder.iterdir()] == ["night.backup"]


def test_a_backup_of_before_a_change_of_keys_opens_with_both(shell: Shell) -> None:
    file, new = shell.folder / "night.backup", new_key()
    shell("backup", file)
    lost(shell)
    both = f"{new},{shell.key}"
    assert shell("restore", file, CONVENOR_KEY=both).exit_code == 0
    assert shell("key", "rotate", CONVENOR_KEY=both).exit_code == 0
    assert shell("migrate", CONVENOR_KEY=new).exit_code == 0
