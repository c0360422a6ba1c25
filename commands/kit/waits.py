"""What waits for somebody, as App Home shows it: a sentence, and what its button does. Counts and dates only."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from commands.kit.about import About
from panel.access import Person
from storage.tables import Panel
from storage.work import UnitOfWork

Door = tuple[str, str]  # a button's label, and the command that it stands for (or the button's own name)


@dataclass(frozen=True)
class Waiting:
    """A sentence, and what its button does. `about`: given where no command opens just that, so that the door names a
    button."""

    text: str
    door: Door
    about: About | None = None


Waits = Callable[[UnitOfWork, Panel, Person], Iterable[Waiting]]
"""What of one journey waits for this person on this panel, most urgent first."""
