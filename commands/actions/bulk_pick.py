"""Several actions at once: which ones. A list with boxes to tick, by agency, case and overdue; ticks are kept from page
to page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from commands.actions import listing
from commands.actions.bulk_state import MOST, Chosen, What, load
from commands.actions.cast import Cast
from commands.actions.facts import facts_many, overdue
from commands.actions.words import standing
from commands.kit.about import About
from commands.kit.about import load as load_about
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, actions, button, label, menu, plain, section
from commands.kit.errors import NoSuchThing
from commands.kit.fields import Field, Many, relabelled
from commands.kit.forms import Form, ask
from commands.kit.meetings import zone_of
from commands.kit.text import count
from commands.kit.turn import Turn
from commands.kit.views import leaf, turns
from panel.actions import DOING, LIVE
from panel.codes import ActionStatus as S
from storage.tables import Action, Case

A_BOX = 10  # actions in one set of boxes, as many as Slack takes
BOXES = ("first", "second", "third")
A_PAGE = A_BOX * len(BOXES)
FITS: Mapping[What, frozenset[S]] = {
    What.MOVE: DOING | {S.AWAITING_SAFETY_CHECK, S.BLOCKED},
    What.PASS: LIVE,
    What.CONFIRM: frozenset({S.REPORTED_COMPLETE}),
}
EVERY = 0  # no agency, or case, in particular
TICKS = Many("Actions", optional=True)


@dataclass
class Choose(Form):
    """Which ones."""

    name = "actions.bulk"
    title = "Several at once"
    submit = "Next"
    first: list[str] | None = ask(TICKS, None)
    second: list[str] | None = ask(TICKS, None)
    third: list[str] | None = ask(TICKS, None)


def open_bulk(turn: Turn) -> Answer:
    """The list, nothing ticked."""
    return Show(view(turn, Chosen(), About(panel=turn.panel.id)))


def change(turn: Turn) -> Answer:
    """Another page, filter or purpose; what was ticked stays ticked."""
    here, chosen = standing_of(turn)
    pressed, part = turn.about, turn.request.action_id.removeprefix("actions.bulk.").split(".")[0]
    if part == "what":
        chosen = Chosen(turn.code(What), chosen.late)  # what fits one purpose does not fit another
    elif part == "late":
        chosen = chosen.but(late=not chosen.late)
    elif part == "agency":
        here = here.but(agency=pressed.agency or None)
    elif part == "case":
        here = here.but(case=pressed.case or None)
    return Replace(view(turn, chosen, here.but(page=pressed.page if part == "page" else 0)))


def standing_of(turn: Turn) -> tuple[About, Chosen]:
    """The view as it is, with the ticks on this page taken over. Raises NoSuchThing for one that is not ours."""
    view = turn.request.view or {}
    here = load_about(view.get("private_metadata"))
    if here is None or here.panel != turn.panel.id:
        raise NoSuchThing
    try:
        chosen = load(here.code)
    except ValueError:
        raise NoSuchThing from None
    return here, ticked(view, chosen)


def ticked(view: Block, chosen: Chosen) -> Chosen:
    """The ticks of a page, instead of what was ticked on it before."""
    on_it: list[str] = []
    now: list[str] = []
    values = (view.get("state") or {}).get("values") or {}
    for block in view.get("blocks", ()):
        if block.get("block_id") in BOXES:
            on_it += [option["value"] for option in block["element"]["options"]]
            state: Block = next(iter(values.get(block["block_id"], {}).values()), {})
            now += [option["value"] for option in state.get("selected_options") or ()]
    kept = [pick for pick in chosen.picks if f"{pick[0]}.{pick[1]}" not in on_it]
    return chosen.but(picks=(*kept, *(_pick(value) for value in now if value in on_it)))


def _pick(value: str) -> tuple[int, int]:
    """What a box stands for. Raises NoSuchThing for one that is not ours."""
    try:
        action, version = map(int, value.split("."))
    except ValueError:
        raise NoSuchThing from None
    return action, version


def view(turn: Turn, chosen: Chosen, here: About, said: str = "") -> Block:
    """A page of what this person could do this with, within what they may see."""
    cast = Cast(turn.work, turn.panel)
    known = [action for action in _theirs(turn, cast) if action.status in FITS[chosen.what]]
    found = [
        action for action in known if here.agency in (None, action.owner_id) and here.case in (None, action.case_id)
    ]
    late = {action.id for action in overdue(turn.work, turn.panel, found)}
    if chosen.late:
        found = [action for action in found if action.id in late]
    found = sorted(found, key=lambda action: (action.id not in late, action.due, action.ref))
    number, many, shown = leaf(found, here.page or 0, A_PAGE)
    about = here.but(code=chosen.dump(), page=number)
    turn.audit("listed", f"actions:several:{chosen.what}", shown=len(shown))
    head = f"{count(len(found), 'action')}, {len(chosen.picks)} ticked (at most {MOST})."
    before = [section(f"*{said}*\n{head}" if said else head), *_filters(turn, cast, known, chosen, here)]
    drawn = Choose.draw(
        about, before=[*before, *turns(about, number, many, "actions.bulk.page")], **_boxed(turn, shown, chosen)
    )
    return drawn if found or chosen.picks else {key: part for key, part in drawn.items() if key != "submit"}


def _theirs(turn: Turn, cast: Cast) -> Sequence[Action]:
    office = turn.person.is_chair or turn.person.is_coordinator
    return listing.SOURCES["all" if office else "agency"](turn, cast)


def _boxed(turn: Turn, shown: Sequence[Action], chosen: Chosen) -> dict[str, Any]:
    """The boxes of a page, ten in a set, and which of them are ticked."""
    facts = facts_many(turn.work, turn.panel, shown)
    zone = zone_of(turn.panel)
    lines = [
        (f"{each.id}.{each.version}", label(f"{each.ref} · {standing(facts[each.id], turn.work.now, zone, False)}"))
        for each in shown
        if each.id is not None
    ]
    sets = [lines[start : start + A_BOX] for start in range(0, len(lines), A_BOX)]
    used = dict(zip(BOXES, sets, strict=False))
    picked = [f"{action}.{version}" for action, version in chosen.picks]
    named: dict[str, Field] = {
        name: relabelled(Choose.questions()[name], label=f"{lot[0][1].split(' ')[0]} to {lot[-1][1].split(' ')[0]}")
        for name, lot in used.items()
    }
    return {
        "choices": dict(used), "initial": dict.fromkeys(used, picked), "fields": dict(named),
        "without": [name for name in BOXES if name not in used],
    }  # fmt: skip


def _filters(turn: Turn, cast: Cast, known: Sequence[Action], chosen: Chosen, here: About) -> list[Block]:
    own = About(panel=turn.panel.id)
    whats = [(own.but(code=what).dump(), what.label) for what in What]
    owners = sorted({(cast.code(action), action.owner_id) for action in known if action.owner_id})
    agencies = [(own.but(agency=EVERY).dump(), "Every agency")]
    agencies += [(own.but(agency=id).dump(), code) for code, id in owners]
    refs = (
        {case.id: case.ref for case in turn.work.rows(Case, id={action.case_id for action in known})} if known else {}
    )
    cases = [(own.but(case=EVERY).dump(), "Every case")]
    cases += [(own.but(case=id).dump(), ref) for id, ref in sorted(refs.items(), key=lambda one: one[1])]
    late = button("Overdue and others" if chosen.late else "Only overdue", "actions.bulk.late", own)
    return [
        actions(
            _menu("actions.bulk.what", whats, own.but(code=chosen.what).dump()),
            _menu("actions.bulk.agency", agencies, own.but(agency=here.agency or EVERY).dump()),
            _menu("actions.bulk.case", cases, own.but(case=here.case or EVERY).dump()),
            late,
        )
    ]


def _menu(action_id: str, choices: Sequence[tuple[str, str]], now: str) -> Block:
    drawn: Block = {"type": "static_select", "action_id": action_id} | menu(choices)
    known = dict(choices)
    if now in known:
        drawn["initial_option"] = {"text": plain(known[now]), "value": now}
    return drawn
