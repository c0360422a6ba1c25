"""Putting one of everything into the database, as the product itself keeps it, and taking it out again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

from sqlmodel import SQLModel

from panel.codes import ActionStatus, Outcome, SafetyStatus
from storage.tables import (
    Action,
    Agency,
    Case,
    Item,
    Meeting,
    Referral,
    ReferralAddition,
    Request,
    Return,
    SafetyPicture,
    Victim,
)
from storage.work import UnitOfWork
from tests.matrix.table import Thing

SOURCE, NAMED, OFF_CASE, PERP_FACING = "CSC", "HOU", "SUB", "DRV"
Row = TypeVar("Row", bound=SQLModel)


@dataclass
class Soil:
    """Where it is planted: a case, its meeting, the agencies by code, who does the actions. `made`: the new rows."""

    work: UnitOfWork
    case: Case
    meeting: Meeting
    agencies: Mapping[str, Agency]
    doer: str
    made: list[SQLModel] = field(default_factory=list)

    def put(self, row: Row) -> Row:
        """A row that is taken out again."""
        self.made.append(self.work.add(row))
        return row

    def item(self, thing: Thing, restriction: str = "ALL", **more: Any) -> None:
        """An item that the source agency wrote."""
        given: dict[str, Any] = {
            "case_id": self.case.id, "meeting_id": self.meeting.id, "agency_id": self.agencies[SOURCE].id,
            "by_user": "U1", "at": self.work.now, "kind": "fact", "restriction": restriction, "body": f"It is {thing}",
        }  # fmt: skip
        self.put(Item(**given | more))

    def action(self, thing: Thing, restriction: str = "ALL") -> None:
        """An action whose words these are: the source agency's, done by somebody who holds no role."""
        self.put(Action(**self.facts(REFS[thing], restriction) | {"text": f"Do {thing}"}))

    def facts(self, ref: str, restriction: str = "ALL") -> dict[str, Any]:
        """What every action here has."""
        return {
            "panel_id": self.case.panel_id, "case_id": self.case.id, "meeting_id": self.meeting.id,
            "ref": ref, "code": "P17", "text": "Do the usual", "owner_id": self.agencies[SOURCE].id,
            "assignee": self.doer, "priority": "standard", "agreed_at": self.work.now, "restriction": restriction,
            "due": (self.work.now + timedelta(days=30)).date(), "status": ActionStatus.ACKNOWLEDGED,
            "status_at": self.work.now, "safety": SafetyStatus.NOT_REQUIRED,
        }  # fmt: skip


# The reference of an action that is planted: whoever sees less than its row never meets it.
REFS = {
    Thing.ACTION: "A-042-71", Thing.ACTION_CHAIR: "A-042-72", Thing.ACTION_IDVA: "A-042-73",
    Thing.ACTION_NAMED: "A-042-74",
}  # fmt: skip
# Actions that everybody on the case sees, in every world: what is for few is said on them.
CHECKED, INSTRUCTED, HELD, ENDED = "A-042-60", "A-042-61", "A-042-62", "A-042-63"
ALWAYS: Mapping[str, Mapping[str, Any]] = {
    CHECKED: {"safety": SafetyStatus.APPROVED},
    INSTRUCTED: {"safety": SafetyStatus.APPROVED},
    HELD: {"safety": SafetyStatus.PENDING, "status": ActionStatus.PROPOSED},
    ENDED: {"status": ActionStatus.NOT_DONE, "outcome": Outcome.BLOCKED_SAFETY},
}


def lay(soil: Soil) -> None:
    """What stands in every world."""
    for ref, facts in ALWAYS.items():
        soil.work.add(Action(**{**soil.facts(ref), **facts}))
    assert soil.case.id and soil.meeting.id
    told = {"decision": "continue", "closes": soil.meeting.day.isoformat()}
    soil.work.add(
        Referral(panel_id=soil.case.panel_id, by_user="U1", at=soil.work.now, ref=soil.case.ref, case_id=soil.case.id,
                 status="accepted", decided_at=soil.work.now)
    )  # fmt: skip
    soil.work.add(
        Item(case_id=soil.case.id, meeting_id=soil.meeting.id, by_user="U1", at=soil.work.now, kind="proposed_decision",
             body="Continue", details=told)
    )  # fmt: skip


def _on_action(ref: str, **changes: Any) -> Callable[[Soil], None]:
    def plant(soil: Soil) -> None:
        action = soil.work.first(Action, Action.ref == ref)
        assert action is not None
        for name, value in changes.items():
            setattr(action, name, value)

    return plant


def _told(soil: Soil) -> None:
    """A return that calls the risk imminent; the words on the risk itself are for the chair and the office."""
    asked = soil.work.first(
        Request, Request.case_id == soil.case.id, Request.meeting_id == soil.meeting.id,
        Request.agency_id == soil.agencies[SOURCE].id,
    )  # fmt: skip
    assert asked is not None and asked.id is not None
    before = soil.work.first(Return, Return.request_id == asked.id)
    assert before is not None
    sent = soil.put(
        Return(request_id=asked.id, version=before.version + 1, kind="information", by_user="U1", at=before.at,
               imminent=True, told=f"Rang {Thing.TOLD}", told_at=before.at, statement_id=before.statement_id)
    )  # fmt: skip
    soil.item(Thing.TOLD, "CHAIR", return_id=sent.id, kind="risk", body="Imminent")


def _views(soil: Soil) -> None:
    referral = soil.work.first(Referral, Referral.case_id == soil.case.id)
    assert referral is not None and referral.id is not None
    told = {"words": f"Wants {Thing.VIEWS}"}
    soil.put(
        ReferralAddition(referral_id=referral.id, at=soil.work.now, by_user="U1", section="voice", answers=told)
    )  # fmt: skip


def _picture(soil: Soil) -> None:
    victim = soil.work.first(Victim, Victim.case_id == soil.case.id)
    assert victim is not None and soil.case.id and soil.meeting.id
    soil.put(
        SafetyPicture(panel_id=soil.case.panel_id, case_id=soil.case.id, meeting_id=soil.meeting.id,
                      victim_ref=victim.ref, answers={"wants": f"Wants {Thing.PICTURE}"}, by_user="U1",
                      at=soil.work.now)
    )  # fmt: skip


def _address(soil: Soil) -> None:
    victim = soil.work.first(Victim, Victim.case_id == soil.case.id)
    assert victim is not None
    victim.details = {**(victim.details or {}), "address": str(Thing.ADDRESS)}


PLANT: Mapping[Thing, Callable[[Soil], None]] = {
    Thing.EVERYONE: lambda soil: soil.item(Thing.EVERYONE),
    Thing.NAMED: lambda soil: soil.item(Thing.NAMED, f"NAMED[{NAMED},{OFF_CASE}]"),
    Thing.CHAIR: lambda soil: soil.item(Thing.CHAIR, "CHAIR"),
    Thing.IDVA: lambda soil: soil.item(Thing.IDVA, "IDVA"),
    Thing.NOT_PERP_FACING: lambda soil: soil.item(Thing.NOT_PERP_FACING, "NOT_PERP_FACING"),
    Thing.NAMED_NOT_PERP: lambda soil: soil.item(Thing.NAMED_NOT_PERP, f"NAMED[{NAMED},{PERP_FACING}]+NOT_PERP_FACING"),
    Thing.VERBAL: lambda soil: soil.item(Thing.VERBAL, "VERBAL", body=None, kind="verbal"),
    Thing.NO_MINUTE: lambda soil: soil.item(Thing.NO_MINUTE, "ALL NO_MINUTE"),
    Thing.EXPIRED: lambda soil: soil.item(Thing.EXPIRED, "ALL EXPIRES(2026-10-01)"),
    Thing.AGENCY_NOTE: lambda soil: soil.item(Thing.AGENCY_NOTE, audience="agency_note"),
    Thing.INTELLIGENCE: lambda soil: soil.item(Thing.INTELLIGENCE, audience="intelligence"),
    Thing.TOLD: _told,
    Thing.ANSWER: lambda soil: soil.item(Thing.ANSWER, "IDVA", kind="disagrees"),
    Thing.ADDRESS: _address,
    Thing.ACTION: lambda soil: soil.action(Thing.ACTION),
    Thing.ACTION_CHAIR: lambda soil: soil.action(Thing.ACTION_CHAIR, "CHAIR"),
    Thing.ACTION_IDVA: lambda soil: soil.action(Thing.ACTION_IDVA, "IDVA"),
    Thing.ACTION_NAMED: lambda soil: soil.action(Thing.ACTION_NAMED, f"NAMED[{SOURCE},{NAMED}]"),
    Thing.CONDITIONS: _on_action(
        CHECKED, safety=SafetyStatus.APPROVED_WITH_CONDITIONS, conditions=f"If {Thing.CONDITIONS}"
    ),
    Thing.PICTURE: _picture,
    Thing.INSTRUCTION: _on_action(INSTRUCTED, instruction=f"So {Thing.INSTRUCTION}"),
    Thing.VIEWS: _views,
    Thing.HOLD: _on_action(HELD, safety=SafetyStatus.BLOCKED, safety_note=f"As {Thing.HOLD}"),
    Thing.SENSITIVE: _on_action(ENDED, note=f"Because {Thing.SENSITIVE}"),
}
