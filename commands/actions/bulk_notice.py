"""What several changes come to for one person: one message, instead of one for each action."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import col, delete

from commands.kit.about import About
from commands.kit.blocks import button
from commands.kit.notices import Rendered, say
from commands.kit.service import Service
from commands.kit.turn import Turn
from panel.codes import Priority
from storage.outbox import Owed
from storage.tables import Action, Notice
from storage.work import UnitOfWork

TOLD, SEVERAL = "actions.told", "actions.bulk"
AT_ONCE = "changed"  # what somebody could act on until now
ONCE_A_CASE = "ask_for_one"  # said once for all actions of a case already
LISTS = {"check": ("Open the checks", "actions.checks"), "no_checker": ("Open all actions", "actions.all")}


def gather(turn: Turn, done: Sequence[Action]) -> None:
    """What these changes owe people is one message each; what is immediate has its own."""
    own = {action.id for action in done if action.priority != Priority.IMMEDIATE}
    mine = [
        owed for owed in turn.work.owed
        if owed.kind == TOLD and owed.about["action"] in own and owed.about["what"] != ONCE_A_CASE
    ]  # fmt: skip
    by_user: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for owed in mine:
        by_user[owed.to][owed.about["what"]].append(owed.about["action"])
    if not mine:
        return
    turn.work.session.execute(delete(Notice).where(col(Notice.id).in_([owed.id for owed in mine])))
    turn.work.owed[:] = [owed for owed in turn.work.owed if owed not in mine]
    for user, told in by_user.items():
        turn.work.owe(
            f"{SEVERAL}:{min(owed.id for owed in mine)}:{user}", SEVERAL, user, panel_id=turn.panel.id,
            about={"told": {what: sorted(set(ids)) for what, ids in told.items()}},
        )  # fmt: skip


def told(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """How many of somebody's actions changed, and how."""
    counts = {what: len(ids) for what, ids in owed.about["told"].items()}
    buttons = [
        button(*LISTS.get(what, ("Open my actions", "actions.mine")), About(panel=owed.panel_id)) for what in counts
    ]
    once = list({each["action_id"]: each for each in buttons}.values())
    return say(service.words("actions/bulk", counts=counts), *once)


def can_not_wait(work: UnitOfWork, owed: Owed) -> bool:
    """Whoever might act at night is told at once not to any more."""
    return AT_ONCE in owed.about["told"]
