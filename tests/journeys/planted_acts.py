"""What a month by its file leaves out: the other forms that take free text, and everyone reading everything."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from bot.demo.scenes.action_finding import choose, open_action
from bot.demo.scenes.answering import press_answer
from bot.demo.stage import Scene, Stage
from bot.demo.theatre import Theatre
from commands.referrals.catalogue import EVERY
from panel.codes import Route
from panel.cycle import CutOff
from panel.settings import Content
from storage.tables import Panel
from tests.journeys import planted_record
from tests.journeys.planted_life import live_on

NEW, WITH_CHILDREN, WANTED, CLOSING = "MSP-26-0041", "MSP-26-0042", "MSP-26-0029", "MSP-26-0018"
TOLD: dict[str, dict[str, Any]] = {  # of a referral: what a section needs beside words
    "aware": {"aware": "no"},
    "rfg": {"score": "70 of 100", "method": "ranking", "run": "2026-09-20"},
    "ppit": {"priority": "yes", "by": "POL", "on": "2026-09-20"},
}
MORE: tuple[tuple[str, str, dict[str, Any]], ...] = (  # who, on which case, and who may read it
    ("N.B.", NEW, {"audience": "agency_note", "readers": ["ALL"]}),
    ("T.G.", NEW, {"audience": "intelligence", "readers": ["ALL"]}),
    ("T.G.", NEW, {"audience": "shared", "readers": ["NOT_PERP_FACING"]}),
    ("D.U.", NEW, {"audience": "shared", "readers": ["CHAIR"]}),
    ("S.O.", WITH_CHILDREN, {"audience": "shared", "readers": ["IDVA"]}),
    ("A.Z.", WITH_CHILDREN, {"audience": "shared", "readers": ["NAMED"], "named": ["BAF", "POL"]}),
    ("I.K.", WITH_CHILDREN, {"audience": "shared", "readers": ["NAMED", "NOT_PERP_FACING"], "named": ["CSC", "DRV"]}),
)

EVERYONE = {"readers": "everyone"}
SECTIONS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (  # who, on which case, which form, and its answers
    ("T.G.", NEW, "where", {"kind": "sofa-surfing", **EVERYONE}),
    ("N.B.", NEW, "line", {"about": "contact", "mark": "fact", "source": "own_records", **EVERYONE}),
    ("A.Z.", WITH_CHILDREN, "factors", {"up": ["alcohol"], "readers": "named", "named": ["POL", "CSC"]}),
    ("N.B.", WITH_CHILDREN, "victims", {"victims_readers": "chair_and_victim_service", **EVERYONE}),
    ("R.Y.", WITH_CHILDREN, "proposal", {"code": "P17", **EVERYONE}),
    ("T.G.", WITH_CHILDREN, "ahead", {"what": "housing", "day": "2026-12-01", **EVERYONE}),
    ("J.Q.", NEW, "working", {"how": "irregular", "readers": "named", "named": ["POL", "DRV"]}),
)

APART = ("N.B.", NEW, "for_police", {"handling": "source_withheld"})
ITSELF = ("N.B.", NEW, "note", dict[str, Any]())
MINI = ("S.O.", WITH_CHILDREN, {"known": "information", "attending": "slot"})
PROFILE = ("R.Y.", NEW, {"readers": ["ALL"]})


def during(theatre: Theatre) -> Callable[[Stage], Iterable[Scene]]:
    """Scenes for the afternoon before the updates close."""

    def scenes(stage: Stage) -> Iterable[Scene]:
        closes = stage.cut_offs[CutOff.UPDATE_DEADLINE].astimezone(stage.zone).date()
        at = stage.on(stage.calendar.add_working_days(closes, -1), "16:00")
        yield Scene(at, "", "more is written", lambda stage: _write_more(theatre, stage, at), order=9)
        day = stage.cut_offs[CutOff.PANEL] + timedelta(hours=2)
        begins = stage.cut_offs[CutOff.PANEL] + timedelta(minutes=1)  # before anybody is recorded as there
        yield Scene(begins, "", "the chair goes on without a quorum", _without_quorum, order=9)
        yield Scene(day, "", "what may be told is said", _may_be_told, order=9)

    return scenes


def _write_more(theatre: Theatre, stage: Stage, at: datetime) -> None:
    for who, case, limits in MORE:
        _sit(stage, who)
        stage.press(who, "updates.menu", block_id=case, value="One more item, any restriction")
        stage.submit(who, {"what": "fact", "body": "Something", **limits})
        stage.close(who)
    _sections(stage, at)
    _police_answer(stage)
    _invited(stage)
    _imminent(stage, at)
    _overdue(stage)
    _keep_no_words(theatre, True)
    _sit(stage, "I.K.")
    press_answer(stage, "I.K.", "updates.tell.open", WANTED)
    told = {"sent_on": at.date(), "risk": "imminent", "told": "999", "told_at": int(at.timestamp())}
    stage.submit("I.K.", told)
    stage.close("I.K.")
    _keep_no_words(theatre, False)


def _without_quorum(stage: Stage) -> None:
    chair = stage.month.panel.chair.initials
    stage.command(chair, "/panel", "meeting")
    stage.press(chair, "meetings.information")
    stage.submit(chair, {"authority": "Something"})
    stage.close(chair)


def _may_be_told(stage: Stage) -> None:
    office = stage.month.panel.coordinator.initials
    stage.command(office, "/panel", "record")
    stage.press(office, "meetings.case", block_id=NEW)
    stage.press(office, "meetings.tell")
    stage.submit(office, {"tell": "as_noted", "by": stage.panel_day.isoformat()})
    stage.close(office)


def _sections(stage: Stage, at: datetime) -> None:
    """The whole return, section by section."""
    told = {"told": "999", "told_at": int(at.timestamp())}
    view = ("R.Y.", WANTED, "view", {"risk": "imminent", **told, **EVERYONE})
    for who, case, form, answers in (*SECTIONS, view, APART, ITSELF):
        _sit(stage, who)
        press_answer(stage, who, "updates.sections.open", case)
        stage.press(who, f"updates.{form}.open")
        stage.submit(who, answers | ({"day": at.date()} if form == "line" else {}))
        stage.close(who)


def _invited(stage: Stage) -> None:
    """The return of two minutes, and the police profile."""
    who, case, mini = MINI
    _sit(stage, who)
    press_answer(stage, who, "updates.mini.open", case)
    stage.submit(who, mini)
    stage.close(who)
    who, case, answers = PROFILE
    _sit(stage, who)
    press_answer(stage, who, "updates.sections.open", case)
    stage.press(who, "updates.profile.open")
    stage.submit(who, answers)
    stage.close(who)


def _police_answer(stage: Stage) -> None:
    """The police answer what was sent to them alone."""
    who = next(agency.rep for agency in stage.month.agencies if agency.code == "POL")
    shown = stage.command(who, "/update", "intelligence").view
    newest = next(block["block_id"] for block in (shown or {})["blocks"] if "item-" in block["block_id"])
    stage.press(who, "updates.police_answer.open", block_id=newest)
    stage.submit(who, {"status": "held"})
    stage.close(who)
    stage.command("N.B.", "/update", "intelligence")
    stage.close("N.B.")


def _sit(stage: Stage, who: str) -> None:
    in_channel = who in stage.members
    shown = stage.command(who, "/update") if in_channel else stage.press_in_message(who, "updates.open")
    if (shown.view or {})["callback_id"] == "updates.statement":
        stage.submit(who, {"other": "Case records", "list_version": "1", "no_link": ["yes"]})


def _imminent(stage: Stage, at: datetime) -> None:
    """The second step of the short form: who was told of an imminent risk."""
    _sit(stage, "R.Y.")
    press_answer(stage, "R.Y.", "updates.tell.open", WANTED)
    stage.submit("R.Y.", {"happened": "Something", "risk": "imminent", "readers": "everyone"})
    stage.submit("R.Y.", {"told": "999", "told_at": int(at.timestamp())})
    stage.close("R.Y.")


def _overdue(stage: Stage) -> None:
    _sit(stage, "T.G.")
    stage.press("T.G.", "updates.overdue.open", value=_button(stage, "T.G.", "updates.overdue.open"))
    stage.submit("T.G.", {"first": "Something"})
    stage.close("T.G.")


def _keep_no_words(theatre: Theatre, so: bool) -> None:
    """A panel may keep references only; then the form for what went another way is shown."""
    with theatre.store.work(theatre.begin()) as work:
        panel = work.first(Panel)
        assert panel is not None
        panel.settings = {**panel.settings, "content": str(Content.REFERENCES_ONLY if so else Content.HELD)}


def afterwards(stage: Stage) -> None:
    """What changes how the month came out: done once that has been judged."""
    chair, office = stage.month.panel.chair.initials, stage.month.panel.coordinator.initials
    stage.command(office, "/panel", "urgent")
    stage.press(office, "agendas.call")
    stage.submit(office, {"case": WANTED, "trigger": "abduction", "core": ["POL", "IDVA"]})
    stage.close(office)
    stage.settle()
    stage.press_in_message("R.Y.", "agendas.emergency")
    stage.press("R.Y.", "agendas.mini")
    stage.submit("R.Y.", {"risk": "increased"})
    stage.close("R.Y.")
    stage.command(office, "/panel", "minutes")
    stage.press(office, "meetings.amend")
    stage.submit(office, {"section": NEW})
    stage.close(office)
    _fill(stage, chair, "A-042-05", "actions.proceed", {"reason": "Something", "how": "now"})
    _fill(stage, office, "A-029-01", "actions.query", {"question": "Something"})
    _fill(stage, office, "A-041-04", "actions.edit", {})
    until = date(stage.panel_day.year, 12, 9).isoformat()
    _fill(stage, "J.Q.", "A-033-04", "actions.time", {"until": until, "reason": "Something"}, "agency")
    _fill(stage, chair, "A-033-04", "actions.time.refuse", {"reason": "Something"})
    _fill(stage, "J.Q.", "A-033-04", "actions.reason", {"reason": "Something"}, "agency")
    _fill(stage, "J.Q.", "A-033-04", "actions.not_done", {"outcome": "not_done_no_reason"}, "agency")
    again = {"reason": "Something"}
    _fill(stage, chair, "A-033-04", "actions.reopen", again)
    _fill(stage, office, "A-033-04", "actions.reassign", again | {"post": "Something"})
    stage.command("R.Y.", "/actions", "propose")
    choose(stage, "R.Y.", NEW, "actions.propose", "actions.case_page.next")
    due = date(stage.panel_day.year, 12, 9).isoformat()
    proposal = {"type": "P17", "owner": "POL", "text": "Something", "priority": "standard", "due": due}
    for _ in range(2):  # its words are advised on once
        stage.submit("R.Y.", proposal)
    stage.close("R.Y.")
    _refer(stage, "E.W.")
    planted_record.enter(stage, NEW)
    live_on(stage)


def _fill(stage: Stage, who: str, ref: str, action_id: str, answers: dict[str, Any], which: str = "all") -> None:
    open_action(stage, who, ref, which)
    stage.press(who, action_id)
    stage.submit(who, answers)
    stage.close(who)


def _refer(stage: Stage, who: str) -> None:
    stage.command(who, "/refer")
    answers = {"routes": [*Route], "whereabouts": "unknown", "victims": "1", "children": "0", "conflict": "no"}
    stage.submit(who, {**answers, "why": "Something", "urgent": "Something", "sharing": ["yes"]})
    stage.press(who, "referrals.sections.open")
    for form in EVERY:
        stage.press(who, form.name)
        stage.submit(who, TOLD.get(form.section, {}))
    stage.press(who, "referrals.identify")
    stage.submit(who, {"born": "1980-02-03", "names": "Zquox Trowel", "others": "Zquill Lathe"})
    stage.close(who)


def _button(stage: Stage, who: str, action_id: str) -> str:
    view = stage.workspace.see(stage.users[who])["view"]
    elements = [element for block in view["blocks"] for element in block.get("elements", ())]
    return str(next(element["value"] for element in elements if element.get("action_id") == action_id))


def briefing(stage: Stage, who: str, case: str) -> str:
    """The briefing on a case as this person finds it from the agenda in the channel or in their messages, every page;
    empty where they find none, or it is refused."""
    user, workspace = stage.users[who], stage.workspace
    where = _opens(stage, who, case)
    outcome = workspace.press(user, "agendas.open", **where) if where else None
    if outcome is None or outcome.view is None or outcome.view["callback_id"] != "agendas.briefing":
        workspace.close(user, all=True)
        return ""
    pages = [json.dumps(outcome.view["blocks"])]
    while '"agendas.page.next"' in pages[-1]:
        outcome = workspace.press(user, "agendas.page.next")
        assert outcome.view is not None
        pages.append(json.dumps(outcome.view["blocks"]))
    workspace.close(user, all=True)
    return " ".join(pages)


def _opens(stage: Stage, who: str, case: str) -> dict[str, Any] | None:
    channel = stage.channel if who in stage.members else None
    for message in stage.workspace.messages(channel, user=stage.users[who]):
        for block in message.get("blocks") or ():
            for element in [block.get("accessory") or {}, *block.get("elements", ())]:
                if element.get("action_id") == "agendas.open" and case in json.dumps(block):
                    return {"channel": message["channel"], "ts": message["ts"], "block_id": block["block_id"]}
    return None


def read_everything(stage: Stage, people: Iterable[str]) -> None:
    """Each person opens every action of every list of theirs, and the outcome of what they referred."""
    for who in people:
        for which in ("", "agency", "all", "checks"):
            _read_list(stage, who, which)
        for message in stage.workspace.messages(user=stage.users[who]):
            if '"referrals.outcome"' in json.dumps(message):
                place = {"channel": message["channel"], "ts": message["ts"]}
                stage.workspace.press(stage.users[who], "referrals.outcome", **place)
                stage.close(who)


def _read_list(stage: Stage, who: str, which: str) -> None:
    user = stage.users[who]
    workspace = stage.workspace
    outcome = workspace.command(user, stage.channel if who in stage.members else None, "/actions", which)
    while outcome.view is not None and outcome.view["callback_id"] == "actions.list":
        for value in [b["accessory"]["value"] for b in outcome.view["blocks"] if "accessory" in b]:
            page = workspace.press(user, "actions.open", value=value)
            while page.view is not None and '"actions.turn.next"' in json.dumps(page.view["blocks"]):
                page = workspace.press(user, "actions.turn.next")
            workspace.close(user)
        if '"actions.page.next"' not in json.dumps(outcome.view["blocks"]):
            break
        outcome = workspace.press(user, "actions.page.next")
    workspace.close(user, all=True)
