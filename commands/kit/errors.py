"""Refusals: the docstring is the sentence a person reads; braces are filled from the facts given."""

from __future__ import annotations

import inspect


class Refusal(Exception):
    """That can't be done."""

    def __init__(self, *, field: str | None = None, **facts: object) -> None:
        """`field`: the question the sentence belongs under, when there is one."""
        self.field = field
        self.facts = facts
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """What the person reads."""
        return inspect.cleandoc(type(self).__doc__ or "").replace("\n", " ").format(**self.facts)


class NotAllowed(Refusal):
    """{reason}"""


class NotOnAPanel(Refusal):
    """You are not on a panel here. Ask the panel's coordinator to add you with /panel people."""


class NoSuchThing(Refusal):
    """That is no longer here. Close this and open it again."""


class ChangedMeanwhile(Refusal):
    """Somebody changed this while you were writing. Nothing of yours was saved and nothing of theirs was lost:
    open it again, look at what changed, and send yours once more."""


class Outdated(Refusal):
    """This comes from an older version of Convenor and does nothing any more. Open it again with its command."""


class NoneHeld(Refusal):
    """No panel has met yet: this is here from the day of the first one on."""


class NoMeeting(Refusal):
    """There is no meeting ahead. The coordinator plans the year with /panel schedule."""
