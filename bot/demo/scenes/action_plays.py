"""How each thing is done with an action: a command, a few presses, a form."""

from __future__ import annotations

from typing import Any, Protocol

from bot.demo.scenes.action_finding import choose, open_action, pressed
from bot.demo.stage import Stage
from bot.month.actions import Action
from panel.codes import ActionStatus, Outcome, SafetyStatus
from sandbox.client import Outcome as Seen


class Play(Protocol):
    """One thing done with an action, by somebody."""

    def __call__(self, stage: Stage, who: str, row: Action) -> None: ...


INSTRUCTION = "Keep to the day and the order agreed; ask before anything changes."
PICTURE = {
    "traced": "some", "asked": "asked", "wants": "To be told before anything is served.", "reaction": "pressure",
    "danger": "The evening after.", "safe": "yes", "warned": "yes", "others": "Nobody else is known of.",
}  # fmt: skip
SAID = "As agreed at the panel."
ENDS = {
    ActionStatus.NOT_POSSIBLE: "not_possible",
    ActionStatus.SUPERSEDED: "supersede",
    ActionStatus.CANCELLED: "cancel",
}


def _own(row: Action) -> tuple[str, ...]:
    return ("", "agency") if row.owner != "PANEL" else ("", "all")


# ---- doing


def acknowledge(stage: Stage, who: str, row: Action) -> None:
    """I have this."""
    open_action(stage, who, row.id, *_own(row))
    stage.press(who, "actions.acknowledge")
    stage.close(who)


def progress(stage: Stage, who: str, row: Action) -> None:
    """Something has been done."""
    _fill(stage, who, row, "actions.progress", {"note": "Begun, and going on."})


def done(stage: Stage, who: str, row: Action) -> None:
    """Reported, with an outcome."""
    outcome = row.outcome or Outcome.DONE_EFFECTIVE
    _fill(stage, who, row, "actions.done", {"outcome": outcome.value} | ({"note": row.note} if row.note else {}))


def ask_time(stage: Stage, who: str, row: Action) -> None:
    """A later date, with the reason."""
    reason = row.note or "A first appointment could not be kept."
    _fill(stage, who, row, "actions.time", {"until": row.due.isoformat(), "reason": reason})


def not_done(stage: Stage, who: str, row: Action) -> None:
    """The agency did not act."""
    outcome = row.outcome or Outcome.NOT_DONE_NO_REASON
    _fill(stage, who, row, "actions.not_done", {"outcome": outcome.value} | ({"note": row.note} if row.note else {}))


def end(stage: Stage, who: str, row: Action) -> None:
    """No longer possible, replaced or cancelled."""
    what = ENDS[row.status]
    answers: dict[str, Any] = {"reason": row.note or SAID}
    if row.outcome is Outcome.DUPLICATE:
        answers["duplicate"] = ["yes"]
    lists = _own(row) if what == "not_possible" else ("all",)
    _fill(stage, who, row, f"actions.end.{what}", answers, *lists)


def _fill(stage: Stage, who: str, row: Action, action_id: str, answers: dict[str, Any], *lists: str) -> Seen:
    open_action(stage, who, row.id, *(lists or _own(row)))
    stage.press(who, action_id)
    seen = stage.submit(who, answers)
    stage.close(who)
    return seen


# ---- deciding


def confirm(stage: Stage, who: str, row: Action) -> None:
    """Complete."""
    _press(stage, who, row, "actions.confirm")


def give_time(stage: Stage, who: str, row: Action) -> None:
    """The new date is agreed."""
    _press(stage, who, row, "actions.time.give")


def agree_end(stage: Stage, who: str, row: Action) -> None:
    """No longer possible: the chair agrees."""
    _press(stage, who, row, "actions.end.agree")


def agree(stage: Stage, who: str, row: Action) -> None:
    """A proposal becomes an action."""
    _press(stage, who, row, "actions.agree")


def _press(stage: Stage, who: str, row: Action, action_id: str) -> None:
    open_action(stage, who, row.id, "all")
    stage.press(who, action_id)
    stage.close(who)


def check(stage: Stage, who: str, row: Action) -> None:
    """The victim service's answer, for every linked victim."""
    stage.command(who, "/actions", "checks")
    if not pressed(stage, who, row.id, "actions.check", "actions.checks_page.next"):
        stage.press(who, "actions.checks_swap")
        choose(stage, who, row.id, "actions.check", "actions.checks_page.next")
    _before_any_action(stage, who)
    answers: dict[str, Any] = {"verdict": row.safety.value, "basis": "record"}
    if "told" in {block.get("block_id") for block in stage.workspace.see(stage.users[who])["view"]["blocks"]}:
        answers["told"] = "knows"
    if row.safety is SafetyStatus.APPROVED_WITH_CONDITIONS:
        answers |= {"conditions": row.conditions, "instruction": INSTRUCTION}
    if row.safety is SafetyStatus.BLOCKED:
        answers |= {"reason": row.safety_note or "Not safe at present."}
    stage.submit(who, answers)
    stage.close(who)


def _before_any_action(stage: Stage, who: str) -> None:
    """Questions 1 to 4 for each victim of the case, once a cycle."""
    view = stage.workspace.see(stage.users[who])["view"]
    if "Answer questions 1 to 4" not in str(view):
        return
    stage.press(who, "actions.picture")
    while stage.workspace.see(stage.users[who])["view"]["callback_id"] == "actions.picture":
        stage.submit(who, PICTURE)


def proceed(stage: Stage, who: str, row: Action) -> None:
    """The chair decides where nobody can check."""
    reason = "Nobody outside the owner's agency can check it."
    _fill(stage, who, row, "actions.proceed", {"reason": reason}, "all")


def look_at_tracker(stage: Stage) -> None:
    """The coordinator opens the tracker and an action in it."""
    who = stage.month.panel.coordinator.initials
    stage.command(who, "/actions", "all")
    stage.close(who)
