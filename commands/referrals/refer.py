"""/refer: eight questions, and a referral that nobody can change afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from commands.kit.about import About
from commands.kit.alerts import alerted
from commands.kit.answers import Answer, Close, Show, Tell
from commands.kit.blocks import Block, actions, button, context, section
from commands.kit.errors import Refusal
from commands.kit.fields import Day, Many, One, Text, Tick, Whole
from commands.kit.forms import Form, ask
from commands.kit.meetings import today
from commands.kit.people import agency_of
from commands.kit.turn import Turn
from commands.referrals import sealing
from commands.referrals.facts import meetings_for
from panel.access import Thing, Verb
from panel.codes import Role, Route, WhereaboutsType
from storage.tables import Meeting, Referral

VERIFIED = "referrals.verified"  # the date that belongs to the third question
NOT_IDENTIFIED = "0"
MANY = 10


class NotYetVerified(Refusal):
    """Choose the day on which this was last verified, just below, or choose Unknown."""


class NotThatDay(Refusal):
    """The day below has not come yet. Choose the day on which this was last verified."""


@dataclass
class ReferCase(Form):
    """The eight questions."""

    name = "referrals.refer"
    title = "Refer a case"
    submit = "Send the referral"
    routes: list[str] = ask(
        Many("How does this case come to the panel?", "Every route that holds.", choices=[(c, c.label) for c in Route])
    )
    urgent: str | None = ask(
        Text(
            "Urgent? If so, why can it not wait?",
            "Leave this empty when it can wait for the meeting. This form is not watched: in danger, call 999 first.",
            optional=True, lines=True, limit=1_000,
        )
    )  # fmt: skip
    whereabouts: str = ask(
        One(
            "Where is the subject living?",
            "Only the kind of place. Never an address.",
            choices=[(c, c.label) for c in WhereaboutsType],
        )
    )
    victims: str = ask(
        One(
            "How many victims are known?",
            "Adults harmed or at risk. By count only: references are proposed when the case is accepted.",
            choices=[
                (NOT_IDENTIFIED, "Not yet identified"),
                *((str(n), str(n)) for n in range(1, MANY)),
                (str(MANY), f"{MANY} or more"),
            ],
        )
    )
    children: int = ask(Whole("How many children are linked?", "Unborn ones too. 0 when there are none.", most=50))
    why: str = ask(
        Text(
            "Why does this need a panel?",
            "What has happened, the pattern, and what several agencies could do together. No names or addresses.",
            lines=True,
        )
    )
    conflict: str = ask(
        One(
            "Do you know the subject, a victim or their family personally?",
            "If so, the case will be closed to you once it is opened; the referral counts all the same.",
            choices=[("no", "No"), ("yes", "Yes")],
        )
    )
    sharing: bool = ask(
        Tick(
            "Basis for sharing",
            saying="I have considered the basis: sharing this is necessary and proportionate",
        )
    )

    def answers(self, verified: date | None) -> dict[str, Any]:
        """What is kept, encrypted."""
        return {
            "urgent": self.urgent,
            "whereabouts": self.whereabouts,
            "verified": verified.isoformat() if verified else None,
            "victims": int(self.victims),
            "children": self.children,
            "why": self.why,
            "sharing": self.sharing,
        }


def open_form(turn: Turn) -> Answer:
    """The form. The date belongs to the question above it, so that there are eight."""
    turn.need(Verb.REFER, Thing())
    date_picker = {"type": "datepicker", "action_id": VERIFIED}
    verified: Block = {**section("On which day was that last verified?", date_picker), "block_id": "verified"}
    before = [section(turn.say("referrals/before"))]
    beside = {"victims": [verified], "sharing": sealing.asks(turn)}
    return Show(ReferCase.draw(About(panel=turn.panel.id), before=before, beside=beside))


def picked_day(turn: Turn) -> Answer:
    """The date is read when the form is sent."""
    return Close()


def save(turn: Turn, form: ReferCase) -> Answer:
    """Keep the referral, and tell chair and coordinator when it cannot wait or came late."""
    turn.need(Verb.REFER, Thing())
    nearest, meeting = meetings_for(turn.work, turn.panel)
    works_here = sealing.chosen(turn)
    late = nearest is not None and nearest is not meeting
    referral = _keep(turn, form, meeting, late=late, sealed=bool(works_here))
    turn.audit("referred", f"referral:{referral.id}", urgent=referral.urgent, late=referral.late)
    if works_here:
        return _sealed(turn, referral, works_here)
    if referral.urgent or referral.late:
        _alert(turn, referral)
    said = turn.say("referrals/sent", referral=referral, meeting=meeting, nearest=nearest)
    more = button("Tell more", "referrals.sections.open", About(panel=turn.panel.id, referral=referral.id))
    return Tell(said, (section(said), context(turn.say("referrals/more")), actions(more)))


def _sealed(turn: Turn, referral: Referral, works_here: frozenset[int]) -> Answer:
    """Sealed before anybody could read it; whoever triages it is told."""
    key, ref, about = referral.id, referral.ref, About(panel=turn.panel.id, referral=referral.id)
    sealing.seal(turn, referral, works_here)
    if referral.urgent or referral.late:
        _alert(turn, referral)
    turn.work.see_as(turn.user)
    mine = turn.work.look(Referral, key) is not None
    said = section(turn.say("referrals/sealed", ref=ref if mine else None))
    more = [context(turn.say("referrals/more")), actions(button("Tell more", "referrals.sections.open", about))]
    return Tell(said["text"]["text"], (said, *(more if mine else ())))


def _keep(turn: Turn, form: ReferCase, meeting: Meeting | None, *, late: bool, sealed: bool) -> Referral:
    agency = agency_of(turn.work, turn.panel, turn.person)
    assert turn.panel.id is not None
    return turn.work.add(
        Referral(
            panel_id=turn.panel.id, meeting_id=meeting.id if meeting else None, agency_id=agency.id if agency else None,
            by_user=turn.user, at=turn.work.now, ref=sealing.next_referral(turn, sealed=sealed), routes=form.routes,
            urgent=bool(form.urgent), late=late, conflict=form.conflict == "yes",
            answers=form.answers(_verified(turn, form)),
        )
    )  # fmt: skip


def _verified(turn: Turn, form: ReferCase) -> date | None:
    """The day in the picker below the third question."""
    assert turn.request.view is not None
    state = turn.request.view["state"]["values"].get("verified", {}).get(VERIFIED) or {}
    day = Day("").read(state)
    if day is None and form.whereabouts != WhereaboutsType.UNKNOWN:
        raise NotYetVerified(field="whereabouts")
    if day is not None and day > today(turn.panel, turn.work.now):
        raise NotThatDay(field="whereabouts")
    return day


def _alert(turn: Turn, referral: Referral) -> None:
    named = sealing.readers(turn, referral)
    office = alerted(turn.work, referral.panel_id, Role.CHAIR, Role.COORDINATOR)
    for told in office if named is None else sorted(named - {turn.user}):
        turn.work.owe(
            f"referral_alert:{referral.id}:{told}", "referrals.alert", told, panel_id=referral.panel_id,
            about={"referral": referral.id},
        )  # fmt: skip
