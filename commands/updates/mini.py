"""The return of two minutes, for an agency that was invited to one case: four questions, then its hours."""

from __future__ import annotations

from dataclasses import dataclass

from commands.kit.answers import Answer, Show
from commands.kit.blocks import section
from commands.kit.errors import Refusal
from commands.kit.fields import Decimal, One, Text
from commands.kit.forms import Form, WrongAnswers, ask
from commands.kit.modes import in_writing
from commands.kit.turn import Turn
from commands.updates.answers import keep, write
from commands.updates.desk import Answering, answering_now, by_when
from commands.updates.sent import need_words
from commands.updates.sitting import back
from panel.codes import Code, Function, ReturnKind
from panel.restriction import automatic
from panel.returns import NILS, ReturnDraft, hours_problem

NEVER = "References only: never names, addresses or numbers."


class Known(Code):
    """What a small service says first."""

    INFORMATION = ReturnKind.INFORMATION.value, "Yes, and we have something to say"
    NIL_KNOWN_NOT_CURRENT = ReturnKind.NIL_KNOWN_NOT_CURRENT.value, "Known before, nothing now"
    NIL_NO_RECORD = ReturnKind.NIL_NO_RECORD.value, "No trace in systems searched"


class Attending(Code):
    """Whether they come for their case."""

    SLOT = "slot", "Yes, for this case"
    WRITING = "writing", "No, this is all"


class NotInvited(Refusal):
    """This short form is for an agency that was invited to one case. Yours answers with “Tell us something”."""


@dataclass
class MiniReturn(Form):
    """Known, what, advice, coming."""

    name = "updates.mini"
    title = "In two minutes"
    known: str = ask(One("Do you know the subject or a victim?", choices=[(each.value, each.label) for each in Known]))
    what: str | None = ask(
        Text("What should the panel know?", f"What, when, how you know. {NEVER}", True, lines=True), None
    )
    advice: str | None = ask(
        Text(
            "What do you advise?",
            f"What would help or harm, and why: language, family, faith. {NEVER}",
            True,
            lines=True,
        ),
        None,
    )
    attending: str | None = ask(One("Do you come?", choices=[(each.value, each.label) for each in Attending]), None)

    def check(self) -> dict[str, str]:
        """Something to say, if and only if there is something."""
        says = bool(self.what or self.advice)
        if self.known == Known.INFORMATION and not says:
            return {"what": "Write a line here or under your advice, or choose another answer above."}
        return {"what": "Choose “Yes” above to send this."} if says and self.known != Known.INFORMATION else {}


@dataclass
class HoursSpent(Form):
    """What it cost a small service."""

    name = "updates.hours"
    title = "Hours"
    hours: float = ask(Decimal("Hours spent on this case", "Reading, asking, coming: for the panel's own figures."))


def open_form(turn: Turn) -> Answer:
    """The form, for an agency outside the core."""
    need_words(turn)
    here = _invited(turn)
    usual = automatic(Function(here.asked.agency.function))
    words = turn.say("updates/mini_heading", case=here.asked.case, usual=usual, **by_when(turn, here.sitting.meeting))
    without = ("attending",) if in_writing(here.sitting.meeting) else ()
    given = {"attending": Attending.SLOT if here.asked.request.slot else None}
    return Show(MiniReturn.draw(turn.about.but(code=None), initial=given, before=[section(words)], without=without))


def save(turn: Turn, form: MiniReturn) -> Answer:
    """The return, and whether the agenda has to keep a time for them."""
    need_words(turn)
    here = _invited(turn)
    kind = ReturnKind(form.known)
    searched = here.statement
    draft = ReturnDraft(
        kind, systems=searched.systems, list_version=searched.list_version, says_something=kind not in NILS
    )  # fmt: skip
    sent = keep(turn, here, draft)
    usual = automatic(Function(here.asked.agency.function))
    for name, body in (("fact", form.what), ("advice", form.advice)):
        if body:
            write(turn, here, sent, name, body, usual)
    if form.attending is not None:
        here.asked.request.slot = form.attending == Attending.SLOT
    return back(turn)


def open_hours(turn: Turn) -> Answer:
    """How long it took, as it stands."""
    here = _invited(turn)
    words = section(f"*{here.asked.case.ref}* · {here.asked.case.subject_ref}")
    return Show(HoursSpent.draw(turn.about.but(code=None), before=[words], initial={"hours": here.asked.request.hours}))


def save_hours(turn: Turn, form: HoursSpent) -> Answer:
    """Keep them with the request."""
    here = _invited(turn)
    wrong = hours_problem(form.hours)
    if wrong:
        raise WrongAnswers({"hours": wrong.sentence})
    here.asked.request.hours = form.hours
    turn.audit("said hours", f"request:{here.asked.request.id}", case_id=here.asked.case.id)
    return back(turn)


def _invited(turn: Turn) -> Answering:
    here = answering_now(turn)
    if here.asked.agency.core:
        raise NotInvited
    return here
