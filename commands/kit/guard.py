"""Before words are kept, their writer is asked about what looks as if it said who somebody is or where they live.

A whole name or a number that was given with the referral of this very case is refused; a part of such a name, and
what only looks like one, is kept when its writer says so. Names that are known are looked for on the case alone that
the form is about: the answer to a form on anything else would tell who is before the panel.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col

from commands.kit.blocks import Block, options, plain, section
from commands.kit.deliver import KEPT, MOST_BLOCKS
from commands.kit.fields import ELEMENT, Text
from commands.kit.forms import Form
from commands.kit.people import agencies_of
from commands.kit.turn import Turn
from panel.guard import Kind, digestible, suspects
from storage.tables import KnownWord, Referral

SAID, TICK = "guard_said", "guard_tick"
PLACE = "known_word.digest"
MOST_NAMED = 12  # more than that are counted
MOST_TICKED = 20  # of a tick's value, which holds 150 characters
MARK = 6  # characters of each


@dataclass(frozen=True)
class Doubt:
    """What was found in the answer to one question. `sure`: nobody needs to be asked, it must go."""

    question: str
    label: str
    kind: Kind
    words: str
    sure: bool = False


class Doubted(Exception):
    """Nothing is kept before its writer was asked. `counts`: how often what was found, for the audit log."""

    def __init__(self, found: Sequence[Doubt], view: Block | None, problems: Mapping[str, str]) -> None:
        super().__init__(len(found))
        self.view = view
        self.problems = dict(problems)
        self.counts = counts(found)


def counts(found: Sequence[Doubt]) -> dict[str, int]:
    """How many there are of each kind: all that may be said of them outside the form."""
    return dict(Counter(one.kind.value for one in found))


def check(turn: Turn, form: Form, view: Block) -> None:
    """Raises Doubted while something that was typed is not answered for. Goes after all else was checked: who may not
    save the form is not asked about it."""
    typed = _typed(form, view)
    known = _known(turn, typed)
    if any(one.sure for one in known):
        sure = [one for one in known if one.sure]
        raise Doubted(sure, None, {one.question: turn.say("kit/guard_known", words=one.words) for one in sure})
    found = list(dict.fromkeys([*known, *_suspected(turn, typed)]))
    marks = {_mark(turn, one) for one in found}
    if marks <= _ticked(view, _all_in_one(turn, marks), marks):
        if found:
            turn.audit("kept_as_typed", form.name, case_id=turn.about.case, found=counts(found))
        return
    raise Doubted(found, *_asked(turn, found, marks, view))


def _typed(form: Form, view: Block) -> list[tuple[str, str, str]]:
    """Question, label and words of each answer in words; not what stood in the box already."""
    drawn = {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}
    return [
        (name, field.label, answer)
        for name, field in form.questions().items()
        if name in drawn and isinstance(field, Text) and field.guarded
        if (answer := getattr(form, name)) and answer != drawn[name]["element"].get("initial_value")
    ]


def _known(turn: Turn, typed: Sequence[tuple[str, str, str]]) -> list[Doubt]:
    about = turn.about.case
    if about is None or not typed:
        return []
    referrals = [each.id for each in turn.work.rows(Referral, case_id=about)]
    here = turn.work.find(KnownWord, col(KnownWord.referral_id).in_(referrals))
    digests = {each.digest for each in here}
    return [
        Doubt(name, label, Kind.NAME, words.lstrip("#"), sure=" " in words or words.startswith("#"))
        for name, label, text in (typed if digests else ())
        for words in digestible(text)
        if digest(turn, words) in digests
    ]


def digest(turn: Turn, words: str) -> str:
    """The keyed hash of a name or number of this panel."""
    return turn.work.keyed_hash(f"{turn.panel.id} {words}", PLACE)


def _suspected(turn: Turn, typed: Sequence[tuple[str, str, str]]) -> list[Doubt]:
    fine = _fine(turn) if typed else []
    return [Doubt(name, label, one.kind, one.words) for name, label, text in typed for one in suspects(text, fine)]


def _fine(turn: Turn) -> list[str]:
    """Words that are no person's on this panel: its own, its neighbours', its agencies' and their systems."""
    panel = turn.panel
    agencies = agencies_of(turn.work, panel) if panel.id is not None else []
    beside = [text for each in panel.neighbours for text in each.values()] if panel.id is not None else []
    own = [panel.name, panel.area] if panel.id is not None else []
    return [*own, *beside, *(text for each in agencies for text in (each.code, each.name, *each.systems))]


def _mark(turn: Turn, one: Doubt) -> str:
    return turn.work.keyed_hash(f"{one.question}\0{one.kind}\0{one.words}", PLACE)[:MARK]


def _all_in_one(turn: Turn, marks: set[str]) -> str:
    return turn.work.keyed_hash(" ".join(sorted(marks)), PLACE)[:32]


def _ticked(view: Block, one: str, marks: set[str]) -> set[str]:
    """Which of these their writer has answered for: where they are too many for a tick's value, all or none."""
    states = view["state"]["values"].get(TICK, {})
    values = [option["value"] for state in states.values() for option in state.get("selected_options") or ()]
    if one in values:
        return marks
    return {mark for value in values for mark in value.split(".")}


def _asked(
    turn: Turn, found: Sequence[Doubt], marks: set[str], view: Block
) -> tuple[Block | None, dict[str, str]]:  # fmt: skip
    """The form with the question on top; where it has no room left, the words stand under their own questions."""
    lines = [f"“{one.words}” looks like {one.kind.label}." for one in found]
    blocks = [block for block in view["blocks"] if block["block_id"] not in (SAID, TICK)]
    if len(blocks) + 2 > MOST_BLOCKS:
        named = {one.question for one in found}
        return None, {name: _under(name, found) for name in named}
    value = ".".join(sorted(marks)) if len(marks) <= MOST_TICKED else _all_in_one(turn, marks)
    said = turn.say("kit/guard", found=found[:MOST_NAMED], more=len(lines) - MOST_NAMED)
    tick: Block = {
        "type": "input", "block_id": TICK, "optional": True, "label": plain("Keep it as it is?"),
        "element": {
            "type": "checkboxes", "action_id": f"{ELEMENT}.{_all_in_one(turn, marks)[:MARK]}",
            "options": options([(value, "Yes: this says nobody's name and not where anybody lives")]),
        },
    }  # fmt: skip
    kept = {name: view[name] for name in KEPT if view.get(name)}
    return kept | {"blocks": [section(said) | {"block_id": SAID}, tick, *blocks]}, {}


def _under(name: str, found: Sequence[Doubt]) -> str:
    return " ".join(f"“{one.words}” looks like {one.kind.label}: take it out." for one in found if one.question == name)
