"""What the journeys register: the words, buttons, forms, notices and moments that each listens to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlmodel import SQLModel

from commands.kit.about import About
from commands.kit.answers import Answer
from commands.kit.blocks import Block
from commands.kit.case_sections import CaseSection
from commands.kit.forms import Form
from commands.kit.headings import HEADINGS
from commands.kit.notices import NoticeKind
from commands.kit.turn import Request, Turn
from commands.kit.waits import Waits
from storage.tables import Case, Meeting, Panel
from storage.work import Store, UnitOfWork

F = TypeVar("F", bound=Form)
Listener = Callable[[Turn], Answer]
Search = Callable[[Turn, str], Sequence[tuple[str, str]]]
CaseDraw = Callable[[Turn, Case, About], list[Block]]
CaseState = Callable[[Turn, Case], str]
CutOffPlan = Callable[[UnitOfWork, Panel, Meeting], None]

COMMANDS = {
    "/panel": "Dates, people, the case list, the meeting's record (coordinator and chair)",
    "/refer": "Refer a case to the panel",
    "/update": "Send your agency's updates",
    "/agenda": "The agenda and the briefing on each case",
    "/actions": "Actions: mine, my agency's, all",
}


@dataclass(frozen=True)
class Word:
    """A word after a slash command. `without_panel`: it works before there is a panel."""

    command: str
    word: str  # "" for the bare command
    hint: str
    listener: Listener
    without_panel: bool = False
    under: str = ""  # a heading of headings.py, where a view lists the words


@dataclass(frozen=True)
class Press:
    """A button or a menu. `once`: it changes something, so a repeat gets the first answer."""

    listener: Listener
    once: bool


@dataclass(frozen=True)
class Submission:
    """A form that was sent. `without_panel`: it works before there is a panel."""

    form: type[Form]
    save: Callable[[Turn, Any], Answer]
    without_panel: bool


@dataclass
class Registry:
    """Filled once, when the journeys are put together."""

    notices: dict[str, NoticeKind] = field(default_factory=dict)
    surfaces: dict[str, Callable[[Turn], Block]] = field(default_factory=dict)
    cut_offs: dict[str, list[CutOffPlan]] = field(default_factory=dict)
    vocabulary: dict[str, dict[str, Word]] = field(default_factory=dict)
    buttons: dict[str, Press] = field(default_factory=dict)
    searches: dict[str, Search] = field(default_factory=dict)
    forms: dict[str, type[Form]] = field(default_factory=dict)
    submissions: dict[str, Submission] = field(default_factory=dict)
    wakes: list[tuple[type[SQLModel], Callable[[UnitOfWork, Any], None]]] = field(default_factory=list)
    case_changes: list[Callable[[Turn, Case, bool], None]] = field(default_factory=list)
    case_parts: list[tuple[CaseSection | None, CaseDraw]] = field(default_factory=list)
    case_states: list[tuple[CaseSection, CaseState]] = field(default_factory=list)
    case_doors: list[Callable[[Turn, Case, About], list[Block]]] = field(default_factory=list)
    waits: list[Waits] = field(default_factory=list)
    afters: list[Callable[[UnitOfWork, Request], None]] = field(default_factory=list)
    watches: list[Callable[[UnitOfWork, Panel, str], None]] = field(default_factory=list)
    tidies: list[Callable[[Store, datetime], None]] = field(default_factory=list)
    papers: dict[str, Callable[[Turn, Any], Any]] = field(default_factory=dict)  # by a pass's document: what it opens

    def word(
        self, command: str, word: str, listener: Listener, hint: str = "", *, under: str = "",
        without_panel: bool = False,
    ) -> None:  # fmt: skip
        """Listen to `command word` ("" for the bare command)."""
        self.vocabulary.setdefault(command, {})[word] = Word(command, word, hint, listener, without_panel, under)

    def button(self, action_id: str, listener: Listener, *, once: bool = False) -> None:
        """Listen to a button or a menu. `once`: it changes something, so a repeat gets the first answer."""
        self.buttons[action_id] = Press(listener, once)

    def form(self, form: type[F], listener: Callable[[Turn, F], Answer], *, without_panel: bool = False) -> None:
        """Listen to a form's submission: always answered once. `without_panel`: it works before there is a panel."""
        self.forms[form.name] = form
        self.submissions[form.name] = Submission(form, listener, without_panel)

    def search(self, name: str, find: Search) -> None:
        """Answer what is typed into a search: `name` is its action, or the form's name and the question's with a dot
        between. `find` gives (value, label) pairs, and checks who asks as every listener does."""
        self.searches[name] = find

    def notice(self, kind: NoticeKind) -> None:
        """Know how to render notices of this kind."""
        self.notices[kind.kind] = kind

    def surface(self, name: str, draw: Callable[[Turn], Block]) -> None:
        """Know how to draw a view without content anew, beneath a form that was saved (see `kit.beneath`)."""
        self.surfaces[name] = draw

    def at_cut_off(self, name: str, plan: CutOffPlan) -> None:
        """Do this once, in the tick in which a meeting's cut-off has come."""
        self.cut_offs.setdefault(name, []).append(plan)

    def on_wake(
        self, table: type[SQLModel], plan: Callable[[UnitOfWork, Any], None], *, before_others: bool = False
    ) -> None:
        """Plan a row of `table` when its `wake_at` has come; `plan` sets the next one. `before_others`: it leaves that
        to another plan of the same table, and goes first, in a transaction of its own."""
        self.wakes.insert(0 if before_others else len(self.wakes), (table, plan))

    def after_tick(self, act: Callable[[Store, datetime], None]) -> None:
        """Do this at the end of every tick, outside any transaction."""
        self.tidies.append(act)

    def on_case_change(self, act: Callable[[Turn, Case, bool], None]) -> None:
        """Do this whenever a case's record was edited, in that transaction. The last argument: whether it unsettles
        the safety checks that were given on the case."""
        self.case_changes.append(act)

    def case_part(self, draw: CaseDraw, under: CaseSection | None, *, state: CaseState | None = None) -> None:
        """A part that the record of a case shows, drawn by a journey which the record does not know: in a section, or
        in the first view. `state`: a few words for the section's line there ("" for none)."""
        self.case_parts.append((under, draw))
        if under is not None and state is not None:
            self.case_states.append((under, state))

    def case_door(self, draw: Callable[[Turn, Case, About], list[Block]]) -> None:
        """What a representative finds at the door of a case, where its record is not theirs to read."""
        self.case_doors.append(draw)

    def waits_for(self, find: Waits) -> None:
        """What of this journey waits for somebody; App Home shows it, each line with its button."""
        self.waits.append(find)

    def watch(self, look: Callable[[UnitOfWork, Panel, str], None]) -> None:
        """Look at what somebody has done, at the end of each turn of theirs and after each refusal."""
        self.watches.append(look)

    def after_each_change(self, act: Callable[[UnitOfWork, Request], None]) -> None:
        """Do this at the end of every press or submission that changed something, in its transaction."""
        self.afters.append(act)

    def hints(self, command: str) -> Mapping[str, Mapping[str, str]]:
        """The words after a command, each with what it does, under their headings."""
        found: dict[str, dict[str, str]] = {heading: {} for heading in HEADINGS}
        for word in self.vocabulary[command].values():
            found.setdefault(word.under, {})[word.word] = word.hint
        return found
