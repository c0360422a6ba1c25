"""The desk between Bolt and the journeys: one way in, one transaction, one answer out.

A journey registers what it listens to: `word` (a slash command, or a word after one), `button`, `form`, `notice`,
`at_cut_off`. Each listener gets a `Turn` and gives an `Answer`; everything around that is here, once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from slack_bolt import App
from slack_sdk import WebClient
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from commands.kit import drafts
from commands.kit.about import About
from commands.kit.answers import Answer, Tell, Wrong, from_receipt, to_receipt
from commands.kit.at_large import panel_for, stamped
from commands.kit.belonging import check_belongs
from commands.kit.blocks import Block, actions, button, rows, section
from commands.kit.clock import Clock
from commands.kit.deliver import Ack, deliver, refusal
from commands.kit.errors import NoSuchThing, NotAllowed, NotOnAPanel, Outdated, Refusal
from commands.kit.forms import Form, WrongAnswers
from commands.kit.goes_out import say_when
from commands.kit.headings import HEADINGS
from commands.kit.modes import called
from commands.kit.notices import NoticeKind
from commands.kit.people import does_something, panel_of_channel, panels_of, person_on
from commands.kit.presses import Presses
from commands.kit.stamp import stamp_answer
from commands.kit.turn import Request, Turn, read
from commands.kit.words import Words
from panel.access import Person
from storage.tables import Case, Meeting, Panel
from storage.work import NotThere, Store, UnitOfWork

F = TypeVar("F", bound=Form)
Listener = Callable[[Turn], Answer]
Act = Callable[[Request], Answer]
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


class SeveralPanels(Exception):
    """The person is on more than one panel and did not say which. `panels`: id and code of each; the rows themselves
    can't be read once the transaction is over."""

    def __init__(self, panels: list[tuple[int | None, str]]) -> None:
        super().__init__(len(panels))
        self.panels = panels


@dataclass
class Service:
    """What journeys register with, and what their listeners reach the world through."""

    app: App
    store: Store
    clock: Clock
    words: Words
    log: Any
    wake: Callable[[], None] = lambda: None  # tells the relay that something may be owed
    notices: dict[str, NoticeKind] = field(default_factory=dict)
    surfaces: dict[str, Callable[[Turn], Block]] = field(default_factory=dict)
    cut_offs: dict[str, list[CutOffPlan]] = field(default_factory=dict)
    vocabulary: dict[str, dict[str, Word]] = field(default_factory=dict)
    buttons: dict[str, Act] = field(default_factory=dict)
    forms: dict[str, type[Form]] = field(default_factory=dict)
    submissions: dict[str, Act] = field(default_factory=dict)
    wakes: list[tuple[type[SQLModel], Callable[[UnitOfWork, Any], None]]] = field(default_factory=list)
    case_changes: list[Callable[[Turn, Case, bool], None]] = field(default_factory=list)
    case_parts: list[Callable[[Turn, Case, About], list[Block]]] = field(default_factory=list)
    afters: list[Callable[[UnitOfWork, Request], None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.presses = Presses(self.clock)

    # -- what journeys call while they register

    def word(
        self, command: str, word: str, listener: Listener, hint: str = "", *, under: str = "",
        without_panel: bool = False,
    ) -> None:  # fmt: skip
        """Listen to `command word` ("" for the bare command)."""
        self.vocabulary.setdefault(command, {})[word] = Word(command, word, hint, listener, without_panel, under)

    def button(self, action_id: str, listener: Listener, *, once: bool = False) -> None:
        """Listen to a button or a menu. `once`: it changes something, so a repeat gets the first answer."""
        self.buttons[action_id] = lambda request: self._answer(request, listener, once=once)

    def form(self, form: type[F], listener: Callable[[Turn, F], Answer], *, without_panel: bool = False) -> None:
        """Listen to a form's submission: always answered once. `without_panel`: it works before there is a panel."""
        self.forms[form.name] = form

        def submit(request: Request) -> Answer:
            assert request.view is not None
            filled = request.view
            return self._answer(
                request, lambda turn: listener(turn, form.read(filled)), once=True, without_panel=without_panel
            )

        self.submissions[form.name] = submit

    def notice(self, kind: NoticeKind) -> None:
        """Know how to render notices of this kind."""
        self.notices[kind.kind] = kind

    def surface(self, name: str, draw: Callable[[Turn], Block]) -> None:
        """Know how to draw a view without content anew, beneath a form that was saved (see `kit.beneath`)."""
        self.surfaces[name] = draw

    def at_cut_off(self, name: str, plan: CutOffPlan) -> None:
        """Do this once, in the tick in which a meeting's cut-off has come."""
        self.cut_offs.setdefault(name, []).append(plan)

    def on_wake(self, table: type[SQLModel], plan: Callable[[UnitOfWork, Any], None]) -> None:
        """Plan a row of `table` when its `wake_at` has come; `plan` sets the next one."""
        self.wakes.append((table, plan))

    def on_case_change(self, act: Callable[[Turn, Case, bool], None]) -> None:
        """Do this whenever a case's record was edited, in that transaction. The last argument: whether it unsettles
        the safety checks that were given on the case."""
        self.case_changes.append(act)

    def case_part(self, draw: Callable[[Turn, Case, About], list[Block]]) -> None:
        """A part that the record of a case shows, drawn by a journey which the record does not know."""
        self.case_parts.append(draw)

    def after_each_change(self, act: Callable[[UnitOfWork, Request], None]) -> None:
        """Do this at the end of every press or submission that changed something, in its transaction."""
        self.afters.append(act)

    # -- one turn

    # All come here by kind: Bolt itself would ask each listener in turn whether it is meant.

    def commanded(self, body: dict[str, Any], client: WebClient, ack: Ack) -> None:
        """A slash command."""
        self._respond(read(body), self.run_command, client, ack)

    def pressed(self, body: dict[str, Any], client: WebClient, ack: Ack) -> None:
        """A button or a menu."""
        request = read(body)
        self._respond(request, self.buttons.get(request.action_id, self._unknown), client, ack)

    def submitted(self, body: dict[str, Any], client: WebClient, ack: Ack) -> None:
        """A form."""
        request = read(body)
        act = self.submissions.get(body["view"]["callback_id"], self._unknown)
        self._respond(request, lambda asked: self._or_kept(asked, act(asked)), client, ack)

    def _respond(self, request: Request, act: Act, client: WebClient, ack: Ack) -> None:
        with self.presses.one():
            deliver(act(request), request, client, ack)
        self.wake()

    def _or_kept(self, request: Request, answer: Answer) -> Answer:
        if isinstance(answer, Wrong):
            self.keep_draft(request)
        return answer

    def keep_draft(self, request: Request) -> None:
        """Keep what was typed into a form that could not be saved, for its writer to find again."""
        form = self.forms.get((request.view or {}).get("callback_id", ""))
        if form is None or request.about.panel is None:
            return
        with self.store.work(self.clock.now()) as work:
            panel = work.look(Panel, request.about.panel)
            if panel is not None and person_on(work, panel, request.user).roles:
                drafts.keep(work, panel, form, request)

    def _unknown(self, request: Request) -> Answer:
        """A button or form that nobody knows (an older release's): acknowledged, logged, answered."""
        self.log.warning("unknown_interaction", surface=request.surface)
        return self._refused(request, Outdated())

    def run_command(self, request: Request) -> Answer:
        """The answer to a slash command, whichever panel it turns out to be for."""
        words = self.vocabulary.get(request.action_id)
        if words is None:  # a button of an older release
            return self._refused(request, Outdated())
        said = request.text.lower()
        if said == "help":
            return self._helped(request, self.help_on)
        word = words.get(said)
        if word is None:
            return self._helped(request, self.not_understood)
        try:
            return self._answer(request, word.listener, without_panel=word.without_panel)
        except SeveralPanels as several:
            return self._at_large(request, _which(several.panels, request))

    def _at_large(self, request: Request, answer: Answer) -> Answer:
        with self.store.read(self.clock.now()) as work:
            return stamped(work, request, answer)

    def _refused(self, request: Request, no: Refusal) -> Answer:
        return self._at_large(request, refusal(no.sentence, request, no.field))

    def _helped(self, request: Request, say: Callable[[str, Panel], Tell]) -> Answer:
        with self.store.read(self.clock.now()) as work:
            panel = panel_for(work, request)
            return stamp_answer(say(request.action_id, panel), panel)

    def help_on(self, command: str, panel: Panel) -> Tell:
        """What a command can do on this panel, as its help says it."""
        lines = [
            f"`{command} {word.word}`".replace(" `", "`") + f"  {called(word.hint, panel)}"
            for word in self.vocabulary[command].values()
            if word.hint
        ]
        return Tell("\n".join([f"*{command}*: {COMMANDS[command]}.", *lines, f"`{command} help`  This list"]))

    def not_understood(self, command: str, panel: Panel) -> Tell:
        """What was typed is not kept, not logged and not repeated: it may hold case details."""
        told = self.help_on(command, panel).text
        return Tell(
            f"I don't know that word, and what you typed was not kept. Please never type case details after a command:"
            f" the form asks for them.\n{told}",
            blocks=(
                section(
                    "I don't know that word, and what you typed was not kept. "
                    "Please never type case details after a command: the form asks for them."
                ),
                section(told),
                actions(button(f"Open {command}", f"kit.open.{command[1:]}", About(code=command))),
            ),
        )

    def _answer(
        self, request: Request, listener: Listener, *, once: bool = False, without_panel: bool = False
    ) -> Answer:
        if not request.readable:
            return self._refused(request, Outdated())
        try:
            return self._act(request, listener, once=once, without_panel=without_panel)
        except WrongAnswers as wrong:
            if request.surface == "submission":
                return Wrong(wrong.problems)
            return self._at_large(request, Tell(" ".join(wrong.problems.values())))
        except Refusal as no:
            if isinstance(no, NotAllowed | NotOnAPanel):
                self._note_refusal(request)
            return self._refused(request, no)
        except LookupError as lost:
            if not isinstance(lost, NotThere):  # a code of ours that is not in its table: an old view, or a fault
                self.log.error("looked_up_in_vain", kind=type(lost).__name__, exc_info=lost)
            return self._refused(request, NoSuchThing())

    def _act(self, request: Request, listener: Listener, *, once: bool, without_panel: bool) -> Answer:
        try:
            return self._transact(request, listener, once=once, without_panel=without_panel)
        except IntegrityError:
            if not once:
                raise
            # Two of the same press at the same moment: the other one won, and its answer is ours too.
            return self._transact(request, listener, once=once, without_panel=without_panel)

    def _transact(self, request: Request, listener: Listener, *, once: bool, without_panel: bool) -> Answer:
        with self.store.work(self.clock.now()) as work:
            kept = work.receipt(request.once) if once else None
            if kept is not None:
                return from_receipt(kept.answer or {})
            turn = self._turn(work, request, without_panel)
            answer = drafts.offered(turn, say_when(turn, listener(turn)), self.forms)
            answer = stamp_answer(answer, turn.panel)
            if once and not isinstance(answer, Wrong):
                if request.surface == "submission" and request.view is not None:
                    drafts.forget(work, turn.panel, request.view["callback_id"], request)
                work.keep_receipt(request.once, to_receipt(answer))
                for act in self.afters:
                    act(work, request)
            return answer

    def _turn(self, work: UnitOfWork, request: Request, without_panel: bool) -> Turn:
        panel = self._panel(work, request)
        if panel is None:
            if not without_panel:
                raise NotOnAPanel
            nobody = Panel.model_construct(id=None, team_id=request.team, timezone="Europe/London")
            return Turn(self, request, work, nobody, Person(user=request.user))
        check_belongs(work, panel, request.about)
        meeting = work.look(Meeting, request.about.meeting)
        person = person_on(work, panel, request.user, meeting)
        if not person.roles and not without_panel and not does_something(work, panel, request.user):
            raise NotOnAPanel
        return Turn(self, request, work, panel, person)

    def hints(self, command: str) -> Mapping[str, Mapping[str, str]]:
        """The words after a command, each with what it does, under their headings."""
        found: dict[str, dict[str, str]] = {heading: {} for heading in HEADINGS}
        for word in self.vocabulary[command].values():
            found.setdefault(word.under, {})[word.word] = word.hint
        return found

    def turn_of(self, work: UnitOfWork, panel: Panel, user: str, about: About) -> Turn:
        """The turn of somebody who has a view open, when it is drawn without their asking."""
        request = Request("modal", panel.enterprise_id, panel.team_id, user, None, about)
        return Turn(self, request, work, panel, person_on(work, panel, user))

    def _panel(self, work: UnitOfWork, request: Request) -> Panel | None:
        """The one a view or button is about; else the channel's; else the person's only one; else ask."""
        if request.about.panel is not None:
            panel = work.get(Panel, request.about.panel)
            if panel.team_id != request.team:
                raise NoSuchThing
            return panel
        found = panel_of_channel(work, request.team, request.channel)
        if found is not None:
            return found
        theirs = list(panels_of(work, request.enterprise, request.team, request.user))
        if len(theirs) > 1:
            raise SeveralPanels([(panel.id, panel.code) for panel in theirs])
        return theirs[0] if theirs else None

    def _note_refusal(self, request: Request) -> None:
        with self.store.work(self.clock.now()) as work:
            thing = request.action_id or (request.view or {}).get("callback_id") or "form"
            work.audit(
                "refused", thing, by=request.user, surface=request.surface, panel_id=request.about.panel,
                case_id=request.about.case, allowed=False,
            )  # fmt: skip


def _which(panels: list[tuple[int | None, str]], request: Request) -> Tell:
    buttons = [
        button(code, f"kit.panel.{number}", About(panel=id, code=f"{request.action_id} {request.text}"))
        for number, (id, code) in enumerate(panels)
    ]
    said = "You are on several panels. Which one?"
    return Tell(said, (section(said), *rows(buttons)))
