"""The desk between Bolt and the journeys: one way in, one transaction, one answer out.

A journey registers what it listens to (see `kit.registry`). Each listener gets a `Turn` and gives an `Answer`;
everything around that is here, once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from commands.kit import drafts, guard, no_words
from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Tell, Wrong, from_receipt, to_receipt
from commands.kit.at_large import panel_for, stamped
from commands.kit.belonging import check_belongs
from commands.kit.blocks import actions, button, rows, section
from commands.kit.clock import Clock
from commands.kit.deliver import Ack, deliver, refusal
from commands.kit.errors import NoSuchThing, NotAllowed, NotOnAPanel, Outdated, Refusal
from commands.kit.forms import WrongAnswers
from commands.kit.goes_out import say_when
from commands.kit.mentions import named
from commands.kit.modes import called
from commands.kit.of_case import say_case
from commands.kit.people import does_something, panel_of_channel, panels_of, person_on
from commands.kit.presses import Presses
from commands.kit.registry import COMMANDS, Listener, Registry
from commands.kit.stamp import stamp_answer
from commands.kit.suspended import OnHold, is_on_hold
from commands.kit.turn import Request, Turn, read
from commands.kit.words import Words
from panel.access import Person
from storage.tables import Meeting, Panel
from storage.work import NotThere, Store, UnitOfWork

Act = Callable[[Request], Answer]
DONE_BEFORE = "That was done already."  # whose answer is not kept any more


class SeveralPanels(Exception):
    """The person is on more than one panel and did not say which. `panels`: id and code of each; the rows themselves
    can't be read once the transaction is over."""

    def __init__(self, panels: list[tuple[int | None, str]]) -> None:
        super().__init__(len(panels))
        self.panels = panels


class Service(Registry):
    """What journeys register with, and what their listeners reach the world through."""

    def __init__(self, app: App, store: Store, clock: Clock, words: Words, log: Any) -> None:
        super().__init__()
        self.app = app
        self.store = store
        self.clock = clock
        self.words = words
        self.log = log
        self.wake: Callable[[], None] = lambda: None  # tells the relay that something may be owed
        self.address: str | None = None  # where its pages open, without a slash at the end; None: nowhere
        self.has_mail = False  # whether a mail server is set up
        self.presses = Presses(clock)

    # -- one turn

    # All come here by kind: Bolt itself would ask each listener in turn whether it is meant.

    def commanded(self, body: dict[str, Any], client: WebClient, ack: Ack) -> None:
        """A slash command."""
        self._respond(read(body), self.run_command, client, ack)

    def pressed(self, body: dict[str, Any], client: WebClient, ack: Ack) -> None:
        """A button or a menu."""
        request = read(body)
        self._respond(request, self._press, client, ack)

    def submitted(self, body: dict[str, Any], client: WebClient, ack: Ack) -> None:
        """A form."""
        request = read(body)
        self._respond(request, self._submit, client, ack)

    def _press(self, request: Request) -> Answer:
        button = self.buttons.get(request.action_id)
        return self._answer(request, button.listener, once=button.once) if button else self._unknown(request)

    def _submit(self, request: Request) -> Answer:
        view = request.view or {}
        sent = self.submissions.get(view["callback_id"])
        if sent is None:
            return self._unknown(request)

        def save(turn: Turn) -> Answer:
            form = sent.form.read(no_words.view_without(view, turn.panel, sent.form))
            answer = sent.save(turn, form)
            if not isinstance(answer, Wrong):
                guard.check(turn, form, view)
            return answer

        try:
            answer = self._answer(request, save, once=True, without_panel=sent.without_panel)
        except guard.Doubted as doubted:
            self.keep_draft(request)
            return self._asked(request, doubted)
        if isinstance(answer, Wrong):
            self.keep_draft(request)
        return answer

    def _asked(self, request: Request, doubted: guard.Doubted) -> Answer:
        """Nothing was saved: the form again, with what its writer is asked about what they typed."""
        with self.store.work(self.clock.now()) as work:
            work.audit(
                "asked_about_words", (request.view or {})["callback_id"], by=request.user, surface=request.surface,
                panel_id=request.about.panel, case_id=request.about.case, found=doubted.counts,
            )  # fmt: skip
            panel = work.look(Panel, request.about.panel)
            if doubted.view is None:
                return Wrong(doubted.problems)
            return stamp_answer(Replace(doubted.view), panel)

    def _respond(self, request: Request, act: Act, client: WebClient, ack: Ack) -> None:
        with self.presses.one():
            deliver(act(request), request, client, ack)
        self.wake()

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
                self._note_refusal(request, no)
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
        except StaleDataError:
            pass  # another replica wrote a row between our reading and our writing it: look at it once more
        return self._transact(request, listener, once=once, without_panel=without_panel)

    def _transact(self, request: Request, listener: Listener, *, once: bool, without_panel: bool) -> Answer:
        with self.store.work(self.clock.now()) as work:
            work.see_as(request.user)
            kept = work.receipt(request.once) if once else None
            if kept is not None:
                return from_receipt(kept.answer) if kept.answer else Tell(DONE_BEFORE)
            turn = self._turn(work, request, without_panel)
            answer = named(work, say_case(turn, say_when(turn, listener(turn))))
            answer = no_words.answer_without(answer, turn.panel, self.forms)
            answer = stamp_answer(drafts.offered(turn, answer, self.forms), turn.panel)
            if once and not isinstance(answer, Wrong):
                if request.surface == "submission" and request.view is not None:
                    drafts.forget(work, turn.panel, request.view["callback_id"], request)
                work.keep_receipt(request.once, to_receipt(answer))
                for act in self.afters:
                    act(work, request)
            self._watched(work, turn)
            return answer

    def _watched(self, work: UnitOfWork, turn: Turn) -> None:
        """Whatever looks at what somebody did, once it is all said."""
        if turn.panel.id is not None:
            for look in self.watches:
                look(work, turn.panel, turn.user)

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
            raise OnHold if is_on_hold(work, panel, request.user) else NotOnAPanel
        return Turn(self, request, work, panel, person)

    def turn_of(self, work: UnitOfWork, panel: Panel, user: str, about: About) -> Turn:
        """The turn of somebody who has a view open, when it is drawn without their asking."""
        work.see_as(user)
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

    def _note_refusal(self, request: Request, no: Refusal) -> None:
        with self.store.work(self.clock.now()) as work:
            panel = panel_for(work, request)
            known = panel.id or None  # somebody on no panel is refused on none
            thing = request.action_id or (request.view or {}).get("callback_id") or "form"
            work.audit(
                "refused", thing, by=request.user, surface=request.surface, panel_id=known,
                case_id=request.about.case, allowed=False,
                refusal=type(no).__name__, why=no.sentence,
            )  # fmt: skip
            for look in self.watches if known else ():
                look(work, panel, request.user)


def _which(panels: list[tuple[int | None, str]], request: Request) -> Tell:
    buttons = [
        button(code, f"kit.panel.{number}", About(panel=id, code=f"{request.action_id} {request.text}"))
        for number, (id, code) in enumerate(panels)
    ]
    said = "You are on several panels. Which one?"
    return Tell(said, (section(said), *rows(buttons)))
