"""Which other forums deal with the subject or those at risk, and which leads."""

from __future__ import annotations

from dataclasses import dataclass

from commands.cases.edit import begin, finish, kept, put, resume
from commands.cases.picture import HERE, LEADERS, forums
from commands.kit.answers import Answer, Show
from commands.kit.fields import Many, One
from commands.kit.forms import Form, ask
from commands.kit.turn import Turn
from panel.codes import OtherForum
from panel.codes.subject import MappaCategory, MappaLevel


@dataclass
class OtherForums(Form):
    """Where else, and who leads (field reference 1.2)."""

    name = "cases.forums"
    title = "Other forums"
    on: list[str] = ask(
        Many("Where else is this dealt with?", "None ticked: nowhere else, as far as those asked know.", optional=True,
             choices=[(c, c.label) for c in OtherForum])
    )  # fmt: skip
    category: str | None = ask(One("MAPPA category", optional=True, choices=[(c, c.label) for c in MappaCategory]))
    level: str | None = ask(One("MAPPA level", optional=True, choices=[(c, c.label) for c in MappaLevel]))
    leads: str = ask(One("Which leads?", choices=LEADERS))

    def check(self) -> dict[str, str]:
        """MAPPA's category and level go with MAPPA; what leads is one of them."""
        mappa = OtherForum.MAPPA in self.on
        wrong = {}
        if mappa and not (self.category and self.level):
            wrong["level" if self.category else "category"] = "Choose category and level, or take MAPPA out above."
        if not mappa and (self.category or self.level):
            wrong["on"] = "Tick MAPPA, or clear its category and level below."
        if self.leads not in (HERE, *self.on):
            wrong["leads"] = "Choose this panel, or a forum that is ticked above."
        return wrong


def open_form(turn: Turn) -> Answer:
    """The form, with what is on record."""
    case = begin(turn, "forums")
    return Show(OtherForums.draw(turn.about.but(version=case.version), initial=forums(case) or {"leads": HERE}))


def save(turn: Turn, form: OtherForums) -> Answer:
    """Keep it."""
    case = resume(turn)
    put(case, forums=kept(**vars(form)))
    return finish(turn, case, "forums")
