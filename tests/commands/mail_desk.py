"""A desk with a post office beside it, and an agency whose people have no Slack."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from panel.codes import Role
from sandbox.client import Outcome
from storage.tables import Mailbox, Notice
from tests.commands.seen import words
from tests.commands.test_panels_people import about
from tests.desk import MARROWSHIRE, Desk, open_desk
from tests.post_office import SENDER, Office, in_words, post_office

COORDINATOR = "Z.O."
DUTY = "housing.duty@example.org"


@dataclass
class Written:
    """The desk and what its post office took."""

    desk: Desk
    office: Office

    def people(self) -> str:
        """/panel people, as the coordinator sees it."""
        return words(self.desk.stage.command(COORDINATOR, "/panel", "people"))

    def add(self, label: str, address: str) -> Outcome:
        """Somebody outside Slack, entered by the coordinator."""
        self.people()
        self.desk.stage.press(COORDINATOR, "panels.mailbox.add")
        answers = {"label": label, "address": address}
        return self.desk.workspace.submit(self.desk.users[COORDINATOR], answers)

    def seat(self, code: str, role: Role, **answers: Any) -> dict[str, str]:
        """Pick somebody for an agency's role."""
        view = self.desk.stage.command(COORDINATOR, "/panel", "people").view or {}
        block, option = next(
            (block["block_id"], option["value"])
            for block in view["blocks"]
            if block.get("accessory", {}).get("type") == "overflow" and f"*{code}*" in block["text"]["text"]
            for option in block["accessory"]["options"]
            if about(option["value"]).code == role
        )
        self.desk.stage.press(COORDINATOR, "panels.agency", block_id=block, value=option)
        return self.desk.workspace.submit(self.desk.users[COORDINATOR], answers).errors

    def user(self, label: str) -> str:
        """Whom a label stands for."""
        with self.desk.work() as work:
            box = work.first(Mailbox, Mailbox.label == label)
            assert box is not None
            return box.user_id

    def letters(self, address: str = DUTY) -> list[str]:
        """What came to an address, oldest first."""
        self.desk.stage.settle()
        return [in_words(letter) for letter in self.office.to(address)]

    def asked_slack_about(self, user: str) -> list[str]:
        """The calls to Slack that carried somebody's id."""
        calls = [call for call in self.desk.workspace.calls() if call["kind"] == "call"]
        assert calls, "the bot has called Slack"
        return [call["method"] for call in calls if _is_for(call, user)]

    def failed(self) -> list[tuple[str, str | None]]:
        """What could not be delivered, and why."""
        with self.desk.work() as work:
            return [(row.kind, row.problem) for row in work.find(Notice, Notice.state == "failed")]

    def outside(self, code: str = "HOU", label: str = "R.Y.", address: str = DUTY, role: Role = Role.REP) -> str:
        """Somebody outside Slack who stands for an agency; their id."""
        assert self.add(label, address).ok
        user = self.user(label)
        assert self.seat(code, role, who=None, outside=user) == {}
        return user


@contextmanager
def mail_desk(folder: Path, story: str = "2026-09-22T08:00:00+01:00", **settings: Any) -> Iterator[Written]:
    """The panel of the month file, with a mail server."""
    with post_office() as office:
        smtp = {"convenor_smtp": f"127.0.0.1:{office.port}", "convenor_smtp_tls": "none", "convenor_smtp_from": SENDER}
        with open_desk(folder, story, MARROWSHIRE, **smtp | settings) as desk:
            yield Written(desk, office)


def _is_for(call: dict[str, Any], user: str) -> bool:
    """Whether somebody's id stands in it as a person or a channel, or is mentioned."""
    said = json.dumps(call["args"])
    return re.search(rf'"(?:user|users|user_id|channel|initial_user)": "{user}"|<@{user}>', said) is not None
