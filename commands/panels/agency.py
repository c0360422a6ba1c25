"""An agency of the panel: added, and edited."""

from __future__ import annotations

import re
from dataclasses import dataclass

from commands.kit.answers import Answer, Back, Show
from commands.kit.errors import ChangedMeanwhile, NoSuchThing, Refusal
from commands.kit.fields import One, Text
from commands.kit.forms import Form, ask
from commands.kit.hours import next_digest
from commands.kit.people import person_on
from commands.kit.turn import Turn
from commands.panels import pick, seats
from commands.panels.people import EDIT, people_view
from panel.access import Thing, Verb, role_clash
from panel.codes import Function, Nation
from panel.grants import PANEL_OFFICE
from storage.tables import Agency

CODE = re.compile(r"[A-Z][A-Z0-9_]{1,7}")
A_LINE = 75  # a system is a box to tick, and Slack gives its label this much
MOST_SYSTEMS = 100


class BadCode(Refusal):
    """Two to eight letters and digits, a letter first, like POL. PANEL is the panel's own office."""


class CodeTaken(Refusal):
    """There is an agency with this code already. Choose another, or edit that one."""


THE_PANELS = "panel"
ZONES = ("Europe/London", "Europe/Dublin", "Europe/Isle_of_Man", "Europe/Jersey", "Europe/Guernsey", "Europe/Gibraltar")
CLOCKS = [(THE_PANELS, "The panel's"), *((zone, zone.split("/")[-1].replace("_", " ")) for zone in ZONES)]


@dataclass
class EditAgency(Form):
    """What an agency is. Its code stays for good: references and restrictions name it."""

    name = "panels.agency.save"
    title = "An agency"
    code: str | None = ask(Text("Code", "Two to eight letters and digits, as in POL. It stays.", limit=8), None)
    called: str = ask(Text("Name", "The agency's name, nobody's.", limit=100, guarded=False))
    function: str = ask(
        One("What is it for?", "Rules go by this.", choices=[(one.value, one.label) for one in Function])
    )
    core: str = ask(One("When is it asked?", choices=[("core", "About every case"), ("invited", "Case by case")]))
    systems: str | None = ask(
        Text(
            "Systems it usually searches", "One a line. Its people tick those they searched.",
            optional=True, lines=True, guarded=False,
        )
    )  # fmt: skip

    timezone: str | None = ask(
        One("Whose clock do its people go by?", "For its quiet hours and digest.", choices=CLOCKS), None
    )
    nation: str | None = ask(
        One(
            "Whose bank holidays do they keep?", "Cut-offs and due days stay the panel's.",
            choices=[(THE_PANELS, "The panel's"), *((one.value, one.label) for one in Nation)],
        ),
        None,
    )  # fmt: skip

    def check(self) -> dict[str, str]:
        """Each system is a box to tick later. Immigration enforcement is never asked about every case."""
        if self.function == Function.IMMIGRATION and self.core == "core":
            return {"core": "Case by case: chair and victim service agree to each invitation, or it is not asked."}
        systems = lines(self.systems)
        if any(len(system) > A_LINE for system in systems):
            return {"systems": f"Each system on a line of its own, at most {A_LINE} characters."}
        return {"systems": f"At most {MOST_SYSTEMS} systems."} if len(systems) > MOST_SYSTEMS else {}


def lines(text: str | None) -> list[str]:
    """The lines of a text, each once, without blanks."""
    return list(dict.fromkeys(line.strip() for line in (text or "").splitlines() if line.strip()))


def choose(turn: Turn) -> Answer:
    """An agency's menu: a role of it, or the agency itself."""
    return open_form(turn) if turn.about.code == EDIT else pick.open_form(turn)


def open_form(turn: Turn) -> Answer:
    """The form: empty for a new agency, filled in for one that is there."""
    turn.need(Verb.MANAGE_PEOPLE, Thing())
    if turn.about.agency is None:
        return Show(EditAgency.draw(turn.about, initial={"core": "core"} | _hours(None)))
    agency = _agency(turn)
    initial = {
        "called": agency.name, "function": agency.function, "core": "core" if agency.core else "invited",
        "systems": "\n".join(agency.systems), **_hours(agency),
    }  # fmt: skip
    other = [(agency.timezone, agency.timezone)] if agency.timezone and agency.timezone not in ZONES else []
    about, clocks = turn.about.but(version=agency.version), [*CLOCKS, *other]
    return Show(EditAgency.draw(about, initial=initial, choices={"timezone": clocks}, without=("code",)))


def _hours(agency: Agency | None) -> dict[str, str]:
    own = {"timezone": agency.timezone, "nation": agency.nation} if agency else {"timezone": None, "nation": None}
    return {name: told or THE_PANELS for name, told in own.items()}


def save(turn: Turn, form: EditAgency) -> Answer:
    """Add or change it; the list beneath shows it."""
    turn.need(Verb.MANAGE_PEOPLE, Thing())
    agency = _new(turn, form) if turn.about.agency is None else _agency(turn)
    if agency.id is not None and agency.version != turn.about.version:
        raise ChangedMeanwhile
    agency.version += agency.id is not None
    agency.name, agency.function, agency.core = form.called, form.function, form.core == "core"
    agency.systems = lines(form.systems)
    agency.timezone, agency.nation = _own(form.timezone, agency.timezone), _own(form.nation, agency.nation)
    turn.work.add(agency)
    turn.panel.wake_at = next_digest(turn.work, turn.panel, turn.work.now)
    _refuse_clashes(turn, agency)
    turn.audit("agency_saved", f"agency:{agency.id}")
    return Back(people_view(turn))


def _own(told: str | None, before: str | None) -> str | None:
    """What an agency keeps of its own; as before where it was not asked."""
    return before if told is None else None if told == THE_PANELS else told


def _new(turn: Turn, form: EditAgency) -> Agency:
    assert turn.panel.id is not None
    code = (form.code or "").upper()
    if not CODE.fullmatch(code) or code == PANEL_OFFICE:
        raise BadCode(field="code")
    if turn.work.first(Agency, Agency.panel_id == turn.panel.id, Agency.code == code):
        raise CodeTaken(field="code")
    return Agency(panel_id=turn.panel.id, code=code, name=form.called, function=form.function)


def _agency(turn: Turn) -> Agency:
    agency = turn.work.get(Agency, turn.about.agency)
    if agency.panel_id != turn.panel.id:
        raise NoSuchThing
    return agency


def _refuse_clashes(turn: Turn, agency: Agency) -> None:
    """What an agency is for decides who may stand for it."""
    here = {seat.user_id for seat in seats.current(turn.work, turn.panel.id) if seat.agency_id == agency.id}
    for user in here - {None}:
        reason = role_clash(person_on(turn.work, turn.panel, str(user)).roles)
        if reason:
            raise seats.Clash(field="function", reason=reason)
