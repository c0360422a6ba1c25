"""What is told in dated pieces, one a form: kept, and the form offered again for the next one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, section
from commands.kit.forms import Form, emptied
from commands.kit.turn import Turn
from commands.updates import parts
from commands.updates.desk import Answering, answering_now
from commands.updates.last_time import last_time
from commands.updates.more import changing
from commands.updates.sent import need_words
from commands.updates.sitting import back
from panel.codes.returns import ReturnSection
from storage.tables import Item


class Repeated(Protocol):
    """What such a form asks besides the piece itself."""

    readers: str
    again: bool


@dataclass(frozen=True)
class Pieces:
    """Pieces of one kind: `form` asks for one, `where` it stands in the return, `last` names what of last month's
    answer stands above the form."""

    form: type[Form]
    where: ReturnSection
    last: str

    def open(self, turn: Turn) -> Answer:
        """The form, empty, with what the agency said last month above."""
        need_words(turn)
        here = answering_now(turn)
        return Show(self._draw(turn, here, {"readers": parts.usual_readers(here)}))

    def change(self, turn: Turn, here: Answering, item: Item) -> Answer:
        """The form of one piece, filled in."""
        told = item.details or {}
        return Show(self._draw(turn, here, {**told, "day": date.fromisoformat(told["day"])}, item))

    def keep(self, turn: Turn, here: Answering, form: Repeated, piece: parts.Piece) -> Answer:
        """Keep it; then back, or the form again for the next one."""
        before = changing(turn, here, turn.about.version)
        sent = parts.add(turn, here, self.form.name, self.where, piece, before)
        if not form.again:
            return back(turn)
        kept = section(turn.say("updates/line_kept", case=here.asked.case))
        return Replace(emptied(self._draw(turn, here, {"readers": form.readers}, before=[kept]), sent.id))

    def _draw(
        self,
        turn: Turn,
        here: Answering,
        given: Mapping[str, object],
        item: Item | None = None,
        before: Sequence[Block] = (),
    ) -> Block:
        beside = {} if here.sitting.on_behalf or item else last_time(turn, here.asked)
        return self.form.draw(
            turn.about.but(code=None, version=item.id if item else None),
            initial=given,
            choices={"named": parts.others(turn)},
            before=[*before, *parts.heading(turn, here, self.where), *beside.get(self.last, ())],
            without=("again",) if item else (),
        )
