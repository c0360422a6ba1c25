"""Three numbers some months after an end at panel: what came after, for the panel's own learning."""

from __future__ import annotations

from dataclasses import dataclass

from commands.cases.edit import kept
from commands.kit.about import About
from commands.kit.answers import Answer, Show, Tell
from commands.kit.blocks import Block, button, section
from commands.kit.errors import ChangedMeanwhile
from commands.kit.fields import Whole
from commands.kit.forms import Form, ask
from commands.kit.meetings import today
from commands.kit.people import thing_of
from commands.kit.text import count, weekday
from commands.kit.turn import Turn
from panel.access import Verb
from storage.tables import Case, FollowUp

VERSION = "version"  # in the numbers that were corrected: how often they were given
EMPTY = "Leave it empty where nobody knows."


@dataclass
class ThreeNumbers(Form):
    """Since the end at panel."""

    name = "life.follow_up"
    title = "Follow-up"
    incidents: int | None = ask(Whole("Incidents recorded since", EMPTY, optional=True, most=500))
    new_victims: int | None = ask(Whole("New victims since", EMPTY, optional=True, most=50))
    marac: int | None = ask(Whole("Times heard at MARAC since", EMPTY, optional=True, most=50))

    def check(self) -> dict[str, str]:
        """At least one of them is known."""
        if self.incidents is None and self.new_victims is None and self.marac is None:
            return {"incidents": "Give at least one of the three, or close this and ask first."}
        return {}


def open_form(turn: Turn) -> Answer:
    """The form, with the reference and how long ago the case ended."""
    row, case = _row(turn)
    turn.audit("opened", f"follow_up:{row.id}", case_id=case.id)
    about = About(panel=turn.panel.id, row=row.id, version=_version(row))
    return Show(ThreeNumbers.draw(about, initial=row.numbers, title=f"{case.ref}: {count(row.months, 'month')}"[:24]))


def save(turn: Turn, form: ThreeNumbers) -> Answer:
    """Keep them: a correction is made from the form as it is kept, so that of two the second is asked to look."""
    row, case = _row(turn)
    version = _version(row)
    if turn.about.version != version:
        raise ChangedMeanwhile
    again = {VERSION: version + 1} if version else {}
    row.numbers = kept(incidents=form.incidents, new_victims=form.new_victims, marac=form.marac, **again)
    row.by_user, row.at = turn.user, turn.work.now
    turn.audit("followed_up", f"follow_up:{row.id}", case_id=case.id, months=row.months)
    return Tell(turn.say("life/follow_up_saved", case=case))


def rows(turn: Turn, case: Case, about: About) -> list[Block]:
    """For the record: what was answered, what will be asked, and a button where its day has come."""
    day, found = today(turn.panel, turn.work.now), []
    for row in turn.work.rows(FollowUp, case_id=case.id):
        numbers = row.numbers or {}
        said = ", ".join(f"{numbers.get(name, '?')} {what}" for name, what in _WHAT.items())
        line = f"After {count(row.months, 'month')}: {said if row.numbers else f'asked on {weekday(row.due)}'}"
        due = row.numbers is not None or row.due <= day
        label = "Correct" if row.numbers else "Answer"
        found.append(section(line, button(label, "life.follow_up.open", about.but(row=row.id)) if due else None))
    return found


_WHAT = {"incidents": "incidents", "new_victims": "new victims", "marac": "times at MARAC"}


def _version(row: FollowUp) -> int:
    """How often they were given."""
    return int(row.numbers.get(VERSION, 1)) if row.numbers else 0


def _row(turn: Turn) -> tuple[FollowUp, Case]:
    row = turn.work.get(FollowUp, turn.about.row)
    case = turn.case(row.case_id)
    turn.need(Verb.FOLLOW_UP, thing_of(turn.work, case))
    return row, case
