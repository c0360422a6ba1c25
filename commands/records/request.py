"""One request about somebody: where it stands, its ways, and its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from commands.kit.about import About
from commands.kit.answers import Answer, Back, Replace, Show
from commands.kit.blocks import Block, actions, button, sections
from commands.kit.errors import Refusal
from commands.kit.meetings import today
from commands.kit.people import agencies_by_id
from commands.kit.turn import Turn
from commands.kit.views import modal
from commands.records import about_person, carry, requests
from commands.records.requests import Extend, checked, request_of
from panel.codes import Disclosure, Exemption, SubjectRequestStatus, SubjectRoute
from storage.tables import Erasure, SubjectItem, SubjectRequest

VIEW = "records.request.view"
SURE = "Everything about this reference goes in the coming night, unless a hold is put on it. Nobody can bring it back."


class Undecided(Refusal):
    """Some of what was found is not decided on yet. What is not decided is not given: say so of each first."""


class OnHold(Refusal):
    """It can't be erased: {why}."""


def show(turn: Turn) -> Answer:
    """Where it stands."""
    return Show(view(turn, request_of(turn)))


def again(turn: Turn) -> Answer:
    """Look once more for everything about them."""
    row = request_of(turn, open_only=True)
    requests.find(turn, row)
    row.version += 1
    return Replace(view(turn, row))


def view(turn: Turn, row: SubjectRequest) -> Block:
    """The request in numbers, and what can be done."""
    items = turn.work.rows(SubjectItem, request_id=row.id)
    turn.audit("opened", f"subject_request:{row.id}", pieces=len(items))
    about = About(panel=turn.panel.id, row=row.id, version=row.version)
    is_open = row.status == SubjectRequestStatus.OPEN and row.reference is not None
    said = turn.say("records/request", **_facts(turn, row, items))
    ways = _ways(about, row) if is_open else []
    return modal("A request", [*sections(said), *ways], about, name=VIEW)


def _facts(turn: Turn, row: SubjectRequest, items: Sequence[SubjectItem]) -> dict[str, object]:
    agencies, told = agencies_by_id(turn.work, turn.panel.id), row.details or {}
    by = Counter(agencies[item.agency_id].code if item.agency_id else turn.panel.code for item in items)
    answers = [
        (agencies[int(key)].code, Disclosure(one["decision"]).label, _ground(one), one.get("note"))
        for key, one in told.get("answers", {}).items()
    ]
    asked = [agencies[int(key)].code for key in told.get("asked", {}) if key not in told.get("answers", {})]
    roots = about_person.roots(turn.work, turn.panel, row.reference) if row.reference else {}
    return {
        "row": row, "route": SubjectRoute(row.route).label if row.route else "", "by": sorted(by.items()),
        "number": len(items), "decided": sum(item.decision is not None for item in items),
        "stands": [about_person.AS[name] for name in roots], "rows": told.get("counts", {}),
        "answers": sorted(answers), "asked": sorted(asked), "extended": told.get("extended"),
        "erasing": _erasing(turn, row), "late": row.due < today(turn.panel, turn.work.now),
    }  # fmt: skip


def _erasing(turn: Turn, row: SubjectRequest) -> datetime | None:
    """When what is held is erased, where that was approved."""
    thing = f"subject_request:{row.id}"
    waits = turn.work.rows(Erasure, panel_id=turn.panel.id, thing=thing, rule=carry.REFERENCE, done_at=None)
    return waits[0].wake_at if waits else None


def _ground(answer: dict[str, str]) -> str | None:
    return Exemption(answer["exemption"]).label if answer.get("exemption") else None


def _ways(about: About, row: SubjectRequest) -> list[Block]:
    other = SubjectRoute.NEITHER if row.route == SubjectRoute.DISCLOSE else SubjectRoute.DISCLOSE
    return [
        actions(
            button("What was found", "records.pieces.open", about),
            button("Look again", "records.request.again", about),
            button("Ask the agencies", "records.consult.ask", about),
        ),
        actions(
            button("The pack", "records.pack", about),
            button(f"Instead: {other.label.lower()}", "records.request.route", about),
            button("More time", "records.extend.open", about),
        ),
        actions(
            button("Close it", "records.request.close", about, ask="You have answered it outside Slack."),
            button("Erase what is held", "records.erase", about, style="danger", ask=SURE),
        ),
    ]


def other_route(turn: Turn) -> Answer:
    """Answered the other way."""
    row = checked(turn)
    row.route = SubjectRoute.NEITHER if row.route == SubjectRoute.DISCLOSE else SubjectRoute.DISCLOSE
    turn.audit("request_route", f"subject_request:{row.id}", route=row.route)
    return Replace(view(turn, row))


def extend(turn: Turn, form: Extend) -> Answer:
    """More time."""
    return Back(view(turn, requests.extend(turn, form)))


def close(turn: Turn) -> Answer:
    """It was answered, by the lead and outside Slack. Raises Undecided."""
    row = checked(turn)
    items = turn.work.rows(SubjectItem, request_id=row.id)
    if row.route == SubjectRoute.DISCLOSE and any(item.decision is None for item in items):
        raise Undecided
    row.status, row.closed_at, row.wake_at = SubjectRequestStatus.CLOSED, turn.work.now, None
    turn.audit("request_closed", f"subject_request:{row.id}", route=row.route)
    return Replace(view(turn, row))


def erase(turn: Turn) -> Answer:
    """Everything about them goes in the coming night: the lead's own word is the approval. Raises OnHold."""
    row = checked(turn)
    assert row.reference is not None and turn.panel.id is not None
    held = about_person.holds(turn.work, turn.panel, row.reference)
    if held:
        raise OnHold(why=", ".join(held))
    thing = f"subject_request:{row.id}"
    if not turn.work.rows(Erasure, panel_id=turn.panel.id, thing=thing, rule=carry.REFERENCE, done_at=None):
        turn.work.add(
            Erasure(
                panel_id=turn.panel.id, thing=thing, rule=carry.REFERENCE, by_user=turn.user, at=turn.work.now,
                wake_at=carry.tonight(turn.panel, turn.work.now),
            )
        )  # fmt: skip
    turn.audit("erasure_approved", thing, records=1)
    return Replace(view(turn, row))
