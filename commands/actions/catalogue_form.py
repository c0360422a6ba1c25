"""One kind of action, changed for this panel, or one of its own: from then on for what is agreed, and a stricter check
for what is open too. What would be lighter than the standard waits for an agreement."""

from __future__ import annotations

from dataclasses import dataclass, replace

from commands.actions import lighter
from commands.actions.catalogue import LIST, words
from commands.actions.stricter import tighten
from commands.kit.about import About
from commands.kit.answers import Answer, Show
from commands.kit.beneath import back_to
from commands.kit.blocks import Block, actions, button, section
from commands.kit.catalogue import catalogue_of, entries_of, write
from commands.kit.errors import ChangedMeanwhile, Refusal
from commands.kit.fields import Many, One, Text
from commands.kit.forms import Form, ask
from commands.kit.turn import Turn
from panel.access import Thing, Verb
from panel.action_types import WD10, ActionType
from panel.catalogue import ACTION_TYPES
from panel.codes import ActionGroup, Check, Function, Visibility
from panel.own_types import TERMS, guarded, next_code, term_code, term_of, term_words
from storage.tables import CatalogueEntry

OFFICE = "office"
NOTHING_WRITTEN = "Never a name or anything of a case: it stands in every list of the panel."


class NoneLeft(Refusal):
    """The panel has 99 types of its own already. Change or bring back one that is retired."""


@dataclass
class TypeForm(Form):
    """What a panel can say of a kind of action; of a standard one neither its words nor its lever."""

    name = "actions.type"
    title = "A type of action"
    label: str | None = ask(
        Text("What is done?", f"Begin with a verb, such as “Change the locks”. {NOTHING_WRITTEN}", limit=70), None
    )
    lever: str | None = ask(One("Under which lever?", choices=[(each.value, each.label) for each in ActionGroup]), None)
    owners: list[str] = ask(
        Many(
            "Who usually does it?", "Empty: any agency.", optional=True,
            choices=[*((each.value, each.label) for each in Function), (OFFICE, "The panel's own office")],
        )
    )  # fmt: skip
    term: str = ask(
        One("How soon, usually?", "A starting value.", choices=[(term_code(each), term_words(each)) for each in TERMS])
    )
    safety: str = ask(
        One(
            "Does the victim service hear first?",
            "Stricter counts at once, for open actions too. Lighter waits for the victim service, then the chair.",
            choices=[(each.value, each.label) for each in Check],
        )
    )
    visibility: str = ask(One("Will the subject notice it?", choices=[(each.value, each.label) for each in Visibility]))
    reveals: str = ask(
        One(
            "May it reveal an address?", "One that the subject does not know. Then it is asked of each action.",
            choices=[("yes", "Yes"), ("no", "No")],
        )
    )  # fmt: skip
    also: str | None = ask(Text("Other words to find it by", NOTHING_WRITTEN, optional=True, limit=200), None)

    def as_kind(self, code: str, like: ActionType) -> ActionType:
        """What was answered, over what it was."""
        owners = tuple(Function(each) for each in self.owners if each != OFFICE)
        return replace(
            like, code=code, label=self.label or like.label, group=ActionGroup(self.lever or like.group),
            usual_owner=owners, by_panel=OFFICE in self.owners and not owners, term=term_of(self.term),
            check=Check(self.safety), visibility=Visibility(self.visibility), reveals_address=self.reveals == "yes",
        )  # fmt: skip


def open_form(turn: Turn) -> Answer:
    """The form of one kind, as the panel has it."""
    turn.need(Verb.CHANGE_CATALOGUE, Thing())
    kind = _meant(turn)
    entry = entries_of(turn.work, turn.panel.id).get(kind.code)
    about = About(panel=turn.panel.id, code=kind.code, version=entry.version if entry else 0)
    without = ("label", "lever") if kind.code in ACTION_TYPES else ()
    initial = {
        "label": kind.label, "lever": kind.group.value, "term": term_code(kind.term), "safety": kind.check.value,
        "owners": [*(each.value for each in kind.usual_owner), *([OFFICE] if kind.by_panel else [])],
        "visibility": kind.visibility.value, "reveals": "yes" if kind.reveals_address else "no",
        "also": entry.also if entry else None,
    }  # fmt: skip
    return Show(TypeForm.draw(about, initial=initial, before=_head(turn, kind, entry, about), without=without))


def _head(turn: Turn, kind: ActionType, entry: CatalogueEntry | None, about: About) -> list[Block]:
    standard, retired = ACTION_TYPES.get(kind.code), entry is not None and entry.retired
    say = turn.say("actions/type_head", kind=kind, standard=words(standard) if standard else None, retired=retired)
    ways = [button("Offer it again" if retired else "Retire it", "actions.types.retire", about)]
    if standard is not None and entry is not None:
        ways.append(button("As the standard", "actions.types.standard", about))
    return [section(say), actions(*ways)]


def open_add(turn: Turn) -> Answer:
    """The form of a kind that only this panel has."""
    turn.need(Verb.CHANGE_CATALOGUE, Thing())
    initial = {
        "lever": turn.about.code if turn.about.code in {*ActionGroup} else None, "term": term_code(WD10),
        "safety": Check.REQUIRED.value, "visibility": Visibility.OVERT.value, "reveals": "no",
    }  # fmt: skip
    about = About(panel=turn.panel.id, version=0)
    return Show(TypeForm.draw(about, initial=initial, before=[section(turn.say("actions/type_own"))]))


def save(turn: Turn, form: TypeForm) -> Answer:
    """Keep what counts at once, and ask for what needs others. Raises ChangedMeanwhile, NoneLeft."""
    turn.need(Verb.CHANGE_CATALOGUE, Thing())
    entries = entries_of(turn.work, turn.panel.id)
    if turn.about.code is None:
        code = next_code(entries)
        if code is None:
            raise NoneLeft
        like = ActionType(code, ActionGroup.HOUSING, "", (), WD10, Check.REQUIRED, Visibility.OVERT)
        now = replace(form.as_kind(code, like), check=Check.REQUIRED)
    else:
        now = _meant(turn)
    standard = ACTION_TYPES.get(now.code)
    wanted = form.as_kind(now.code, now)
    counts = guarded(wanted, now, standard)
    keep(turn, counts, form.also, entries.get(now.code))
    if counts != wanted:
        lighter.ask_for(turn, wanted)
    return back_to(turn, LIST, About(panel=turn.panel.id, code=now.group.value))


def keep(
    turn: Turn, kind: ActionType, also: str | None, entry: CatalogueEntry | None, *, retired: bool | None = None
) -> None:
    """Write a kind as it counts from now on, and let open actions follow where it is stricter. Raises
    ChangedMeanwhile."""
    if turn.about.version != (entry.version if entry else 0):
        raise ChangedMeanwhile
    put(turn, kind, also, entry, retired=retired)
    turn.audit("catalogue_changed", f"panel:{turn.panel.id}", code=kind.code, check=kind.check.value, retired=retired)


def put(
    turn: Turn, kind: ActionType, also: str | None, entry: CatalogueEntry | None, *, retired: bool | None = None
) -> None:
    """The row behind it."""
    assert turn.panel.id is not None
    made = entry or CatalogueEntry(
        panel_id=turn.panel.id, code=kind.code, lever="", term="", check="", visibility="", at=turn.work.now
    )
    write(made, kind, also)
    made.retired = made.retired if retired is None else retired
    made.by_user, made.at, made.version = turn.user, turn.work.now, made.version + (entry is not None)
    turn.work.add(made)
    tighten(turn, kind)


def retire(turn: Turn) -> Answer:
    """Nobody is offered it any more, or everybody is again; what was agreed stays as it is."""
    turn.need(Verb.CHANGE_CATALOGUE, Thing())
    kind, entry = _meant(turn), entries_of(turn.work, turn.panel.id).get(turn.about.code or "")
    keep(turn, kind, entry.also if entry else None, entry, retired=not (entry and entry.retired))
    return back_to(turn, LIST, About(panel=turn.panel.id, code=kind.group.value))


def as_standard(turn: Turn) -> Answer:
    """A standard kind as it came, and offered. Raises ChangedMeanwhile."""
    turn.need(Verb.CHANGE_CATALOGUE, Thing())
    kind = turn.code(ACTION_TYPES.__getitem__)
    keep(turn, kind, None, entries_of(turn.work, turn.panel.id).get(kind.code), retired=False)
    lighter.withdraw(turn, kind.code)
    return back_to(turn, LIST, About(panel=turn.panel.id, code=kind.group.value))


def _meant(turn: Turn) -> ActionType:
    return turn.code(catalogue_of(turn.work, turn.panel.id).kinds.__getitem__)
