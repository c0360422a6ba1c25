"""The kinds of question a form can ask. Each draws itself, reads its answer and says what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from math import isfinite
from typing import Any

from commands.kit.blocks import Block, menu, options, plain
from panel.mail import outside_slack

Choices = Sequence[tuple[str, str]]  # (value, label)
YEARS = (1900, 2200)  # a calendar has no working days beyond
ELEMENT = "answer"  # the action_id of every question: its block_id is the field's name


@dataclass(frozen=True)
class Field:
    """One question. `hint` says what a good answer holds and what never to write."""

    label: str
    hint: str = ""
    optional: bool = False

    def block(self, name: str, initial: Any = None, choices: Choices | None = None) -> Block:
        """The input block; `initial` fills it in, `choices` replaces the field's own list."""
        drawn: Block = {
            "type": "input", "block_id": name, "label": plain(self.label), "optional": self.optional,
            "element": {"action_id": ELEMENT} | self.element(initial, choices),
        }  # fmt: skip
        return drawn | {"hint": plain(self.hint)} if self.hint else drawn

    def element(self, initial: Any, choices: Choices | None) -> Block:
        """The element inside the block."""
        raise NotImplementedError

    def read(self, state: dict[str, Any]) -> Any:
        """The answer in Slack's state entry, as a Python value; None (or an empty list) when there is none."""
        raise NotImplementedError

    def problem(self, value: Any) -> str | None:
        """What is wrong with the answer, in a sentence; None when nothing is."""
        if not self.optional and value in (None, "", []):
            return "Please answer this."
        return None


@dataclass(frozen=True)
class Text(Field):
    """One line, or several with `lines`. At most `limit` characters, which Slack counts while they type. `guarded`:
    whether `kit.guard` looks for names in it. `narrative`: whether it asks for words, and so for none where a panel
    keeps references only (`kit.no_words`); None: by its length. What is read into columns asks for none."""

    lines: bool = False
    limit: int = 3_000
    placeholder: str = ""
    guarded: bool = True
    narrative: bool | None = None

    def element(self, initial: Any, choices: Choices | None) -> Block:
        drawn: Block = {"type": "plain_text_input", "multiline": self.lines, "max_length": self.limit}
        if initial:
            drawn["initial_value"] = str(initial)
        if self.placeholder:
            drawn["placeholder"] = plain(self.placeholder)
        return drawn

    def read(self, state: dict[str, Any]) -> str | None:
        # Half an emoji, left over where a client cut at its limit, can be stored nowhere.
        typed = (state.get("value") or "").encode("utf-8", "replace").decode()
        return (typed if self.lines else " ".join(typed.splitlines())).strip() or None

    def problem(self, value: Any) -> str | None:
        if value is not None and len(value) > self.limit:
            return f"That is {len(value):,} characters. Please use at most {self.limit:,}."
        return super().problem(value)


@dataclass(frozen=True)
class Whole(Field):
    """A whole number between `least` and `most`."""

    least: int = 0
    most: int = 9_999

    def element(self, initial: Any, choices: Choices | None) -> Block:
        drawn: Block = {
            "type": "number_input", "is_decimal_allowed": False,
            "min_value": str(self.least), "max_value": str(self.most),
        }  # fmt: skip
        return drawn if initial is None else drawn | {"initial_value": str(initial)}

    def read(self, state: dict[str, Any]) -> int | None:
        value = (state.get("value") or "").strip()
        return int(value) if value else None

    def problem(self, value: Any) -> str | None:
        if value is not None and not self.least <= value <= self.most:
            return f"A whole number from {self.least} to {self.most}."
        return super().problem(value)


@dataclass(frozen=True)
class Decimal(Field):
    """A number that may have decimals."""

    def element(self, initial: Any, choices: Choices | None) -> Block:
        drawn: Block = {"type": "number_input", "is_decimal_allowed": True}
        return drawn if initial is None else drawn | {"initial_value": f"{initial:g}"}

    def read(self, state: dict[str, Any]) -> float | None:
        value = (state.get("value") or "").strip()
        if not value:
            return None
        number = float(value)
        if not isfinite(number):
            raise ValueError
        return number


@dataclass(frozen=True)
class Day(Field):
    """A date. `least` is set by whoever draws the form when a past date makes no sense."""

    def element(self, initial: Any, choices: Choices | None) -> Block:
        drawn: Block = {"type": "datepicker"}
        return drawn if initial is None else drawn | {"initial_date": f"{initial:%Y-%m-%d}"}

    def read(self, state: dict[str, Any]) -> date | None:
        value = state.get("selected_date")
        return date.fromisoformat(value) if value else None

    def problem(self, value: Any) -> str | None:
        if value is not None and not YEARS[0] <= value.year <= YEARS[1]:
            return "Please check the year."
        return super().problem(value)


@dataclass(frozen=True)
class Clock(Field):
    """A wall time, "09:30"."""

    def element(self, initial: Any, choices: Choices | None) -> Block:
        drawn: Block = {"type": "timepicker"}
        return drawn if initial is None else drawn | {"initial_time": str(initial)}

    def read(self, state: dict[str, Any]) -> str | None:
        return state.get("selected_time")


@dataclass(frozen=True)
class One(Field):
    """One of a list: radio buttons up to 5, a menu above."""

    choices: Choices = ()

    def element(self, initial: Any, choices: Choices | None) -> Block:
        listed = list(choices if choices is not None else self.choices)
        drawn: Block = {"type": "radio_buttons" if len(listed) <= 5 else "static_select"} | menu(listed)
        chosen = [option for option in options(listed) if option["value"] == initial]
        return drawn | {"initial_option": chosen[0]} if chosen else drawn

    def read(self, state: dict[str, Any]) -> str | None:
        chosen = state.get("selected_option")
        return chosen["value"] if chosen else None

    def problem(self, value: Any) -> str | None:
        if value is not None and self.choices and value not in dict(self.choices):
            return "Please choose one from the list."
        return super().problem(value)


@dataclass(frozen=True)
class Many(Field):
    """Any number of a list: checkboxes up to 10, a menu above."""

    choices: Choices = ()

    def element(self, initial: Any, choices: Choices | None) -> Block:
        listed = list(choices if choices is not None else self.choices)
        kind = "checkboxes" if len(listed) <= 10 else "multi_static_select"
        drawn: Block = {"type": kind} | menu(listed)
        chosen = [option for option in options(listed) if option["value"] in (initial or ())]
        return drawn | {"initial_options": chosen} if chosen else drawn

    def read(self, state: dict[str, Any]) -> list[str]:
        return [option["value"] for option in state.get("selected_options") or []]


@dataclass(frozen=True)
class Find(Field):
    """One of very many, or several of them, found by typing (see `Registry.search`). `choices` are those that are set
    beforehand. Whoever saves the form checks what was chosen: the form itself does not know the list."""

    several: bool = False

    def element(self, initial: Any, choices: Choices | None) -> Block:
        set_before = options(choices or ())
        kind = {"type": "multi_external_select" if self.several else "external_select", "min_query_length": 0}
        if not set_before:
            return kind
        return kind | ({"initial_options": set_before} if self.several else {"initial_option": set_before[0]})

    def read(self, state: dict[str, Any]) -> Any:
        chosen = state.get("selected_options") or [state.get("selected_option")]
        values = [option["value"] for option in chosen if option]
        return values if self.several else next(iter(values), None)


@dataclass(frozen=True)
class Tick(Field):
    """A single box to tick. Required unless optional; never ticked beforehand."""

    saying: str = ""

    def element(self, initial: Any, choices: Choices | None) -> Block:
        return {"type": "checkboxes", "options": options([("yes", self.saying or self.label)])}

    def read(self, state: dict[str, Any]) -> bool:
        return bool(state.get("selected_options"))

    def problem(self, value: Any) -> str | None:
        return None if value or self.optional else "Please tick this, or close the form."


@dataclass(frozen=True)
class Moment(Field):
    """A day and a time in one picker, each reader in their own zone; read as an aware datetime."""

    def element(self, initial: Any, choices: Choices | None) -> Block:
        drawn: Block = {"type": "datetimepicker"}
        return drawn if initial is None else drawn | {"initial_date_time": int(initial.timestamp())}

    def read(self, state: dict[str, Any]) -> datetime | None:
        seconds = state.get("selected_date_time")
        return datetime.fromtimestamp(seconds, UTC) if seconds else None


@dataclass(frozen=True)
class Who(Field):
    """A person, by Slack's user picker."""

    def element(self, initial: Any, choices: Choices | None) -> Block:
        drawn: Block = {"type": "users_select"}
        return drawn | {"initial_user": initial} if initial and not outside_slack(initial) else drawn

    def read(self, state: dict[str, Any]) -> str | None:
        return state.get("selected_user")


@dataclass(frozen=True)
class Channel(Field):
    """A channel, by Slack's picker."""

    def element(self, initial: Any, choices: Choices | None) -> Block:
        drawn: Block = {
            "type": "conversations_select",
            "filter": {"include": ["private"], "exclude_external_shared_channels": False},
        }
        return drawn | {"initial_conversation": initial} if initial else drawn

    def read(self, state: dict[str, Any]) -> str | None:
        return state.get("selected_conversation")


def relabelled(field: Field, **changes: Any) -> Field:
    """The same question in other words (an action's own reference in its label, say)."""
    return replace(field, **changes)
