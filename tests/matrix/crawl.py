"""Somebody who opens whatever there is to open: every command, App Home, every message; and there every button, menu
and page that only shows. What they see comes back as screens."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from commands.home.tab import home_of
from commands.kit.answers import Answer, Back, Replace, Show, Tell, Wrong
from commands.kit.service import Service
from commands.kit.turn import read

ALIKE = ("actions.types.change", "actions.types.add", "actions.types.lever", "panels.offset")  # one of many does
LOG = ("audit.log.back", "audit.log.next")
TOLD, HOME, PAGE, CALENDAR = "told", "home", "page", "calendar"


@dataclass(frozen=True)
class Screen:
    """What one press, command or look came to. `name`: of the view, or `told` for a sentence, or `home`."""

    name: str
    by: str  # the command or the button
    shown: str  # all of it, as JSON

    @property
    def of_the_log(self) -> bool:
        """Whether it is of the audit log, which every look makes longer."""
        return self.name.startswith("audit") or self.by.startswith("audit")


@dataclass(frozen=True)
class Door:
    """A button or a choice of a menu that somebody was shown, and where. `view`: JSON; none: in a message."""

    action_id: str
    value: str | None
    chosen: str | None
    block_id: str
    view: str | None = field(default=None, compare=False, repr=False)
    home: bool = False

    @property
    def about(self) -> dict[str, Any]:
        """The row ids it travels with."""
        try:
            told = json.loads(self.value or self.chosen or "{}")
        except ValueError:
            return {}
        return told if isinstance(told, dict) else {}


@dataclass
class Crawler:
    """Buttons that change something are left alone. `wanted`: whether a door leads to what is looked into."""

    service: Service
    team: str
    channel: str
    wanted: Callable[[Door], bool] = lambda door: True
    serial: int = 0
    alike: dict[str, Door] = field(default_factory=dict)  # the one of those that is tried
    tried: dict[str, set[Door]] = field(default_factory=dict)  # by whom
    met: dict[Door, None] = field(default_factory=dict)  # every door that anybody tried, in order

    def everything(self, user: str, messages: Iterable[dict[str, Any]] = ()) -> list[Screen]:
        """Every screen that this person comes to from the commands, App Home and these messages."""
        seen: list[Screen] = []
        doors: deque[Door] = deque()
        for command, words in self.service.vocabulary.items():
            for word in words:
                self._take(f"{command} {word}".strip(), self._command(user, command, word), seen, doors)
        with self.service.store.read(self.service.clock.now()) as work:
            work.see_as(user)
            view = home_of(self.service, work, "", self.team, user)
        seen.append(Screen(HOME, HOME, json.dumps(view)))
        doors.extend(_doors(view["blocks"], view=json.dumps(view), home=True))
        for message in messages:
            doors.extend(_doors(message.get("blocks") or []))
        tried: set[Door] = set()
        while doors:
            door = doors.popleft()
            if door not in tried and self.may_try(door):
                tried.add(door)
                self._take(door.action_id, self._press(user, door), seen, doors)
        self.met.update(dict.fromkeys(tried))
        self.tried.setdefault(user, set()).update(tried)
        return seen

    def may_try(self, door: Door) -> bool:
        """Whether it only shows, and what is looked into. Each look is another line of the log: two pages of it do; of
        the many types of action, and of dates that hold no case, one."""
        press = self.service.buttons.get(door.action_id)
        if door.action_id in LOG and door.about.get("page", 0) > 1:
            return False
        if door.action_id in ALIKE and door != self.alike.setdefault(door.action_id, door):
            return False
        return press is not None and not press.once and self.wanted(door)

    def forced(self, user: str, doors: Iterable[Door]) -> list[Screen]:
        """What doors show this person that were made for others."""
        seen: list[Screen] = []
        for door in (each for each in doors if each not in self.tried.get(user, ())):
            self._take(door.action_id, self._press(user, door), seen, deque())
        return seen

    def _press(self, user: str, door: Door) -> Answer:
        action: dict[str, Any] = {"action_id": door.action_id, "block_id": door.block_id, "type": "button"}
        action |= {"value": door.value} if door.value is not None else {}
        action |= {"selected_option": {"value": door.chosen}} if door.chosen is not None else {}
        self.serial += 1
        body = self._body(user) | {"type": "block_actions", "actions": [action]}
        if door.view is None:
            body |= {"channel": {"id": self.channel}, "container": {"message_ts": f"{self.serial}.1"}}
        else:
            kind = "home" if door.home else "modal"
            opened = {"id": f"V{self.serial}", "hash": "1.x", "type": kind, "state": {"values": {}}}
            body |= {"view": json.loads(door.view) | opened}
        return self.service._press(read(body))

    def _command(self, user: str, command: str, word: str) -> Answer:
        body = {"command": command, "text": word, "team_id": self.team, "user_id": user, "channel_id": self.channel}
        return self.service.run_command(read(self._body(user) | body))

    def _body(self, user: str) -> dict[str, Any]:
        return {"team": {"id": self.team}, "user": {"id": user}, "trigger_id": "1.1"}

    def _take(self, by: str, answer: Answer, seen: list[Screen], doors: deque[Door]) -> None:
        match answer:
            case Show(view) | Replace(view) | Back(view):
                seen.append(Screen(view["callback_id"], by, json.dumps(view)))
                doors.extend(_doors(view["blocks"], view=json.dumps(view)))
            case Tell(text, blocks):
                seen.append(Screen(TOLD, by, json.dumps([text, list(blocks)])))
                doors.extend(_doors(blocks))
            case Wrong(problems):
                seen.append(Screen(TOLD, by, json.dumps(problems)))


def _doors(blocks: Iterable[dict[str, Any]], view: str | None = None, home: bool = False) -> Iterator[Door]:
    """Every button and every choice of a menu."""
    for block in blocks:
        at = str(block.get("block_id", ""))
        for element in [*block.get("elements", ()), block.get("accessory") or {}]:
            if element.get("type") == "button":
                yield Door(element["action_id"], element.get("value", ""), None, at, view, home)
            elif "action_id" in element:
                grouped = [each for group in element.get("option_groups", ()) for each in group["options"]]
                for option in [*element.get("options", ()), *grouped]:
                    yield Door(element["action_id"], None, option["value"], at, view, home)
