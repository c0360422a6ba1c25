"""The needs of the subject: one short form each."""

from __future__ import annotations

from dataclasses import dataclass

from commands.cases.edit import begin, finish, kept, put, resume
from commands.cases.picture import ELSEWHERE, NOBODY
from commands.kit.answers import Answer, Show
from commands.kit.blocks import label
from commands.kit.fields import One
from commands.kit.forms import Form, ask
from commands.kit.people import agencies_of
from commands.kit.turn import Turn
from panel.codes.subject import Effect, Need, NeedState, ServiceState


@dataclass
class SubjectNeed(Form):
    """A need, the service for it, and what meeting it does to the risk."""

    name = "cases.need"
    title = "A need"
    need: str = ask(One("Is there a need?", choices=[(c, c.label) for c in NeedState]))
    service: str = ask(One("Which service?"))
    state: str = ask(One("Where does that stand?", choices=[(c, c.label) for c in ServiceState]))
    effect: str = ask(
        One("What does this need do to the risk now?", "Support lowers it, or gives a reason to come near: say which.",
            choices=[(c, c.label) for c in Effect])
    )  # fmt: skip

    def check(self) -> dict[str, str]:
        """A service that somebody takes part in is somebody's."""
        if self.service == NOBODY and self.state != ServiceState.NONE:
            return {"service": "Choose whose service it is, or No service yet below."}
        return {}


def open_form(turn: Turn) -> Answer:
    """The form for one need, with what is on record."""
    case = begin(turn, "needs")
    need = turn.code(Need)
    told = (case.picture.get("needs") or {}).get(need) or {}
    initial = {
        "need": NeedState.NOT_KNOWN, "service": NOBODY, "state": ServiceState.NONE, "effect": Effect.UNCLEAR, **told,
    }  # fmt: skip
    agencies = [(agency.code, label(f"{agency.code} · {agency.name}")) for agency in agencies_of(turn.work, turn.panel)]
    choices = {"service": [*agencies, (ELSEWHERE, "A service outside the panel"), (NOBODY, "None")]}
    about = turn.about.but(version=case.version)
    return Show(SubjectNeed.draw(about, initial=initial, choices=choices, title=need.label))


def save(turn: Turn, form: SubjectNeed) -> Answer:
    """Keep it."""
    case = resume(turn)
    need = turn.code(Need)
    put(case, needs={**(case.picture.get("needs") or {}), need.value: kept(**vars(form))})
    return finish(turn, case, "needs")
