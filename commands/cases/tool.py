"""Another tool's result: its name, its value and its day, as given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from commands.cases import assessed, record
from commands.cases.edit import begin, finish, kept, not_ahead, resume
from commands.kit.answers import Answer, Show, Wrong
from commands.kit.blocks import label
from commands.kit.fields import Day, One, Text
from commands.kit.forms import Form, ask
from commands.kit.people import agencies_of
from commands.kit.turn import Turn
from panel.codes import Tool

OTHERS = [tool for tool in Tool if tool not in (Tool.RFG, Tool.PPIT, Tool.RANKED_LIST)]


@dataclass
class ToolResult(Form):
    """One result."""

    name = "cases.tool"
    title = "Another tool"
    tool: str = ask(One("Which tool?", choices=[(tool.value, tool.label) for tool in OTHERS]))
    called: str | None = ask(
        Text("Its name, if it is another one", "The tool's name, never a person's.", optional=True, limit=60)
    )
    value: str = ask(Text("Its result", "As given, such as 16 ticks or high. Not worked out here.", limit=80))
    on: date = ask(Day("Done on"))
    by: str | None = ask(One("Done by", optional=True), None)
    victim: str | None = ask(
        One("About which victim?", "DASH says how a victim stands, never the subject.", optional=True), None
    )

    def check(self) -> dict[str, str]:
        """A tool that is not in the list has a name; DASH is a victim's."""
        if self.tool == Tool.OTHER and not self.called:
            return {"called": "Which tool is it?"}
        if self.tool == Tool.DASH and not self.victim:
            return {"victim": "DASH is about a victim: choose which. Link the victim first if there is none."}
        return {}


def open_form(turn: Turn) -> Answer:
    """The form, empty: each result stands for itself."""
    case = begin(turn, "tools")
    agencies = [(agency.code, label(f"{agency.code} · {agency.name}")) for agency in agencies_of(turn.work, turn.panel)]
    victims = [(victim.ref, victim.ref) for victim in record.victims(turn.work, case)]
    without = [name for name, choices in (("by", agencies), ("victim", victims)) if not choices]
    return Show(
        ToolResult.draw(
            turn.about.but(version=case.version, row=None), choices={"by": agencies, "victim": victims}, without=without
        )
    )


def save(turn: Turn, form: ToolResult) -> Answer:
    """Keep it beside the others; it takes the place of the same agency's earlier one of this tool and victim."""
    case = resume(turn)
    wrong = not_ahead(turn, form.on)
    if wrong:
        return Wrong({"on": wrong})
    told = kept(value=form.value, called=form.called, on=form.on, by=form.by, victim=form.victim)
    for row in assessed.standing(turn.work, case, Tool(form.tool)):
        same = all((row.details or {}).get(name) == told.get(name) for name in ("called", "by", "victim"))
        row.replaced_at = turn.work.now if same else None
    assessed.add(turn, case, Tool(form.tool), told, form.on, form.by)
    return finish(turn, case, "tools")
