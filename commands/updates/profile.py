"""The police profile: a restricted item that stands at the head of a case's return, for whoever may read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col

from commands.kit.about import About
from commands.kit.answers import Answer, Show, Tell
from commands.kit.blocks import Block, actions, button, context, divider, paragraphs, section
from commands.kit.errors import NoSuchThing, Refusal
from commands.kit.fields import Day, Many, Text
from commands.kit.forms import Form, ask
from commands.kit.meetings import today
from commands.kit.people import agencies_of, thing_of
from commands.kit.reading import Reading
from commands.kit.text import day
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.updates.current import answering
from commands.updates.item_words import readers_in_words
from commands.updates.more import PastDay
from commands.updates.parts import NAMED, others
from commands.updates.sent import need_words
from panel.access import Verb, may
from panel.basis import usual
from panel.codes import Function, RestrictionKind
from panel.restriction import ItemKind, Restriction, tightest
from storage.tables import Agency, Case, Item, Meeting

PROFILE = "profile"
KINDS = [(each.value, each.label) for each in RestrictionKind if each is not RestrictionKind.VERBAL]


class NoPolice(Refusal):
    """There is no police agency on this panel. The coordinator adds it with /panel people."""


@dataclass
class PoliceProfile(Form):
    """What the police bring to a case before the others are asked."""

    name = "updates.profile"
    title = "Police profile"
    body: str = ask(
        Text(
            "The profile",
            "Last incident, standing, orders, pattern, vehicles. References only: never names, addresses or numbers.",
            lines=True,
        )
    )
    readers: list[str] = ask(Many("Who may read it?", "A reader must pass each that you tick.", choices=KINDS))
    named: Sequence[str] = ask(NAMED, ())
    expires: date | None = ask(Day("Last day for others to read it", optional=True), None)

    def check(self) -> dict[str, str]:
        """Agencies, if and only if some are named."""
        if (RestrictionKind.NAMED in self.readers) != bool(self.named):
            return {"named": "Name agencies here together with “Named agencies” above, or neither."}
        return {}

    @property
    def limits(self) -> Restriction:
        """The tightest of everything that was ticked."""
        named = frozenset(self.named)
        kinds = [
            Restriction(RestrictionKind(kind), named if kind == RestrictionKind.NAMED else frozenset())
            for kind in self.readers
        ]
        return tightest(*kinds, Restriction(expires=self.expires))


# ---- writing it


def open_form(turn: Turn) -> Answer:
    """The form: filled in for the police themselves, empty for whoever enters it for them."""
    need_words(turn)
    case, police, meeting = _meant(turn)
    before = _standing(turn, case)
    given: dict[str, object] = {"readers": [RestrictionKind.ALL]}
    if before is not None and police.code in turn.person.agencies:
        limits = Restriction.parse(before.restriction)
        given = {
            "body": before.body, "readers": [*limits.kinds], "named": [*limits.named], "expires": limits.expires
        }  # fmt: skip
        turn.audit("opened", f"item:{before.id}", case_id=case.id)
    words = turn.say("updates/profile_heading", case=case, meeting=meeting, police=police, before=before)
    return Show(
        PoliceProfile.draw(
            About(panel=turn.panel.id, case=case.id, meeting=meeting.id, version=before.id if before else 0),
            initial=given, choices={"named": others(turn)}, before=[section(words)],
        )
    )  # fmt: skip


def save(turn: Turn, form: PoliceProfile) -> Answer:
    """Keep it; what stood before stays in the history."""
    need_words(turn)
    case, police, meeting = _meant(turn)
    if form.expires is not None and form.expires < today(turn.panel, turn.work.now):
        raise PastDay(field="expires")
    before = _standing(turn, case)
    if (before.id if before else 0) != turn.about.version:
        raise ChangedByOthers(field="body")
    if before is not None:
        before.replaced_at = turn.work.now
    own = police.code in turn.person.agencies
    made = turn.work.add(
        Item(
            case_id=case.id or 0, meeting_id=meeting.id, agency_id=police.id, by_user=turn.user, at=turn.work.now,
            kind=PROFILE, body=form.body, restriction=form.limits.format(), expires=form.expires,
            replaces_id=before.id if before else None, details=None if own else {"on_behalf": True},
            basis=usual(police.function),
        )
    )  # fmt: skip
    turn.audit("changed" if before else "added", f"item:{made.id}", case_id=case.id)
    return Tell(turn.say("updates/profile_saved", case=case))


class ChangedByOthers(Refusal):
    """Somebody wrote the profile while you were writing. Nothing of yours was saved and nothing of theirs was lost:
    open it again, look at what changed, and send yours once more."""


def _meant(turn: Turn) -> tuple[Case, Agency, Meeting]:
    """The case, the police, and the meeting it is for. Refuses whoever may not write it."""
    if turn.about.case is None:
        raise NoSuchThing
    case = turn.work.get(Case, turn.about.case)
    meeting = turn.work.get(Meeting, turn.about.meeting) if turn.about.meeting else answering(turn.work, turn.panel)
    police = _police(turn)
    turn.need(Verb.WRITE_PROFILE, thing_of(turn.work, case, meeting, police))
    return case, police, meeting


def _police(turn: Turn) -> Agency:
    """The police agency: this person's own, where there are several."""
    found = [agency for agency in agencies_of(turn.work, turn.panel) if agency.function == Function.POLICE]
    if not found:
        raise NoPolice
    return next((agency for agency in found if agency.code in turn.person.agencies), found[0])


def _standing(turn: Turn, case: Case) -> Item | None:
    return turn.work.first(
        Item, Item.case_id == case.id, Item.kind == PROFILE, col(Item.replaced_at).is_(None),
        order=col(Item.id).desc(),
    )  # fmt: skip


# ---- reading it


def at_the_head(turn: Turn, case: Case, meeting: Meeting) -> list[Block]:
    """A line and a button above the sections, for whoever may read the profile or write it; else nothing."""
    about = About(panel=turn.panel.id, case=case.id, meeting=meeting.id)
    item, row = _readable(turn, case, meeting), []
    if item is not None:
        row.append(button("Read the police profile", "updates.profile.read", about))
    if may(turn.person, Verb.WRITE_PROFILE, thing_of(turn.work, case, meeting, _own_police(turn))):
        row.append(button("Write the police profile", "updates.profile.open", about))
    return [actions(*row, block_id=PROFILE)] if row else []


def read(turn: Turn) -> Answer:
    """The profile itself; reading it is audited."""
    if turn.about.case is None or turn.about.meeting is None:
        raise NoSuchThing
    case, meeting = turn.work.get(Case, turn.about.case), turn.work.get(Meeting, turn.about.meeting)
    item = _readable(turn, case, meeting)
    if item is None:
        raise NoSuchThing
    turn.audit("opened", f"item:{item.id}", case_id=case.id)
    small = f"{day(today(turn.panel, item.at))} · {readers_in_words(Restriction.parse(item.restriction))}"
    parts = [[section(f"*{case.ref}* · {case.subject_ref}"), context(small)], [divider(), *paragraphs(item.body or "")]]
    return Show(paged("Police profile", parts, turn.about, "updates.profile.page"))


def _readable(turn: Turn, case: Case, meeting: Meeting) -> Item | None:
    item = _standing(turn, case)
    reading = Reading(turn.work, turn.panel, turn.person, case, meeting)
    return item if item is not None and item.audience == ItemKind.SHARED and reading.may_read(item) else None


def _own_police(turn: Turn) -> Agency | None:
    found = [agency for agency in agencies_of(turn.work, turn.panel) if agency.function == Function.POLICE]
    return next((agency for agency in found if agency.code in turn.person.agencies), None)


def on_record(turn: Turn, case: Case, about: About) -> list[Block]:
    """On the record of a case: whoever may edit it enters a profile for the police, and does not see what it says."""
    police = next((a for a in agencies_of(turn.work, turn.panel) if a.function == Function.POLICE), None)
    if police is None or not may(turn.person, Verb.WRITE_PROFILE, thing_of(turn.work, case, None, police)):
        return []
    press = button("Enter the profile", "updates.profile.open", About(panel=about.panel, case=case.id))
    return [divider(), section(f"*Police profile*: {_written(turn, case)}", press)]


def state(turn: Turn, case: Case) -> str:
    """For the first view of the record."""
    return f"police profile: {_written(turn, case)}"


def _written(turn: Turn, case: Case) -> str:
    item = _standing(turn, case)
    return f"written {day(today(turn.panel, item.at))}" if item else "none yet"
