"""The whole month file."""

from bot.month.actions import Action
from bot.month.cases import Case
from bot.month.fields import AgencyCode, CaseRef, Cell, Return, Row
from bot.month.meeting import Agenda, Cycle, Expected, Update
from bot.month.setup import Agency, Demo, Panel


class Month(Row):
    """One panel's month; `read_month` makes it and has checked it as a whole."""

    demo: Demo | None = None
    panel: Panel
    agencies: tuple[Agency, ...]
    cycle: Cycle | None = None
    cases: tuple[Case, ...] = ()
    returns: dict[CaseRef, dict[AgencyCode, Cell]] = {}
    updates: tuple[Update, ...] = ()
    agenda: Agenda | None = None
    actions: tuple[Action, ...] = ()
    expected: Expected | None = None

    @property
    def playable(self) -> bool:
        """Whether the demo may play it: marked as fictional, with a meeting and a day to look at it."""
        return self.demo is not None and self.demo.fictional and self.cycle is not None

    def agency(self, code: str) -> Agency:
        """The agency with this code. Raises KeyError for another, and for the panel's own office."""
        return {agency.code: agency for agency in self.agencies}[code]

    def case(self, ref: str) -> Case:
        """The case with this reference. Raises KeyError for another."""
        return {case.ref: case for case in self.cases}[ref]

    def returned(self, case: str, agency: str) -> Return:
        """The square of the return grid. Raises KeyError for a pair outside it."""
        return self.returns[case][agency]
