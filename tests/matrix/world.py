"""A month in which one case holds one of everything that is not for everybody, and somebody of every kind to look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlmodel import SQLModel

from commands.meetings.drafting import draft
from commands.pages import feeds, passes
from commands.pages.dates import open_feed
from commands.pages.opening import open_pack
from commands.pages.pack import Pack
from panel.codes import Role
from panel.cycle import CutOff
from storage.tables import Action, Agency, Case, Conflict, Minutes, Request, Seat, Victim
from storage.work import UnitOfWork
from tests.commands.agenda_desk import desk_before_panel, issued
from tests.commands.month_rows import meeting_of, panel_of
from tests.desk import Desk
from tests.matrix.crawl import CALENDAR, PAGE, Crawler, Door, Screen
from tests.matrix.table import Reader, Thing
from tests.matrix.things import ENDED, OFF_CASE, PLANT, SOURCE, Soil, lay

CASE = "MSP-26-0042"  # the by-and-for service is invited to it
KNOWN = {
    Reader.COORDINATOR: "Z.O.", Reader.CHAIR: "V.X.", Reader.SOURCE: "N.B.", Reader.DEPUTY: "O.V.",
    Reader.NAMED: "T.G.", Reader.OTHER: "F.J.", Reader.POLICE: "R.Y.", Reader.PERP_FACING: "D.U.",
    Reader.VICTIM_SERVICE: "I.K.", Reader.BY_AND_FOR: "S.O.", Reader.OFF_CASE: "B.X.", Reader.LEAD: "P.T.",
    Reader.RECUSED: "X.D.",
}  # fmt: skip
SEATED = {  # newcomers, by the role of the panel that they take over
    Reader.DEPUTY_CHAIR: Role.DEPUTY_CHAIR, Reader.OBSERVER: Role.OBSERVER, Reader.STEERING: Role.STEERING,
    Reader.INFORMATION_GOVERNANCE: Role.INFORMATION_GOVERNANCE, Reader.DUTY: Role.DUTY,
}  # fmt: skip
HOLDERS: tuple[type[SQLModel], ...] = (Action, Victim)  # rows on which something is planted
OUTSIDE = (Reader.ADMIN, Reader.STRANGER, Reader.DOER)


@dataclass
class World:
    """The desk after its meeting. `users`: everybody who looks. `undo`: how what was planted is taken out again."""

    desk: Desk
    users: dict[Reader, str]
    crawler: Crawler
    ids: dict[str, int]
    planted: list[tuple[type[SQLModel], Any]] = field(default_factory=list)
    before: list[tuple[type[SQLModel], Any, dict[str, Any]]] = field(default_factory=list)

    def soil(self, work: UnitOfWork) -> Soil:
        case = work.first(Case, Case.ref == CASE)
        assert case is not None
        agencies = {agency.code: agency for agency in work.find(Agency)}
        return Soil(work, case, meeting_of(self.desk, work), agencies, self.users[Reader.DOER])

    def plant(self, things: Iterable[Thing]) -> None:
        """Each of them, and the minutes drafted anew."""
        with self.desk.work() as work:
            self.before = [(type(row), _key(row), row.model_dump()) for t in HOLDERS for row in work.find(t)]
            soil = self.soil(work)
            for thing in things:
                PLANT[thing](soil)
            self.planted = [(type(row), _key(row)) for row in soil.made]
        self.draft()

    def clear(self) -> None:
        """Take everything out again."""
        with self.desk.work() as work:
            for table, key in reversed(self.planted):
                work.session.delete(work.get(table, key))
                work.session.flush()
            self.planted = []
            for table, key, values in self.before:
                row = work.look(table, key)
                for name, value in values.items() if row is not None else ():
                    setattr(row, name, value)

    def draft(self) -> None:
        """The minutes from the record as it stands, approved and issued; none while the record is open."""
        with self.desk.work() as work:
            meeting = meeting_of(self.desk, work)
            for old in work.find(Minutes, Minutes.meeting_id == meeting.id):
                work.session.delete(old)
            work.session.flush()
            if meeting.record_closed_at is not None:
                minutes = draft(work, panel_of(work), meeting)
                minutes.approved_by, minutes.approved_at, minutes.issued_at = "U1", work.now, work.now

    def look(self, reader: Reader) -> list[Screen]:
        """Everything that this person comes to see."""
        with self.acting(reader):
            user = self.users[reader]
            return [*self.crawler.everything(user, self.messages(user)), *self.pages(user)]

    def pages(self, user: str) -> list[Screen]:
        """What a link and its code open for them; given to everybody here, though few are offered one."""
        with self.desk.work() as work:
            given = passes.give(work, panel_of(work), meeting_of(self.desk, work), user)
            key = feeds.make(work, panel_of(work), user)
        service = self.desk.bot.service
        found, dates = open_pack(service, given.token, given.code), open_feed(service, key)
        pages = [Screen(PAGE, "pack", repr(found.sheets))] if isinstance(found, Pack) else []
        return [*pages, Screen(CALENDAR, "feed", dates.written.decode())] if dates else pages

    def messages(self, user: str) -> Sequence[dict[str, Any]]:
        """What stands in the channel, whether they are in it or not, and in their own conversation with the bot."""
        space = self.desk.workspace
        return [*space.messages(self.desk.channel), *space.messages(user=user)]

    @contextmanager
    def acting(self, reader: Reader) -> Iterator[None]:
        """The deputy chair acts for this meeting while the acting chair looks."""
        self._act(self.users[reader] if reader is Reader.ACTING_CHAIR else None)
        try:
            yield
        finally:
            self._act(None)

    def _act(self, user: str | None) -> None:
        with self.desk.work() as work:
            meeting_of(self.desk, work).acting_chair = user

    def about_the_case(self, door: Door) -> bool:
        """Whether a button is about this case and its actions, or about none."""
        about = door.about
        if "action" in about:
            with self.desk.store.read(self.desk.bot.clock.now()) as work:
                action = work.look(Action, about["action"])
                return action is not None and action.case_id == self.ids["case"]
        return about.get("case", self.ids["case"]) == self.ids["case"] and not (
            door.chosen and about.get("case") not in (None, self.ids["case"])
        )


def _key(row: Any) -> int:
    key: int = row.id
    return key


@contextmanager
def open_world(folder: Path, things: Iterable[Thing] = ()) -> Iterator[World]:
    """Two days before the meeting; `things` are planted already."""
    with desk_before_panel(folder) as desk:
        users = {reader: desk.users[who] for reader, who in KNOWN.items()}
        users |= {reader: desk.newcomer(reader.value) for reader in (*SEATED, *OUTSIDE)}
        users[Reader.ACTING_CHAIR] = users[Reader.DEPUTY_CHAIR]
        desk.workspace.change_user(users[Reader.ADMIN], is_admin=True)
        service = desk.bot.service
        team = desk.workspace.info()["team_id"]
        world = World(desk, users, Crawler(service, team, desk.channel), {})
        world.crawler.wanted = world.about_the_case
        with desk.work() as work:
            _take_seats(work, desk, users)
            soil = world.soil(work)
            assert soil.case.id and soil.meeting.id
            world.ids = {"case": soil.case.id, "meeting": soil.meeting.id}
            soil.meeting.list_date = soil.meeting.day - timedelta(days=12)
            _set_apart(soil, users)
            lay(soil)
        world.plant(things)
        yield world


def _take_seats(work: UnitOfWork, desk: Desk, users: dict[Reader, str]) -> None:
    panel = panel_of(work)
    source = work.first(Agency, Agency.code == SOURCE)
    assert panel.id and source
    for reader, role in SEATED.items():
        for seat in work.find(Seat, Seat.role == role):
            seat.until = work.now
        work.session.flush()
        agency = source.id if role is Role.DUTY else None
        work.add(
            Seat(panel_id=panel.id, agency_id=agency, role=role, team_id=panel.team_id, user_id=users[reader],
                 since=work.now)
        )  # fmt: skip


def _set_apart(soil: Soil, users: dict[Reader, str]) -> None:
    """One agency is not asked about the case, one person has a conflict."""
    assert soil.case.id and soil.meeting.id
    for agency in soil.agencies.values():
        assert agency.id
        asked = soil.work.first(
            Request, Request.meeting_id == soil.meeting.id, Request.case_id == soil.case.id,
            Request.agency_id == agency.id,
        )  # fmt: skip
        row = asked or soil.work.add(
            Request(meeting_id=soil.meeting.id, case_id=soil.case.id, agency_id=agency.id, asked_at=soil.work.now)
        )  # fmt: skip
        row.status = "left_out" if agency.code == OFF_CASE else "asked"
    soil.work.add(
        Conflict(case_id=soil.case.id, user_id=users[Reader.RECUSED], agency_id=soil.agencies["IDVA"].id,
                 declared_at=soil.work.now)
    )  # fmt: skip


def issue(world: World) -> None:
    """The agenda is approved, and goes out."""
    issued(world.desk)
    world.desk.go_to(world.desk.stage.after(CutOff.AGENDA_LOCKED))


def hold(world: World) -> None:
    """The meeting is held and its record closed; a week later the minutes are out."""
    stage = world.desk.stage
    world.desk.go_to(stage.after(CutOff.PANEL, 3))
    with world.desk.work() as work:
        meeting = meeting_of(world.desk, work)
        meeting.status, meeting.record_closed_at = "held", work.now
        ended = work.first(Action, Action.ref == ENDED)
        assert ended is not None
        ended.status_at = work.now
    world.desk.go_to(stage.cut_offs[CutOff.MINUTES_ISSUE] + timedelta(hours=1))
    world.draft()
