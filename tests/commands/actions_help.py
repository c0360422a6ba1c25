"""A small vocabulary for the stories about actions: people add, open, press and fill in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.demo.stage import Misplayed
from sandbox.client import Outcome
from storage.tables import Action, Meeting
from tests.desk import Desk, open_desk

COORDINATOR, CHAIR, VICTIM_SERVICE = "Z.O.", "V.X.", "I.K."
PICTURE = {"traced": "no", "asked": "not_safe", "reaction": "not_known", "safe": "yes", "warned": "not_safe"}
PANEL_MORNING = "2026-10-14T10:00:00+01:00"


@contextmanager
def open_at(folder: Path, story: str = PANEL_MORNING) -> Iterator[Room]:
    """A desk on the day of the panel."""
    with open_desk(folder, story) as desk:
        yield Room(desk)


class Room:
    """Who does what with an action; every view is checked by the sandbox as Slack would."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.stage = desk.stage

    def meeting_id(self) -> int:
        with self.desk.work() as work:
            found = work.first(Meeting, Meeting.day == self.stage.panel_day)
            assert found is not None and found.id is not None
            return found.id

    def form(self, case: str = "MSP-26-0033", who: str = COORDINATOR, word: str = "add") -> Outcome:
        """The empty form for an action on a case."""
        seen = self.stage.command(who, "/actions", word)
        return self.stage.press(who, f"actions.{word}", value=beside(seen.view, case))

    def add(self, case: str = "MSP-26-0033", **answers: Any) -> str:
        """Add an action; answers its reference."""
        self.form(case)
        given = {"type": "P17", "owner": "POL", "text": "Place a marker", "due": "2026-10-21"} | answers
        given = {name: value for name, value in given.items() if value is not None}
        seen = self.stage.submit(COORDINATOR, given)
        self.stage.close(COORDINATOR)
        ref = next(word for word in shown(seen.view).split() if word.startswith("*A-"))
        return ref.strip("*")

    def open(self, who: str, ref: str, *words: str) -> str:
        """Open an action from one of the person's lists; answers everything on it."""
        for word in words or ("", "agency"):
            seen = self.stage.command(who, "/actions", word)
            found = beside(seen.view, ref)
            if found:
                return shown(self.stage.press(who, "actions.open", value=found).view)
            self.stage.close(who)
        raise Misplayed(f"{who} does not see {ref}")

    def press(self, who: str, ref: str, action_id: str, /, *words: str, **answers: Any) -> str:
        """Open it, press a button, fill in the form behind it if there is one; answers what is shown then."""
        self.open(who, ref, *words)
        seen = self.stage.press(who, action_id)
        if answers:
            seen = self.stage.submit(who, answers)
        self.stage.close(who)
        return shown(seen.view) if seen.view else ""

    def check(self, ref: str, who: str = VICTIM_SERVICE, **answers: Any) -> None:
        """The victim service's answer."""
        seen = self.stage.command(who, "/actions", "checks")
        if beside(seen.view, ref) is None:
            seen = self.stage.press(who, "actions.checks_swap")
        self.stage.press(who, "actions.check", value=beside(seen.view, ref))
        self.answered(who)
        asked = {block.get("block_id") for block in self.stage.workspace.see(self.desk.users[who])["view"]["blocks"]}
        known = {"basis": "routine"} | ({"told": "knows"} if "told" in asked else {})
        self.stage.submit(who, {"verdict": "approved"} | known | answers)
        self.stage.close(who)

    def answered(self, who: str = VICTIM_SERVICE, **more: Any) -> int:
        """Questions 1 to 4 for every victim about whom nothing was said in this cycle, from the check's form; how many
        that were."""
        asked = 0
        if "Answer questions 1 to 4" in shown(self.stage.workspace.see(self.desk.users[who])["view"]):
            self.stage.press(who, "actions.picture")
        while self.stage.workspace.see(self.desk.users[who])["view"]["callback_id"] == "actions.picture":
            self.stage.submit(who, PICTURE | more)
            asked += 1
        return asked

    def row(self, ref: str) -> Action:
        """The action as the database has it."""
        with self.desk.work() as work:
            found = work.first(Action, Action.ref == ref)
            assert found is not None
            work.session.expunge(found)
            return found

    def told(self, who: str) -> list[str]:
        """A person's messages, once everything due was sent."""
        self.stage.settle()
        return self.desk.seen_by(who)


def shown(view: Any) -> str:
    """Every word of a view."""
    found: list[str] = []

    def walk(part: Any) -> None:
        if isinstance(part, dict):
            found.extend([part["text"]] if isinstance(part.get("text"), str) else [])
            for value in part.values():
                walk(value)
        elif isinstance(part, list):
            for value in part:
                walk(value)

    walk((view or {}).get("blocks", []))
    return "\n".join(found)


def beside(view: Any, text: str) -> str | None:
    """The value of the button beside a text; None when the text is not there."""
    for block in (view or {})["blocks"]:
        if "accessory" in block and f"*{text}*" in block["text"]["text"]:
            value: str = block["accessory"]["value"]
            return value
    return None


def buttons(view: Any) -> set[str]:
    """The action ids that can be pressed."""
    return {e["action_id"] for block in view["blocks"] for e in block.get("elements", ()) if "action_id" in e}
