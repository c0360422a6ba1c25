"""A naive day-by-day reading of the field reference's chasing and escalation (7.7), from the record of a year alone:
no ladder, no digest and no calendar of the product's. Simple loops, written to be read beside the table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.year.record import CHAIR, COORDINATOR, STEERING, Course, Stand, Team, Year

LONDON = ZoneInfo("Europe/London")
DAY = timedelta(days=1)
BANK_HOLIDAYS = {
    date(2026, 8, 31), date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1), date(2027, 3, 26), date(2027, 3, 29),
    date(2027, 5, 3), date(2027, 5, 31), date(2027, 8, 30),
}  # fmt: skip
TO_DO = ("open", "acknowledged", "in_progress")
DONE = ("reported_complete", "complete")
# The lines of a digest, most urgent first.
OVERDUE, TODAY, SOON, ACKNOWLEDGE, CHECKS, HELD = (
    "overdue",
    "due today",
    "due soon",
    "to acknowledge",
    "safety check",
    "waits for another",
)
CONFIRM, TIME, NOBODY = "to confirm", "more time", "nobody"
URGENCY = (OVERDUE, TODAY, SOON, ACKNOWLEDGE, CHECKS, HELD)


def works(day: date) -> bool:
    """Monday to Friday, and no bank holiday."""
    return day.weekday() < 5 and day not in BANK_HOLIDAYS


def later(day: date, number: int) -> date:
    """So many working days on (or back)."""
    step = DAY if number > 0 else -DAY
    for _ in range(abs(number)):
        day += step
        while not works(day):
            day += step
    return day


def nine(day: date) -> datetime:
    """Nine in the morning; on a day that is none, of the next one that is."""
    while not works(day):
        day += DAY
    return datetime.combine(day, time(9), tzinfo=LONDON).astimezone(UTC)


def awake(moment: datetime) -> datetime:
    """The moment itself, or the end of the quiet hours (18:00 to 08:00, weekends, bank holidays) in which it lies."""
    here = moment.astimezone(LONDON)
    if works(here.date()) and 8 <= here.hour < 18:
        return moment
    day = here.date() if here.hour < 8 else here.date() + DAY
    while not works(day):
        day += DAY
    return datetime.combine(day, time(8), tzinfo=LONDON).astimezone(UTC)


def on(moment: datetime) -> date:
    """The local day of a moment."""
    return moment.astimezone(LONDON).date()


class Reading:
    """Everything that should have been sent."""

    def __init__(self, year: Year) -> None:
        self.year = year
        self.services = [team for team in year.teams.values() if team.checks]

    # ---- how things stood

    def stand(self, course: Course, at: datetime) -> Stand | None:
        """How an action stood at a moment; nothing before it was agreed."""
        found = [stand for stand in course.stands if stand.at <= at]
        return found[-1] if found else None

    def held_up(self, course: Course, at: datetime) -> bool:
        """Whether it waits for another action."""
        for ref in course.needs:
            need = self.stand(self.year.courses[ref], at)
            if need is None or need.status not in DONE:
                return True
        return False

    def free_since(self, course: Course, at: datetime) -> datetime:
        """Since when its owner may act: nothing stood before it from then on."""
        moments = sorted(
            {stand.at for stand in course.stands}
            | {stand.at for ref in course.needs for stand in self.year.courses[ref].stands}
        )
        since = course.agreed_at
        free = False
        for moment in [moment for moment in moments if moment <= at]:
            stand = self.stand(course, moment)
            now = stand is not None and stand.status in TO_DO and not self.held_up(course, moment)
            if now and not free:
                since = max(moment, course.agreed_at)
            free = now
        return since

    def meetings(self, at: datetime) -> list[datetime]:
        """When the panel meets, as it was known at a moment."""
        found = []
        for known in self.year.meetings.values():
            found.append([start for since, start in known if since <= at][-1])
        return sorted(found)

    # ---- who is who on a day

    def away(self, team: Team, day: date) -> bool:
        return any(leave.first <= day <= leave.last for leave in team.leave)

    def rep(self, course: Course, day: date) -> str:
        """The representative, or the deputy on days of leave; of the office the coordinator."""
        if not course.owner:
            return COORDINATOR
        team = self.year.teams[course.owner]
        return team.deputy if self.away(team, day) else team.rep

    def assignee(self, course: Course, day: date) -> str:
        if not course.assignee:
            return self.rep(course, day)
        if course.owner and course.assignee == self.year.teams[course.owner].rep:
            return self.rep(course, day)
        return course.assignee

    def people(self, course: Course, role: str, day: date) -> str:
        """Who holds a role around an action; an empty name is nobody."""
        team = self.year.teams.get(course.owner)
        if role == "assignee":
            return self.assignee(course, day)
        if role == "rep":
            return self.rep(course, day)
        if role == "coordinator":
            return COORDINATOR
        if role == "chair":
            return CHAIR
        if role == "checker":
            return self.services[0].rep
        if team is None:  # the panel's own office: its coordinator, then its chair
            return COORDINATOR if role == "duty" else CHAIR
        return {"deputy": team.deputy, "lead": team.lead, "duty": team.duty}[role]

    # ---- the rows of the table

    def rows(self, course: Course, stand: Stand, at: datetime) -> Iterator[tuple[datetime, str, tuple[str, ...]]]:
        """Each row of the table: from when, its name, who is told."""
        if stand.due_at is not None and course.priority == "immediate":
            told = ("assignee", "rep", "duty")
            for hours in (-2, 0, 1, 4):
                more = ("chair",) if hours == 4 else ()
                yield stand.due_at + timedelta(hours=hours), f"fast{hours:+}h", told + more
            return
        due = stand.due
        yield self.morning(due, -3), "due_soon", ("assignee",)
        yield self.morning(due, 0), "due", ("assignee",)
        yield self.morning(due, 1), "rep", ("assignee", "rep")
        yield self.morning(due, 3), "deputy", ("assignee", "rep", "deputy")
        yield self.morning(due, 5), "lead", ("assignee", "rep", "deputy", "lead", "coordinator")
        panels = [start for start in self.meetings(at) if on(start) > due]
        yield min([self.morning(due, 10), *panels]), "chair", ("chair",)

    def morning(self, due: date, number: int) -> datetime:
        return nine(later(due, number))

    def reached(self, course: Course, at: datetime) -> list[tuple[datetime, str, tuple[str, ...]]]:
        """The rows that have come: none that came after more time was asked for, while the answer is pending."""
        stand = self.stand(course, at)
        assert stand is not None
        until = stand.asked_at or at
        found = [row for row in self.rows(course, stand, at) if row[0] <= at and row[0] <= until]
        if stand.status not in TO_DO or self.held_up(course, at):
            found = [(moment, name, ("checker", "coordinator")) for moment, name, _ in found]
        return found

    # ---- the digest

    def digests(self, at: datetime) -> dict[str, Counter[str]]:
        """What each person's digest counts at nine on a working day."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        day = on(at)
        for course in self.year.courses.values():
            stand = self.stand(course, at)
            if stand is None:
                continue
            if stand.status == "reported_complete":
                found[COORDINATOR if course.owner else CHAIR][CONFIRM] += 1
            if stand.status in (*TO_DO, "awaiting_safety_check"):
                for who, line in self.lines(course, stand, at).items():
                    found[who][line] += 1
                if any(not self.people(course, role, day) for _, _, told in self.reached(course, at) for role in told):
                    found[COORDINATOR][NOBODY] += 1
                if stand.asked_at is not None:
                    found[CHAIR][TIME] += 1
        return found

    def lines(self, course: Course, stand: Stand, at: datetime) -> dict[str, str]:
        """The one line that an action gives each person: the most urgent of their parts in it."""
        day = on(at)
        lines: dict[str, list[str]] = defaultdict(list)
        if stand.status == "awaiting_safety_check":
            return {self.services[0].rep: CHECKS, COORDINATOR: CHECKS}
        if course.priority == "immediate":
            return {}
        waits = self.held_up(course, at)
        by_day = OVERDUE if stand.due < day else TODAY if stand.due == day else SOON
        line = HELD if waits else by_day
        for _, _, told in self.reached(course, at):
            for role in told:
                lines[self.people(course, role, day)].append(line)
        paused = stand.asked_at is not None and stand.asked_at < self.to_acknowledge(course, at)
        if stand.status == "open" and not waits and not paused and self.to_acknowledge(course, at) <= at:
            for role in ("assignee", "rep"):
                lines[self.people(course, role, day)].append(ACKNOWLEDGE)
        return {who: min(mine, key=URGENCY.index) for who, mine in lines.items() if who}

    def to_acknowledge(self, course: Course, at: datetime) -> datetime:
        return nine(later(on(self.free_since(course, at)), 2))

    # ---- messages of their own

    def direct(self, course: Course) -> Iterator[tuple[datetime, str, str]]:
        """An immediate action's hours, the coordinator's telephone call, and the steering group."""
        told: set[tuple[str, date, str]] = set()
        for moment in self.moments(course):
            for name, roles in self.loud(course, moment):
                stand = self.stand(course, moment)
                assert stand is not None
                when = moment if name.startswith("fast") else awake(moment)
                for who in self.to(course, moment, roles):
                    if (name, stand.due, who) not in told:
                        told.add((name, stand.due, who))
                        if when == moment or name in dict(self.loud(course, when)):
                            yield when, who, f"{name} {course.ref}"
        row = 0
        for start in [moment for moment in self.every_meeting() if moment > course.agreed_at]:
            row = row + 1 if self.late(course, start) else 0
            if row == 2:
                yield start, STEERING, f"steering {course.ref}"

    def moments(self, course: Course) -> list[datetime]:
        """When a row of its table comes, and when it goes on after it was reported, waited or was paused: what came
        meanwhile is told then."""
        found: set[datetime] = set()
        others = [self.year.courses[ref] for ref in course.needs]
        changes = sorted(
            {stand.at for each in (course, *others) for stand in each.stands if stand.at >= course.agreed_at}
        )
        for place, change in enumerate(changes):
            stand = self.stand(course, change)
            assert stand is not None
            end = changes[place + 1] if place + 1 < len(changes) else datetime.max.replace(tzinfo=UTC)
            found |= {row[0] for row in self.rows(course, stand, change) if change <= row[0] < end}
            before = changes[place - 1] if place else None
            if before is not None and self.goes(course, change) and not self.goes(course, before):
                found.add(change)
        return sorted(found)

    def goes(self, course: Course, at: datetime) -> bool:
        """Whether its owner may act and no answer on more time is pending."""
        stand = self.stand(course, at)
        return self.acts(course, at) and stand is not None and stand.asked_at is None

    def loud(self, course: Course, at: datetime) -> list[tuple[str, tuple[str, ...]]]:
        """The latest row that is told by a message of its own, and whom."""
        stand = self.stand(course, at)
        if stand is None or stand.status not in (*TO_DO, "awaiting_safety_check"):
            return []
        found: list[tuple[str, tuple[str, ...]]] = []
        for _, name, told in sorted(self.reached(course, at)):
            if name.startswith("fast"):
                found.append((name, told))
            elif name == "lead" and self.acts(course, at):
                found.append((name, ("coordinator",) if course.owner else ("chair",)))
        return found[-1:]

    def acts(self, course: Course, at: datetime) -> bool:
        """Whether its owner may act."""
        stand = self.stand(course, at)
        return stand is not None and stand.status in TO_DO and not self.held_up(course, at)

    def late(self, course: Course, at: datetime) -> bool:
        stand = self.stand(course, at)
        return self.acts(course, at) and stand is not None and stand.due < on(at)

    def every_meeting(self) -> list[datetime]:
        return sorted(known[-1][1] for known in self.year.meetings.values())

    def to(self, course: Course, at: datetime, told: tuple[str, ...]) -> list[str]:
        """The people behind the roles; where one is nobody, the coordinator too."""
        users = [self.people(course, role, on(at)) for role in told]
        if "" in users:
            users.append(COORDINATOR)
        return [user for user in dict.fromkeys(users) if user]

    # ---- on agreement

    def agreed(self) -> Iterator[tuple[datetime, str, str]]:
        """The day's actions go round at 17:00: one message a person."""
        for key, known in self.year.meetings.items():
            start = known[-1][1]
            day, told = on(start), set()
            at = datetime.combine(day, time(17), tzinfo=LONDON).astimezone(UTC)
            for course in self.year.courses.values():
                stand = self.stand(course, at)
                if course.meeting != key or stand is None or stand.status in DONE:
                    continue
                told |= {self.people(course, "assignee", day), self.people(course, "rep", day)}
                if stand.status == "awaiting_safety_check":
                    told.add(self.services[0].rep)
            for user in told:
                yield at, user, f"agreed {key}"


def reading(year: Year, first: date, last: date) -> Counter[tuple[datetime, str, str]]:
    """Every message that the year should have held: (moment, person, what it says)."""
    read = Reading(year)
    found: Counter[tuple[datetime, str, str]] = Counter(read.agreed())
    for course in year.courses.values():
        found.update(told for told in read.direct(course) if on(told[0]) <= last)
    day = first
    while day <= last:
        if works(day):
            for who, lines in read.digests(nine(day)).items():
                found.update((nine(day), who, f"digest {number} {line}") for line, number in lines.items())
        day += DAY
    return found
