"""A year of a panel by the product's own heartbeat and outbox: twenty agencies, twelve meetings, three hundred actions,
their answers, leave, moved meetings. Slack's end of the relay alone is left out: what is drawn is written down."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from slack_bolt import App
from slack_sdk import WebClient
from sqlmodel import col, func, select

from bot.heartbeat import Heartbeat
from commands import JOURNEYS
from commands.actions.facts import facts_of
from commands.actions.record import let_others_follow, write
from commands.actions.wake import settle
from commands.kit.about import About
from commands.kit.answers import Tell, Wrong
from commands.kit.instead import pass_on
from commands.kit.notices import Message, NotYet, PassedOn
from commands.kit.service import Service
from commands.kit.turn import Request
from commands.kit.words import Words
from commands.panels.cadence import rule_of
from commands.panels.cycle import plan
from commands.reminders.standing import on_panel
from panel.access import Refused
from panel.codes import ActionStatus, Nation, OnHoliday, Outcome, Role, SafetyStatus
from panel.digest import digest_lines
from panel.moves import Move, move
from storage import outbox, tables
from storage.outbox import Owed
from storage.tables import (
    Action,
    ActionMove,
    Agency,
    Case,
    Dependency,
    Meeting,
    MoreTime,
    Notice,
    Panel,
    Seat,
)
from storage.work import Store, UnitOfWork
from tests.furnished import lay_empty, opened
from tests.year.record import CHAIR, COORDINATOR, DEPUTY_CHAIR, STEERING, Course, Leave, Stand, Team, Year

LONDON = ZoneInfo("Europe/London")
FIRST, LAST = date(2026, 9, 1), date(2027, 8, 31)  # both clock changes, Christmas and Easter
WORKSPACE = "T1"
KINDS = ("digest", "actions.escalate", "actions.agreed")  # the messages of the ladder
NO_CHECK, CHECKED = "P09", "P03"
BY_HAND = 0.1  # of the plain answers; more time is always asked for and decided on its form
MOVES = {
    "acknowledge": Move.ACKNOWLEDGE, "progress": Move.PROGRESS, "done": Move.REPORT, "query": Move.QUERY,
    "confirm": Move.CONFIRM,
}  # fmt: skip
DRAWN = 0.04  # of the digests; the others are read from the one look over the panel from which they were owed
COUNTED = re.compile(r"^• (\d+) (.*)$", re.MULTILINE)
# Nobody of the year is asked whether they still have their part: that has its own tests.
SETTINGS = {"ladder": {"steering_actions": 50}, "access": {"attest_days": 400}}


def local(day: date, hour: int, minute: int = 0) -> datetime:
    """A wall time of the panel's, in UTC."""
    return datetime.combine(day, time(hour, minute), tzinfo=LONDON).astimezone(UTC)


class Story:
    """A clock that stands where it is put."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def real(self) -> datetime:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass(frozen=True)
class Event:
    """Something that people do."""

    at: datetime
    order: int
    ref: str
    what: str
    value: Any = None


class World:
    """The panel, its bot, and what is to happen."""

    def __init__(self, store: Store, seed: int) -> None:
        self.random, self.store, self.clock = Random(seed), store, Story(local(FIRST, 7))
        self.draws = Random(seed)  # of the digests: how many there are makes no other year
        app = App(
            client=WebClient(token="xoxb-none"), signing_secret="none", token_verification_enabled=False,
            process_before_response=True,
        )  # fmt: skip
        self.service = Service(app, store, self.clock, Words(), structlog.get_logger())
        for register in JOURNEYS:
            register(app, self.service)
        self.heart = Heartbeat(store, self.clock, self.service.wakes, structlog.get_logger(), "year")
        self.year, self._order = Year(), count()
        self.events: list[Event] = []
        self.names: dict[str, int] = {}
        self._seen: tuple[datetime, dict[str, Any]] = (self.clock.at, {})

    # ---- the panel

    def furnish(self) -> None:
        """Panel, agencies, people, leave and the year's meetings."""
        with self.store.work(self.clock.at) as work:
            panel = work.add(
                Panel(
                    team_id=WORKSPACE, code="YR", name="A year", area="Nowhere", timezone="Europe/London",
                    nation=Nation.ENGLAND_AND_WALES, on_holiday=OnHoliday.NEXT_WORKING_DAY,
                    cadence=rule_of("nth:2", date(2026, 9, 9)), starts="09:30", minutes=120,
                    mode="meeting", settings=SETTINGS, fictional=True,
                )
            )  # fmt: skip
            self.panel = panel.id or 0
            for role, who in (
                (Role.COORDINATOR, COORDINATOR), (Role.CHAIR, CHAIR), (Role.DEPUTY_CHAIR, DEPUTY_CHAIR),
                (Role.STEERING, STEERING),
            ):  # fmt: skip
                work.add(Seat(panel_id=self.panel, role=role, user_id=who, since=work.now))
            for number in range(20):
                self._agency(work, number)
            case = work.add(
                Case(panel_id=self.panel, ref="C-1", subject_ref="K-1", status="active", opened_at=work.now)
            )
            self.case = case.id or 0
            plan(work, panel, FIRST, LAST)
            for meeting in work.find(Meeting):
                self.year.meetings[meeting.id or 0].append((self.clock.at, meeting.starts_at))

    def _agency(self, work: UnitOfWork, number: int) -> None:
        code, service = f"A{number:02}", number == 0
        deputy = f"UD{number}" if self.random.random() < 0.8 or number < 8 else ""
        lead, duty = (f"U{part}{number}" if self.random.random() < 0.8 else "" for part in "LU")
        leave: tuple[Leave, ...] = ()
        if deputy and number % 3 == 1:
            first = date(2026, 12, 18) if number == 1 else FIRST + timedelta(days=self.random.randrange(20, 320))
            leave = (Leave(first, first + timedelta(days=self.random.randrange(4, 21))),)
        agency = work.add(
            Agency(
                panel_id=self.panel, code=code, name=f"Agency {number}",
                function="victim_service" if service else "other", core=False,
            )
        )  # fmt: skip
        self.names[code] = agency.id or 0
        held = ((Role.REP, f"UR{number}"), (Role.DEPUTY, deputy), (Role.LEAD, lead), (Role.DUTY, duty))
        for role, who in held:
            if who:
                work.add(Seat(panel_id=self.panel, agency_id=agency.id, role=role, user_id=who, since=work.now))
        for days in leave:
            work.add(
                tables.Leave(
                    panel_id=self.panel, user_id=f"UR{number}", first=days.first, last=days.last, by_user=COORDINATOR,
                    made_at=work.now,
                )
            )  # fmt: skip
        self.year.teams[code] = Team(code, f"UR{number}", deputy, lead, duty, leave, checks=service)

    # ---- what is to happen

    def at(self, moment: datetime, ref: str, what: str, value: Any = None) -> None:
        """Something happens at a moment."""
        self.events.append(Event(moment, next(self._order), ref, what, value))
        self.events.sort(key=lambda event: (event.at, event.order))

    def some_time(self, after: date, least: int, most: int) -> datetime:
        """A moment of a working day, so many calendar days after another."""
        day = after + timedelta(days=self.random.randint(least, most))
        while day.weekday() > 4:
            day += timedelta(days=1)
        return local(day, self.random.randint(9, 16), self.random.randint(1, 59))

    def write_the_year(self) -> None:
        """Each meeting's actions and what becomes of each; two meetings are moved."""
        meetings = sorted(self.year.meetings)
        for place, key in enumerate(meetings):
            self.at(self.year.meetings[key][0][1] + timedelta(hours=2), "", "agree", key)
            if place in (4, 8):
                start = self.year.meetings[key][0][1]
                days = -2 if place == 4 else 7
                self.at(start - timedelta(days=9), "", "move", (key, (start + timedelta(days=days)).date()))

    def agree(self, meeting_id: int) -> None:
        """The actions of a meeting: twenty-five, and what will become of them."""
        with self.store.work(self.clock.at) as work:
            meeting = work.get(Meeting, meeting_id)
            refs = [self._one(work, meeting, number) for number in range(25)]
        for ref in refs:
            self._fate(self.year.courses[ref])

    def _one(self, work: UnitOfWork, meeting: Meeting, number: int) -> str:
        pick = self.random
        here = meeting.day
        ref = f"A-{meeting.id:02}-{number:02}"
        owner = "" if pick.random() < 0.05 else f"A{pick.randrange(1, 20):02}"
        immediate, checked = pick.random() < 0.07, pick.random() < 0.12
        assignee = ""
        if owner and (roll := pick.random()) < 0.45:
            assignee = f"UA{owner[1:]}" if roll < 0.3 else self.year.teams[owner].rep
        due_at = work.now + timedelta(hours=24) if immediate else None
        due = due_at.date() if due_at else here + timedelta(days=pick.choice((2, 7, 7, 14, 14, 14, 17, 28)))
        action = work.add(
            Action(
                panel_id=self.panel, case_id=self.case, meeting_id=meeting.id, ref=ref,
                code=CHECKED if checked else NO_CHECK, owner_id=self.names.get(owner), assignee=assignee or None,
                priority="immediate" if immediate else "standard", agreed_at=work.now, due=due, due_at=due_at,
                status="awaiting_safety_check" if checked else "open", status_at=work.now,
                safety="pending" if checked else "not_required",
            )
        )  # fmt: skip
        work.add(
            ActionMove(
                action_id=action.id or 0, at=work.now, by_user=COORDINATOR, move="add", was="", now=action.status
            )
        )  # fmt: skip
        needs: tuple[str, ...] = ()
        if number and not immediate and pick.random() < 0.08:
            needs = (f"A-{meeting.id:02}-{pick.randrange(number):02}",)
            needed = work.rows(Action, ref=needs[0])[0]
            work.add(Dependency(action_id=action.id or 0, needs_id=needed.id or 0))
        settle(work, work.get(Panel, self.panel), action)
        self.year.courses[ref] = Course(
            ref, owner, assignee, action.priority, work.now, meeting.id or 0, needs, [_stand(work, action)]
        )
        return ref

    def _fate(self, course: Course) -> None:
        """What its people will do, by chance; what is not possible any more when its moment comes is refused."""
        pick, start = self.random, course.agreed_at.astimezone(LONDON).date()
        due = course.stands[0].due
        if course.stands[0].status == "awaiting_safety_check":
            self.at(self.some_time(start, 1, 12), course.ref, "approve")
        if pick.random() < 0.65:
            self.at(self.some_time(start, 1, 6), course.ref, "acknowledge")
        if pick.random() < 0.25:
            self.at(self.some_time(start, 2, 12), course.ref, "progress")
        if pick.random() < 0.22:
            asked = self.some_time(due, -4, 6)
            self.at(asked, course.ref, "ask", (asked + timedelta(days=pick.randint(9, 24))).date())
            self.at(asked + timedelta(days=pick.randint(0, 9), minutes=7), course.ref, pick.choice(("give", "refuse")))
        late = pick.random()
        span = (-6, 0) if late < 0.66 else (1, 9) if late < 0.93 else (10, 40)
        reported = self.some_time(max(due, start), *span)
        if reported <= course.agreed_at:
            reported = course.agreed_at + timedelta(hours=20)
        self.at(reported, course.ref, "done")
        confirm = reported + timedelta(days=pick.randint(0, 5), minutes=11)
        if pick.random() < 0.1:
            self.at(confirm, course.ref, "query")
            self.at(confirm + timedelta(days=pick.randint(1, 12), minutes=3), course.ref, "done")
            confirm += timedelta(days=15)
        self.at(confirm, course.ref, "confirm")

    # ---- playing

    def play(self) -> Year:
        """Go from moment to moment: what people do, what becomes due, what is sent."""
        end = local(LAST, 23)
        while (moment := self._next()) is not None and moment <= end:
            self.clock.at = max(self.clock.at, moment)
            while self.events and self.events[0].at <= self.clock.at:
                self._act(self.events.pop(0))
            assert self.heart.tick(self.clock.at), "something could not be planned"
            self._drain()
        return self.year

    def _next(self) -> datetime | None:
        with self.store.read(self.clock.at) as work:
            waking: list[Any] = [table for table, _ in self.service.wakes]
            moments = [work.session.exec(select(func.min(table.wake_at))).one() for table in waking]
            moments.append(
                work.session.exec(select(func.min(Notice.not_before)).where(col(Notice.state) == "pending")).one()
            )
        found = [_aware(moment) for moment in moments if moment is not None]
        return min([*found, *(event.at for event in self.events[:1])], default=None)

    def _drain(self) -> None:
        now = self.clock.at
        while True:
            with self.store.work(now) as work:
                owed = outbox.claim(work.session, now, now, "year")
            if owed is None:
                return
            ended: dict[str, Any] = {"state": "dropped"}
            if owed.kind == "digest" and self.draws.random() > DRAWN:
                self._look(owed)
                with self.store.work(now) as work:
                    outbox.settle(work.session, owed.id, "year", leased_until=None, state="sent", sent_at=now)
                continue
            with self.store.read(now) as work:
                rendered = (
                    self.service.notices[owed.kind].draw(work, owed) if owed.kind in self.service.notices else None
                )
            if isinstance(rendered, PassedOn):
                with self.store.work(now) as work:
                    pass_on(work, owed, rendered.to)
            elif isinstance(rendered, NotYet):
                ended = {"state": "pending", "not_before": rendered.until}
            elif rendered is not None:
                ended = {"state": "sent", "sent_at": now, "channel": owed.to, "ts": str(owed.id)}
                self._note(owed, rendered)
            with self.store.work(now) as work:
                outbox.settle(work.session, owed.id, "year", leased_until=None, **ended)

    def _look(self, owed: Owed) -> None:
        """The lines of a digest without drawing it."""
        if self._seen[0] != self.clock.at:
            with self.store.read(self.clock.at) as work:
                people = on_panel(work, work.get(Panel, self.panel))
                self._seen = (self.clock.at, {who: digest_lines(facts, work.now) for who, facts in people.items()})
        for line, number in self._seen[1].get(owed.to, ()):
            words = self.service.words("reminders/line", line=line, number=number)
            self.year.sent.append((self.clock.at, owed.to, f"digest {words}"))

    def _note(self, owed: Owed, rendered: Any) -> None:
        if owed.kind not in KINDS or not isinstance(rendered, Message):
            return
        if owed.kind == "digest":
            for number, words in COUNTED.findall(rendered.text):
                self.year.sent.append((self.clock.at, owed.to, f"digest {number} {words}"))
        elif owed.kind == "actions.escalate":
            with self.store.read(self.clock.at) as work:
                ref = work.get(Action, owed.about["action"]).ref
            self.year.sent.append((self.clock.at, owed.to, f"{owed.about['step']} {ref}"))
        else:
            self.year.sent.append((self.clock.at, owed.to, f"agreed {owed.about['meeting']}"))

    # ---- what people do

    def _act(self, event: Event) -> None:
        if event.what == "agree":
            self.agree(event.value)
        elif event.what == "move":
            self._move(*event.value)
        else:
            done = self._answer(event)
            self.year.answers += done
            with self.store.read(self.clock.at) as work:
                (action,) = work.rows(Action, ref=event.ref)
                self.year.courses[event.ref].stands.append(_stand(work, action))

    def _move(self, key: int, day: date) -> None:
        self._submit(COORDINATOR, "panels.move", {"meeting": str(key), "new_day": day}, About(panel=self.panel))
        with self.store.read(self.clock.at) as work:
            self.year.meetings[key].append((self.clock.at, work.get(Meeting, key).starts_at))

    def _answer(self, event: Event) -> bool:
        if event.what in MOVES and self.random.random() > BY_HAND:
            return self._moves(event)
        return self._by_hand(event)

    def _moves(self, event: Event) -> bool:
        """The same move without the form that it is made on, which is most of its cost."""
        with self.store.work(self.clock.at) as work:
            (action,) = work.rows(Action, ref=event.ref)
            panel, what = work.get(Panel, self.panel), MOVES[event.what]
            done = Outcome.DONE_EFFECTIVE if what is Move.REPORT else None
            after = move(facts_of(work, panel, action), what, self.clock.at, outcome=done, reason="when?")
            if isinstance(after, Refused):
                return False
            owner = self.year.teams[self.year.courses[event.ref].owner].rep if action.owner_id else COORDINATOR
            if what in (Move.REPORT, Move.QUERY):
                action.reported_by = owner if what is Move.REPORT else None
                action.reported_at = self.clock.at if what is Move.REPORT else None
            made = write(work, panel, action, after, owner, what)
            if what is Move.REPORT:
                let_others_follow(work, panel, action, made)
        return True

    def _by_hand(self, event: Event) -> bool:
        with self.store.read(self.clock.at) as work:
            (action,) = work.rows(Action, ref=event.ref)
            panel_office = action.owner_id is None
            about = About(panel=self.panel, action=action.id, case=action.case_id)
        course = self.year.courses[event.ref]
        owner = COORDINATOR if panel_office else course.assignee or self.year.teams[course.owner].rep
        office = CHAIR if panel_office else COORDINATOR
        match event.what:
            case "approve":
                return self._approve(event.ref)
            case "acknowledge":
                return self._press(owner, "actions.acknowledge", about)
            case "progress":
                return self._submit(owner, "actions.progress", {"note": "some of it"}, about)
            case "ask":
                return self._submit(owner, "actions.time", {"until": event.value, "reason": "the court"}, about)
            case "give":
                return self._press(CHAIR, "actions.time.give", about)
            case "refuse":
                return self._submit(CHAIR, "actions.keep_date", {"reason": "it can't wait"}, about)
            case "done":
                return self._submit(owner, "actions.done", {"outcome": "done_effective"}, about)
            case "query":
                return self._submit(office, "actions.query", {"question": "when?"}, about)
            case _:
                return self._press(office, "actions.confirm", about)

    def _approve(self, ref: str) -> bool:
        """The victim service has approved it: what its own form does has tests of its own."""
        with self.store.work(self.clock.at) as work:
            (action,) = work.rows(Action, ref=ref)
            if action.status != ActionStatus.AWAITING_SAFETY_CHECK:
                return False
            panel = work.get(Panel, self.panel)
            after = replace(facts_of(work, panel, action), status=ActionStatus.OPEN, safety=SafetyStatus.APPROVED)
            write(work, panel, action, after, "UR0", "approve")
        return True

    def _press(self, user: str, name: str, about: About) -> bool:
        listener = self.service.buttons[name].listener
        return self._does(Request("modal", "", WORKSPACE, user, None, about, action_id=name), listener)

    def _submit(self, user: str, name: str, values: dict[str, Any], about: About) -> bool:
        sent = self.service.submissions[name]
        asked = sent.form.questions()
        form = sent.form(**{**{field: None for field in asked if field not in values}, **values})
        return self._does(
            Request("modal", "", WORKSPACE, user, None, about, action_id=name), lambda turn: sent.save(turn, form)
        )

    def _does(self, request: Request, listener: Any) -> bool:
        """Whether it was taken: what is not possible (any more) is refused."""
        view = {"id": f"V{next(self._order)}", "hash": "", "callback_id": request.action_id, "root_view_id": ""}
        answer = self.service._answer(replace(request, view=view | {"previous_view_id": None}), listener, once=True)
        return not isinstance(answer, Tell | Wrong)


def _stand(work: UnitOfWork, action: Action) -> Stand:
    asked = work.rows(MoreTime, action_id=action.id, granted=None)
    asked_at = asked[0].asked_at if asked else None
    return Stand(work.now, action.status, action.due, action.due_at, asked_at, action.reported_by)


def _aware(moment: Any) -> datetime:
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    found: datetime = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return found


def played(folder: Path, seed: int) -> Year:
    """A whole year by a seed."""
    database = folder / "year.db"
    lay_empty(database)
    with opened(database) as store:
        world = World(store, seed)
        world.furnish()
        world.write_the_year()
        return world.play()
