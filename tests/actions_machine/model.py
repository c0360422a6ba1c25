"""The life of an action as the field reference has it (7.2), written by hand and apart from the code that is tested:
who may do what from where, what it becomes, and who hears of it. It imports nothing of the product's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

REP, DEPUTY, OTHER, STRANGER = "rep", "deputy", "other", "stranger"
OFFICE, CHAIR, SERVICE = "office", "chair", "service"
PEOPLE = (REP, DEPUTY, OTHER, OFFICE, CHAIR, SERVICE, STRANGER)
DOING = {"open", "acknowledged", "in_progress"}
LIVE = DOING | {"agreed", "awaiting_safety_check"}
DONE = {"reported_complete", "complete"}
CHAIR_ENDED = {"not_possible", "superseded", "cancelled"}
ENDED = CHAIR_ENDED | {"complete", "not_done"}
OWNERS = {REP, DEPUTY}
Told = frozenset[tuple[str, str]]  # (what, who)


@dataclass(frozen=True)
class Model:
    """One action. `checked`: its kind asks for a check first. `asked`, `ending`: who asks for more time, or says that
    it is no longer possible, while nobody has decided."""

    checked: bool
    status: str = "proposed"
    safety: str = "not_required"
    asked: str | None = None
    ending: str | None = None
    doer: str | None = None  # the deputy, or nobody named
    reporter: str | None = None
    sensitive: bool = False
    slips: int = 0
    snoozes: int = 0
    version: int = 2

    @property
    def owners(self) -> set[str]:
        return {REP} | ({self.doer} if self.doer else set())


Becomes = Callable[[Model, str], tuple[Model, set[tuple[str, str]]]]


@dataclass(frozen=True)
class Row:
    """A line of the table: from where, by whom, under which condition, and what it comes to."""

    before: set[str]
    who: set[str]
    becomes: Becomes
    only: Callable[[Model, str], bool] = lambda model, who: True


def to(what: str, people: set[str]) -> set[tuple[str, str]]:
    return {(what, who) for who in people}


def changed(model: Model) -> tuple[Model, set[tuple[str, str]]]:
    """The day, the doer or the owner changed: a check that was given no longer counts."""
    if model.checked and model.status in DOING | {"blocked"}:
        model = replace(model, status="awaiting_safety_check", safety="pending")
    elif model.safety in ("approved", "blocked") and model.status not in DONE | ENDED:
        model = replace(model, safety="pending")
    return model, to("check", {SERVICE}) if model.safety == "pending" else set()


def goes(status: str) -> Becomes:
    return lambda model, who: (replace(model, status=status), set())


def agree(model: Model, who: str) -> tuple[Model, set[tuple[str, str]]]:
    return replace(model, status="agreed"), to("agreed", {OFFICE})


def start(model: Model, who: str) -> tuple[Model, set[tuple[str, str]]]:
    if model.safety == "blocked":
        return replace(model, status="blocked"), to("new", model.owners)
    if model.checked and model.safety != "approved":
        waits = replace(model, status="awaiting_safety_check", safety="pending")
        return waits, to("wait", model.owners) | to("check", {SERVICE})
    return replace(model, status="open"), to("new", model.owners)


def approve(model: Model, who: str) -> tuple[Model, set[tuple[str, str]]]:
    free = model.status in ("awaiting_safety_check", "blocked")
    return replace(model, safety="approved", status="open" if free else model.status), set()


def hold(model: Model, who: str) -> tuple[Model, set[tuple[str, str]]]:
    if model.status == "proposed":
        return replace(model, safety="blocked"), set()
    told = to("hold", model.owners) | to("on_hold", {OFFICE, CHAIR})
    return replace(model, safety="blocked", status="blocked", asked=None), told


def report(sensitive: bool) -> Becomes:
    def becomes(model: Model, who: str) -> tuple[Model, set[tuple[str, str]]]:
        done = replace(model, status="reported_complete", asked=None, ending=None, reporter=who, sensitive=sensitive)
        return done, set()

    return becomes


def query(model: Model, who: str) -> tuple[Model, set[tuple[str, str]]]:
    back = replace(model, status="in_progress", reporter=None, sensitive=False)
    return back, to("query", model.owners)


def ask(model: Model, who: str) -> tuple[Model, set[tuple[str, str]]]:
    return replace(model, asked=who), to("time_asked", {CHAIR})


def give(model: Model, who: str) -> tuple[Model, set[tuple[str, str]]]:
    later, told = changed(replace(model, asked=None, slips=model.slips + 1))
    return later, told | to("time_granted", model.owners)


def keep_date(model: Model, who: str) -> tuple[Model, set[tuple[str, str]]]:
    return replace(model, asked=None), to("time_refused", model.owners)


def hand_to(doer: str | None) -> Becomes:
    def becomes(model: Model, who: str) -> tuple[Model, set[tuple[str, str]]]:
        had, has = model.doer or REP, doer or REP
        after, told = changed(replace(model, doer=doer))
        return after, told | to("given", {has}) | to("taken", {had})

    return becomes


def not_mine(model: Model, who: str) -> tuple[Model, set[tuple[str, str]]]:
    told: set[tuple[str, str]] = set()
    if model.doer == who:
        model, told = changed(replace(model, doer=None))
    return model, told | to("not_mine", model.owners | {OFFICE})


def say(model: Model, who: str) -> tuple[Model, set[tuple[str, str]]]:
    if who == CHAIR:
        return end("not_possible")(model, who)
    return replace(model, ending=who), to("ending_said", model.owners | {CHAIR})


def keep_on(model: Model, who: str) -> tuple[Model, set[tuple[str, str]]]:
    return replace(model, ending=None), to("answered", model.owners)


def end(status: str) -> Becomes:
    def becomes(model: Model, who: str) -> tuple[Model, set[tuple[str, str]]]:
        told = to("not_done", {CHAIR, OFFICE}) if status == "not_done" else to("ended", model.owners)
        # what was on hold for safety and is replaced or cancelled keeps that as its hidden outcome
        hidden = model.safety == "blocked" and model.status in ("blocked", "proposed") and status != "not_possible"
        return replace(model, status=status, asked=None, ending=None, sensitive=hidden), told

    return becomes


def again(model: Model, who: str) -> tuple[Model, set[tuple[str, str]]]:
    status, safety = ("awaiting_safety_check", "pending") if model.checked else ("open", "not_required")
    told = to("wait" if model.checked else "reopened", model.owners) | to("look_again", {OFFICE, CHAIR})
    fresh = replace(model, status=status, safety=safety, reporter=None, sensitive=False)
    return fresh, told | (to("check", {SERVICE}) if model.checked else set())


def snooze(model: Model, who: str) -> tuple[Model, set[tuple[str, str]]]:
    return replace(model, snoozes=model.snoozes + 1), set()


def decides(model: Model, who: str) -> bool:
    """The coordinator confirms, but not what is for the chair; never whoever reported."""
    return who != model.reporter and not (who == OFFICE and model.sensitive)


TABLE: dict[str, Row] = {
    "agree": Row({"proposed"}, {CHAIR}, agree),
    "start": Row({"agreed"}, {OFFICE, CHAIR}, start),
    "approve": Row(LIVE | {"proposed", "blocked"}, {SERVICE}, approve),
    "hold": Row(LIVE | {"proposed"}, {SERVICE}, hold),
    "acknowledge": Row({"open"}, OWNERS, goes("acknowledged")),
    "progress": Row(DOING, OWNERS, goes("in_progress")),
    "report": Row(DOING, OWNERS, report(sensitive=False)),
    "report_declined": Row(DOING, OWNERS, report(sensitive=True)),
    "confirm": Row({"reported_complete"}, {OFFICE, CHAIR}, goes("complete"), decides),
    "query": Row({"reported_complete"}, {OFFICE, CHAIR}, query, decides),
    "ask": Row(DOING, OWNERS, ask, lambda model, who: model.asked is None),
    "give": Row(LIVE, {CHAIR}, give, lambda model, who: model.asked not in (None, who)),
    "keep_date": Row(LIVE, {CHAIR}, keep_date, lambda model, who: model.asked not in (None, who)),
    "to_deputy": Row(LIVE, OWNERS | {OFFICE}, hand_to(DEPUTY), lambda model, who: model.doer is None),
    "to_rep": Row(LIVE, OWNERS | {OFFICE}, hand_to(None), lambda model, who: model.doer is not None),
    "not_mine": Row(DOING | {"awaiting_safety_check"}, OWNERS, not_mine),
    "say": Row(LIVE | {"blocked"}, OWNERS | {CHAIR}, say, lambda model, who: model.ending is None or who == CHAIR),
    "agree_end": Row(
        LIVE | {"blocked"}, {CHAIR}, end("not_possible"), lambda model, who: model.ending not in (None, who)
    ),
    "keep_on": Row(LIVE | {"blocked"}, {CHAIR}, keep_on, lambda model, who: model.ending not in (None, who)),
    "not_done": Row(LIVE, OWNERS | {CHAIR}, end("not_done")),
    "supersede": Row(LIVE | {"blocked", "proposed"}, {CHAIR}, end("superseded")),
    "cancel": Row(LIVE | {"blocked", "proposed"}, {CHAIR}, end("cancelled")),
    "reopen": Row(
        {"complete", "not_done"}, {OFFICE, CHAIR}, again, lambda model, who: who == CHAIR or not model.sensitive
    ),
    "restore": Row(CHAIR_ENDED, {CHAIR}, again),
    "snooze": Row(DOING, OWNERS, snooze, lambda model, who: model.snoozes < 2),
}


def legal(model: Model, move: str, who: str) -> bool:
    row = TABLE[move]
    return model.status in row.before and who in row.who and row.only(model, who)


def near_misses(model: Model) -> list[tuple[str, str]]:
    """What the right people could do from here but for one condition; and what somebody else could."""
    rows = [(move, row) for move, row in TABLE.items() if model.status in row.before]
    barred = [(move, who) for move, row in rows for who in sorted(row.who) if not row.only(model, who)]
    others = [(move, who) for move, row in rows for who in PEOPLE if who not in row.who and row.only(model, who)]
    return barred + others


def kind(model: Model) -> tuple[object, ...]:
    """What makes one stand differ from another, counts apart."""
    return (
        model.checked, model.status, model.safety, model.asked, model.ending, model.doer, model.reporter,
        model.sensitive, model.snoozes,
    )  # fmt: skip


def after(model: Model, move: str, who: str) -> tuple[Model, Told]:
    """What it becomes, a version on; and who is told what: never whoever did it."""
    made, told = TABLE[move].becomes(model, who)
    return replace(made, version=model.version + 1), frozenset(each for each in told if each[1] != who)


def choices(model: Model) -> list[tuple[str, str]]:
    """Every move that somebody could make now."""
    return [(move, who) for move in TABLE for who in PEOPLE if legal(model, move, who)]
