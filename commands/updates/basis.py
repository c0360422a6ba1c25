"""The lawful basis of an update: its agency's usual one, unless somebody chooses another for this case."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import col

from commands.kit.about import About
from commands.kit.answers import Answer, Show
from commands.kit.blocks import Block, button, section
from commands.kit.fields import One
from commands.kit.forms import Form, ask
from commands.kit.turn import Turn
from commands.updates.desk import Answering
from panel.basis import usual
from panel.codes.basis import Basis
from storage.tables import Item

NONE = "none given yet"


@dataclass
class SharedUnder(Form):
    """Of everything that the agency has sent on this case for this meeting."""

    name = "updates.basis.save"
    title = "Lawful basis"
    basis: str = ask(
        One(
            "Why may your agency share this?", "For all of your update on this case, and what you add to it.",
            choices=[(one.value, one.label) for one in Basis],
        )
    )  # fmt: skip


def basis_of(turn: Turn, here: Answering) -> Basis | None:
    """Under which an update on this case is shared: as was chosen for it, else as its agency usually does."""
    last = turn.work.first(
        Item, Item.case_id == here.asked.case.id, Item.agency_id == here.asked.agency.id,
        Item.meeting_id == here.sitting.meeting.id, col(Item.basis).is_not(None), order=col(Item.id).desc(),
    )  # fmt: skip
    return Basis(last.basis) if last and last.basis else usual(here.asked.agency.function)


def line(turn: Turn, here: Answering, about: About) -> Block:
    """Under which it is shared, with the button to change it."""
    found = basis_of(turn, here)
    return section(f"Shared under: {found.label if found else NONE}", button("Change", "updates.basis", about))


def form(turn: Turn, here: Answering) -> Answer:
    """The list, with what counts now."""
    return Show(SharedUnder.draw(turn.about, initial={"basis": basis_of(turn, here)}))


def choose(turn: Turn, here: Answering, basis: Basis) -> None:
    """All that stands of the update is shared under this from now on."""
    before = basis_of(turn, here)
    standing = turn.work.find(
        Item, Item.case_id == here.asked.case.id, Item.agency_id == here.asked.agency.id,
        Item.meeting_id == here.sitting.meeting.id, col(Item.replaced_at).is_(None),
    )  # fmt: skip
    for item in standing:
        item.basis = basis
    turn.audit(
        "changed_basis", f"request:{here.asked.request.id}", case_id=here.asked.case.id, basis=str(basis),
        before=str(before or ""), items=len(standing),
    )  # fmt: skip
