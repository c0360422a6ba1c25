"""What the agency has sent on a case: to read, to change, to take back."""

from __future__ import annotations

from commands.kit.about import About
from commands.kit.answers import Answer, Back, Replace, Show
from commands.kit.blocks import Block, actions, button, context, section
from commands.kit.errors import Refusal
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.updates import (
    basis,
    more,
    part_actions,
    part_ahead,
    part_facts,
    part_victims,
    part_view,
    part_where,
    part_working,
    parts,
)
from commands.updates.answers import is_apart, own_items, undo
from commands.updates.desk import Answering, answering_now
from commands.updates.history import earlier
from commands.updates.item_words import item_blocks
from commands.updates.sitting import redrawn
from panel.codes.basis import Basis
from panel.restriction import Restriction, stores_text
from storage.tables import Item
from storage.work import NotThere

CHANGEABLE = frozenset(code for code, _ in more.WHAT)
ONE_A_FORM = {
    part_ahead.AppointmentAhead.name: part_ahead.PIECES.change,
    part_facts.DatedLine.name: part_facts.PIECES.change,
    part_actions.Proposal.name: part_actions.change,
}
SECTIONS = {
    part_where.NewWhereabouts.name: part_where.open_form,
    part_view.RiskFactors.name: part_view.open_factors,
    part_view.ProfessionalView.name: part_view.open_view,
    part_working.Working.name: part_working.open_form,
    part_victims.VictimsAndChildren.name: part_victims.open_form,
}


class WriteOnly(Refusal):
    """Whoever enters an update for another agency sees where it stands, not what it says. Ask its representative."""


def show(turn: Turn) -> Answer:
    """The items, in the place of the cases. Reading them is audited."""
    return Replace(_view(turn, _own(turn), page=None))


def turn_page(turn: Turn) -> Answer:
    """Another page of them."""
    return Replace(_view(turn, _own(turn), page=turn.about.page))


def change(turn: Turn) -> Answer:
    """The form of one item, filled in."""
    here = _own(turn)
    item = turn.work.get(Item, turn.about.version)
    if item not in own_items(turn, here.asked):
        raise NotThere(f"item {item.id}")
    turn.audit("opened", f"item:{item.id}", case_id=here.asked.case.id)
    form = (item.details or {}).get("form")
    if form in ONE_A_FORM and stores_text(Restriction.parse(item.restriction)):
        return ONE_A_FORM[form](turn, here, item)
    if form in SECTIONS and parts.editable(here):
        return SECTIONS[form](turn)
    return _one_item(turn, here, item)


def _one_item(turn: Turn, here: Answering, item: Item) -> Answer:
    limits = Restriction.parse(item.restriction)
    given = {
        "what": item.kind, "body": item.body, "audience": item.audience, "readers": list(limits.kinds),
        "named": list(limits.named), "extra": [more.Extra.NO_MINUTE] if limits.no_minute else [],
        "expires": limits.expires,
    }  # fmt: skip
    return Show(more.draw(turn, here, given, item))


def take_back(turn: Turn) -> Answer:
    """Withdraw one item; with the last of them the return is taken back."""
    here = _own(turn)
    item = more.changing(turn, here, turn.about.version)
    if item is None:
        raise NotThere("item")
    item.replaced_at = turn.work.now
    turn.audit("took back", f"item:{item.id}", case_id=here.asked.case.id)
    if not is_apart(item) and not [left for left in own_items(turn, here.asked) if not is_apart(left)]:
        undo(turn, here)
    return Replace(_view(turn, here, page=turn.about.page))


def open_basis(turn: Turn) -> Answer:
    """The lawful basis of what was sent, to choose another."""
    return basis.form(turn, _own(turn))


def save_basis(turn: Turn, form: basis.SharedUnder) -> Answer:
    """It counts for all of it, and for what comes."""
    here = _own(turn)
    basis.choose(turn, here, Basis(form.basis))
    return Back(_view(turn, here, page=turn.about.page))


def back(turn: Turn) -> Answer:
    """To the cases again."""
    return Replace(redrawn(turn))


def _own(turn: Turn) -> Answering:
    here = answering_now(turn)
    if here.sitting.on_behalf:
        raise WriteOnly
    return here


def _view(turn: Turn, here: Answering, page: int | None) -> Block:
    items = own_items(turn, here.asked)
    turn.audit("opened", f"own return:{here.asked.request.id}", case_id=here.asked.case.id, items=len(items))
    about = turn.about.but(code=None, version=None, page=page)
    parts = [[section(f"*{here.asked.case.ref}* · {here.asked.case.subject_ref}")]]
    parts += [[basis.line(turn, here, about)]] if items else []
    parts += [_part(turn, item, about) for item in items]
    if not items:
        parts.append([context("Nothing of yours is here.")])
    before = len(earlier(turn, here))
    row = [button(f"Earlier versions ({before})", "updates.ours.earlier", about.but(page=None))] if before else []
    parts.append([actions(button("Back to the cases", "updates.ours.done", about.but(page=None)), *row)])
    return paged("What we sent", parts, about, "updates.ours")


def _part(turn: Turn, item: Item, about: About) -> list[Block]:
    buttons = [button("Withdraw", "updates.ours.withdraw", about.but(version=item.id), ask="Others no longer read it.")]
    if item.kind in CHANGEABLE or _form_of(item):
        buttons.insert(0, button("Change", "updates.ours.change", about.but(version=item.id)))
    row = [] if item.kind == "reason" else [actions(*buttons, block_id=f"item-{item.id}")]
    return [*item_blocks(turn, item), *row]


def _form_of(item: Item) -> bool:
    """Whether it was written in a form of a section, which is then filled in again."""
    return (item.details or {}).get("form") is not None and item.kind != "verbal"
