"""What somebody has chosen so far of several actions at once: carried in the view, as ids and codes alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from panel.codes import Code

MOST = 100  # actions at once: what a view can carry


class What(Code):
    """What is done with them."""

    MOVE = "move", "Move their day"
    PASS = "pass", "Give them to somebody"
    CONFIRM = "confirm", "Confirm what was reported"


@dataclass(frozen=True)
class Chosen:
    """`picks`: actions by id, each with the version in which it was seen. `seen`: what the preview was drawn for, a
    day or a user. Empty: there has been none yet."""

    what: What = What.MOVE
    late: bool = False
    seen: str = ""
    picks: tuple[tuple[int, int], ...] = ()

    def dump(self) -> str:
        """As a view carries it."""
        picks = "-".join(f"{action}.{version}" for action, version in self.picks)
        return ":".join([self.what, "late" if self.late else "", self.seen, picks])

    def but(self, **changes: object) -> Chosen:
        """A copy with changes."""
        return replace(self, **changes)  # type: ignore[arg-type]


def load(code: str | None) -> Chosen:
    """What `dump` wrote. Raises ValueError for anything else."""
    if not code:
        return Chosen()
    what, late, seen, picks = code.split(":")
    pairs = [pick.split(".") for pick in picks.split("-") if pick]
    return Chosen(What(what), late == "late", seen, tuple((int(action), int(version)) for action, version in pairs))
