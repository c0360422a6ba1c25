"""How the victim is when a case ends: said by the victim service alone, or by the chair where the case has none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from commands.cases.edit import kept, put
from commands.cases.hub import meeting_in_work
from commands.kit.alerts import of_service
from commands.kit.answers import Answer, Show, Tell
from commands.kit.errors import ChangedMeanwhile, Refusal
from commands.kit.fields import One, Text
from commands.kit.forms import Form, ask
from commands.kit.meetings import today
from commands.kit.people import agency_of, thing_of
from commands.kit.turn import Turn
from commands.life.ending import end_when_complete, told
from panel.access import Thing, Verb
from panel.codes import Function
from panel.codes.life import VictimView
from storage.tables import Case


class NeedsReason(Refusal):
    """There is no victim service on the case, so you answer as chair: give your reason."""


@dataclass
class View(Form):
    """Its view, for chair and victim service in words; for the coordinator as a code."""

    name = "life.view"
    title = "How the victim is"
    view: str = ask(
        One("How is the victim, compared with before?", choices=[(each, each.label) for each in VictimView])
    )
    words: str | None = ask(
        Text(
            "In your words", "What the victim wants the panel to know; who stays in touch. Never a name or an address.",
            optional=True, lines=True, limit=1_000,
        )
    )  # fmt: skip


def thing(turn: Turn, case: Case) -> Thing:
    """The case, and whether it has anybody of a victim service."""
    service = of_service(turn.work, case.panel_id, Function.VICTIM_SERVICE, case_id=case.id)
    return replace(thing_of(turn.work, case, meeting_in_work(turn)), no_victim_service=not service)


def open_form(turn: Turn) -> Answer:
    """The form, with what was said."""
    case = turn.work.get(Case, turn.about.case)
    turn.need(Verb.GIVE_VICTIM_VIEW, thing(turn, case))
    turn.audit("opened", f"case:{case.id}", case_id=case.id, section="victim_view")
    known = told(case)
    initial = {"view": known.get("view"), "words": known.get("view_words")}
    return Show(View.draw(turn.about.but(version=case.version), initial=initial))


def save(turn: Turn, form: View) -> Answer:
    """Keep it, with who said it and when."""
    case = turn.work.get(Case, turn.about.case)
    turn.need(Verb.GIVE_VICTIM_VIEW, thing(turn, case))
    if turn.about.version != case.version:
        raise ChangedMeanwhile
    agency = agency_of(turn.work, turn.panel, turn.person)
    service = agency if agency and agency.function == Function.VICTIM_SERVICE else None
    if service is None and not form.words:
        raise NeedsReason(field="words")
    day: date = today(turn.panel, turn.work.now)
    said = kept(view=form.view, view_words=form.words, view_by=service.code if service else "chair", view_on=day)
    put(case, ending={**{k: v for k, v in told(case).items() if not k.startswith("view")}, **said})
    case.version += 1
    end_when_complete(turn.work, case, by=turn.user, surface=turn.request.surface)
    turn.audit("victim_view", f"case:{case.id}", case_id=case.id, view=form.view)
    return Tell(turn.say("life/view_saved", case=case))
