"""How a sitting is spoken of: a panel that works in writing has a closing date where others have a meeting."""

from __future__ import annotations

from typing import Protocol

from panel.codes import Mode


class Sitting(Protocol):
    """A panel, or one meeting of it."""

    mode: str


# What is said of a meeting, and what of a closing date. A document of information and updates stands for the agenda.
IN_WRITING = {
    "panel on": "closing date of",
    "Panel on": "Closing date of",
    "Panel meeting": "Panel closing date",
    "The panel meets on": "The closing date is",
    "Next meeting": "Next closing date",
    "meeting": "closing date",
    "agenda": "information and updates document",
    "Agenda": "Information and updates document",
    "It starts": "It closes",
    "earlier meetings": "earlier closing dates",
    "Next panel": "Next closing date",
    "No further panel": "No further closing date",
    "heard": "decided on",
    "Agreed at this meeting": "Agreed for this closing date",
    # what others call minutes: the shorter words are titles, of at most 24 characters
    "minutes": "record of updates and decisions",
    "Minutes": "Record of updates and decisions",
    "The minutes": "Updates and decisions",
    "The meeting's record": "The record",
    "not for the minutes": "not for the record of updates and decisions",
    # what a person can do
    "Plan a year of meetings": "Plan a year of closing dates",
    "Plan the meetings": "Plan the closing dates",
    "Move a meeting": "Move a closing date",
    "Cancel a meeting": "Cancel a closing date",
    "Keep the meeting's record (from panel day on)": "Keep the record (from the closing date on)",
    "Read the minutes; the chair approves them here": "Read the record of updates and decisions, and approve it",
    # labels of cut-offs
    "Panel": "Closing date",
    "Agenda issued and locked": "Information and updates document issued and locked",
    "Draft minutes to the chair": "Draft record of updates and decisions to the chair",
    "Minutes issued": "Record of updates and decisions issued",
}


def in_writing(sitting: Sitting) -> bool:
    """Whether nobody comes together: no attendance and no slots are asked about."""
    return sitting.mode == Mode.ASYNCHRONOUS


def called(said: str, sitting: Sitting) -> str:
    """The words for this sitting: `said` is how a meeting is spoken of; what is the same for both stays."""
    return IN_WRITING.get(said, said) if in_writing(sitting) else said
