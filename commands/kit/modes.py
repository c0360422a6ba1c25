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
    "The panel meets on": "The closing date is",
    "Next meeting": "Next closing date",
    "meeting": "closing date",
    "agenda": "information and updates document",
    "Agenda": "Information and updates document",
    "It starts": "It closes",
    # labels of cut-offs
    "Panel": "Closing date",
    "Agenda issued and locked": "Information and updates document issued and locked",
}


def in_writing(sitting: Sitting) -> bool:
    """Whether nobody comes together: no attendance and no slots are asked about."""
    return sitting.mode == Mode.ASYNCHRONOUS


def called(said: str, sitting: Sitting) -> str:
    """The words for this sitting: `said` is how a meeting is spoken of; what is the same for both stays."""
    return IN_WRITING.get(said, said) if in_writing(sitting) else said
