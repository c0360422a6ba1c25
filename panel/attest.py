"""Whether everybody still has their part: asked every so many days, and who was not confirmed sees nothing from then on
(field reference 11.2)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from panel.settings import Access

WARNED = (timedelta(days=14), timedelta(days=3))  # ahead of the day


@dataclass(frozen=True)
class Attesting:
    """The moments of one seat, counted from when somebody last said that its holder still has it."""

    asked: tuple[datetime, ...]  # when the coordinator is asked: before the day, and on it
    due: datetime
    on_hold: datetime  # from when the holder sees nothing

    def next_after(self, now: datetime) -> datetime | None:
        """The next of them; None when all have gone by."""
        return min((each for each in (*self.asked, self.on_hold) if each > now), default=None)

    def asks(self, now: datetime) -> bool:
        """Whether it is to be confirmed by now."""
        return now >= self.asked[0]


def attesting(confirmed: datetime, numbers: Access) -> Attesting:
    """What follows from the moment at which a seat was taken or confirmed (aware, as is all that comes back)."""
    due = confirmed + timedelta(days=numbers.attest_days)
    asked = (*(due - each for each in WARNED), due)
    return Attesting(asked, due, due + timedelta(days=numbers.attest_grace_days))
