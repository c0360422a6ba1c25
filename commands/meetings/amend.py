"""A correction of the minutes: a new version with what is put right, in the section that it is about. The chair
approves it anew, and the version before stays as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from commands.kit.answers import Answer, Back, Show
from commands.kit.errors import ChangedMeanwhile
from commands.kit.fields import One, Text
from commands.kit.forms import Form, ask
from commands.kit.meetings import listed
from commands.kit.turn import Turn
from commands.meetings.decide import unkept_in
from commands.meetings.drafting import add_version
from commands.meetings.reading import asked, parts, view
from panel.access import Thing, Verb
from storage.tables import Meeting, Minutes

GENERAL = "general"


@dataclass
class AmendForm(Form):
    """What is put right, and where."""

    name = "meetings.amend"
    title = "Put something right"
    submit = "Make a version"
    section: str = ask(One("What is it about?"))
    correction: str | None = ask(
        Text(
            "What has to stand there instead?",
            "The wrong words and the right ones. Everyone on the case reads it. No names, addresses or numbers.",
            lines=True,
        ),
        default=None,
    )


def open_form(turn: Turn) -> Answer:
    """The form, about the version that is the newest."""
    meeting, minutes = asked(turn)
    turn.need(Verb.DRAFT_MINUTES, Thing())
    about = turn.about.but(meeting=meeting.id, version=minutes.version)
    choices = [(GENERAL, "Attendance, dates, the meeting as such"), *_cases(turn, meeting)]
    without = unkept_in(turn, "correction")
    return Show(AmendForm.draw(about, choices={"section": choices}, without=without))


def save(turn: Turn, form: AmendForm) -> Answer:
    """The next version. Raises ChangedMeanwhile when another one was made meanwhile."""
    meeting, minutes = asked(turn)
    turn.need(Verb.DRAFT_MINUTES, Thing())
    if minutes.version != turn.about.version:
        raise ChangedMeanwhile
    text = corrected(minutes, form.section, " ".join((form.correction or "").split()))
    made = add_version(turn.work, turn.panel, meeting, text)
    turn.audit("amended", f"minutes:{made.id}", version=made.version, section=form.section)
    return Back(view(turn, meeting, made))


def corrected(minutes: Minutes, section: str, words: str) -> str:
    """The text with the correction at the end of its section: a case's reference, or the general part."""
    said = f"Correction in version {minutes.version + 1}: {words or 'sent by our secure route'}\n"
    found = []
    for number, part in enumerate(parts(minutes.text or "")):
        here = number == 0 if section == GENERAL else part.startswith(f"## {section} ")
        found.append(f"{part.rstrip()}\n\n{said}\n" if here else part)
    return "".join(found)


def _cases(turn: Turn, meeting: Meeting) -> Sequence[tuple[str, str]]:
    return [(case.ref, case.ref) for _, case in listed(turn.work, meeting)]
