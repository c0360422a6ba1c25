"""A representative answers: the statement, the taps, the forms, and who may read what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import BoltRequest
from slack_sdk.models.views import View

from bot.demo.scenes.answering import press_answer
from commands.kit.about import About, load
from commands.kit.text import moment
from commands.kit.turn import Request
from commands.updates.desk import SayWhatYouSearched
from commands.updates.telling import NOTHING_KEPT
from sandbox.blocks import MODAL, check_view
from storage.tables import Action, Agency, AuditRow, Case, Conflict, Listing, Return, Statement
from tests.commands.updates_desk import (
    ASKED,
    SEARCHED,
    asked,
    desk_with_cases,
    items,
    letter,
    menu,
    more,
    sit,
    tell,
    words,
)  # fmt: skip
from tests.desk import Desk

C41, C42, C33, C29, C25, C18 = (f"MSP-26-00{n}" for n in (41, 42, 33, 29, 25, 18))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """After the requests have gone out. Each story has an agency of its own."""
    with desk_with_cases(tmp_path_factory.mktemp("updates")) as desk:
        desk.go_to(ASKED)
        yield desk


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Desk]:
    """The same, for a story that counts on nobody having answered."""
    with desk_with_cases(tmp_path) as desk:
        desk.go_to(ASKED)
        yield desk


def blocks_of(view: Any, kind: str) -> list[Any]:
    return [block for block in view["blocks"] if block["type"] == kind]


# ---- the request and the statement


def test_one_message_asks_each_representative(desk: Desk) -> None:
    told = [text for text in desk.seen_by("F.J.") if "to answer" in text]
    assert len(told) == 1
    assert "6 cases to answer" in told[0] and "Friday 9 October 2026 at 17:00" in told[0]
    assert "List version 1 of 2 October" in told[0]
    assert not [text for text in desk.seen_by("S.O.") if "to answer" in text], "not invited to any case"


def test_the_statement_comes_first_and_nothing_is_ticked(desk: Desk) -> None:
    with desk.work() as work:
        agency = work.first(Agency, Agency.code == "SUB")
        assert agency is not None
        agency.systems = ["Case system", "Prescribing"]
    view = desk.stage.command("B.X.", "/update").view
    assert view is not None and view["callback_id"] == "updates.statement"
    elements = {block["block_id"]: block["element"] for block in blocks_of(view, "input")}
    assert [option["value"] for option in elements["systems"]["options"]] == ["Case system", "Prescribing"]
    assert not [name for name in ("systems", "list_version", "no_link") if "initial_options" in elements[name]]
    assert "initial_option" not in elements["list_version"]
    assert elements["months"]["initial_option"]["value"] == "36", "a new case is among them"
    outcome = desk.workspace.submit(desk.users["B.X."], {"list_version": "1", "no_link": ["yes"]})
    assert "which systems were searched" in outcome.errors["systems"]
    desk.stage.submit("B.X.", {"systems": ["Case system"], "other": "Paper files"})
    with desk.work() as work:
        made = work.first(Statement, Statement.by_user == desk.users["B.X."])
        assert made is not None
        assert (made.systems, made.list_version, made.months) == (["Case system", "Paper files"], 1, 36)


def test_the_systems_an_agency_named_are_there_to_tick_the_next_time(fresh: Desk) -> None:
    first = fresh.stage.command("T.G.", "/update").view
    assert first is not None
    asked = {block["block_id"]: block for block in blocks_of(first, "input")}
    assert "systems" not in asked and asked["other"]["label"]["text"] == "Systems searched"
    assert not asked["other"]["optional"]
    fresh.stage.submit("T.G.", {"other": "Tenancy files\nRepairs log", "list_version": "1", "no_link": ["yes"]})
    fresh.stage.close("T.G.")
    with fresh.work() as work:
        made = work.first(Statement, Statement.by_user == fresh.users["T.G."])
        assert made is not None
        made.at = made.at - timedelta(days=1)
    again = fresh.stage.command("T.G.", "/update").view
    assert again is not None
    asked = {block["block_id"]: block for block in blocks_of(again, "input")}
    offered = [option["text"]["text"] for option in asked["systems"]["element"]["options"]]
    assert offered == ["Tenancy files", "Repairs log"] and "initial_options" not in asked["systems"]["element"]
    assert asked["other"]["label"]["text"] == "Other systems searched"
    fresh.stage.close("T.G.")


def test_what_is_wrong_is_said_under_a_question_that_was_asked(fresh: Desk) -> None:
    view = fresh.stage.command("N.B.", "/update").view
    assert view is not None and "systems" not in {block["block_id"] for block in blocks_of(view, "input")}
    outcome = fresh.workspace.submit(fresh.users["N.B."], {"other": " ", "list_version": "1", "no_link": ["yes"]})
    assert outcome.kind == "errors" and set(outcome.errors) == {"other"}
    fresh.stage.close("N.B.")


def test_each_case_stands_apart_and_its_form_names_it(desk: Desk) -> None:
    view = sit(desk, "T.G.").view
    assert view is not None
    kinds = [block["type"] for block in view["blocks"]]
    refs = [n for n, block in enumerate(view["blocks"]) if block["block_id"].startswith("MSP-")]
    assert refs and all(kinds[n - 2 : n + 1] == ["divider", "section", "actions"] for n in refs)
    form = desk.stage.press("T.G.", "updates.tell.open", block_id="MSP-26-0041").view
    assert "*Staff safety:*" in str(form), "whoever is about to act on a case reads it first"
    assert form is not None and form["title"]["text"] == "Update MSP-26-0041"
    desk.stage.close("T.G.")


def test_a_moment_is_told_with_its_whole_date_in_each_readers_zone() -> None:
    at = datetime(2026, 10, 9, 16, tzinfo=UTC)
    told = f"<!date^{int(at.timestamp())}^{{date_long}} at {{time}}|Friday 9 October 2026 at 17:00>"
    assert moment(at, "Europe/London") == told, "“today” reads wrongly after “on”, and a month later"


def test_one_statement_holds_for_the_day_and_no_longer(desk: Desk) -> None:
    sit(desk, "D.U.")
    desk.stage.close("D.U.")
    again = desk.stage.command("D.U.", "/update").view
    assert again is not None and again["callback_id"] == "updates.sitting"
    with desk.work() as work:
        made = work.first(Statement, Statement.by_user == desk.users["D.U."])
        assert made is not None
        made.at = made.at - timedelta(days=1)
    stale = desk.workspace.press(desk.users["D.U."], "updates.no_trace", block_id=C41)
    assert SayWhatYouSearched().sentence in words(stale.view)
    desk.stage.close("D.U.")
    tomorrow = desk.stage.command("D.U.", "/update").view
    assert tomorrow is not None and tomorrow["callback_id"] == "updates.statement"


# ---- taps


def test_a_tap_saves_at_once_says_so_and_can_be_undone(desk: Desk) -> None:
    sit(desk, "F.J.")
    view = desk.stage.press("F.J.", "updates.no_trace", block_id=C41).view
    assert letter(desk, C41, "ICB") == "N"
    assert "No trace in systems searched · sent 2 October · 2 systems, list version 1" in words(view)
    press_answer(desk.stage, "F.J.", "updates.known", C41)
    assert letter(desk, C41, "ICB") == "K"
    menu(desk, "F.J.", C41, "Undo")
    assert letter(desk, C41, "ICB") == "M"
    desk.stage.press("F.J.", "updates.no_trace", block_id=C41)
    with desk.work() as work:
        pair = asked(desk, work, C41, "ICB")
        history = work.find(Return, Return.request_id == pair.request.id, order=Return.version)
        kinds = [(row.version, row.kind) for row in history]
    assert kinds == [(1, "nil_no_record"), (2, "nil_known_not_current"), (3, "withdrawn"), (4, "nil_no_record")]


def test_a_second_tap_on_the_same_answer_adds_nothing(desk: Desk) -> None:
    sit(desk, "F.J.")
    for _ in range(2):
        press_answer(desk.stage, "F.J.", "updates.known", C33)
    with desk.work() as work:
        pair = asked(desk, work, C33, "ICB")
        assert len(work.find(Return, Return.request_id == pair.request.id)) == 1


def test_unable_stays_outstanding_and_needs_its_reason(desk: Desk) -> None:
    sit(desk, "F.J.")
    menu(desk, "F.J.", C29, "Unable to check")
    assert "obstacle" in desk.workspace.submit(desk.users["F.J."], {}).errors or letter(desk, C29, "ICB") == "M"
    desk.stage.submit("F.J.", {"obstacle": "identifiers", "more": "a date of entry"})
    assert letter(desk, C29, "ICB") == "U"
    assert desk.shows("F.J.", "still outstanding"), "the list beneath the form is drawn anew"
    assert items(desk, C29, "ICB") == [
        ("reason", "The identifiers on the list were not enough. a date of entry", "CHAIR", "shared")
    ]
    desk.stage.press("F.J.", "updates.no_trace", block_id=C29)
    assert (letter(desk, C29, "ICB"), items(desk, C29, "ICB")) == ("N", [])


def test_held_and_not_shared_goes_to_the_chair_with_its_reason(desk: Desk) -> None:
    sit(desk, "F.J.")
    menu(desk, "F.J.", C25, "Held, not shared")
    desk.stage.submit("F.J.", {"reason": "not proportionate"})
    assert letter(desk, C25, "ICB") == "D"
    assert items(desk, C25, "ICB") == [("reason", "not proportionate", "CHAIR", "shared")]


def test_information_and_a_nil_can_not_both_stand(desk: Desk) -> None:
    sit(desk, "F.J.")
    tell(desk, "F.J.", C18, happened="Seen twice", readers="everyone")
    assert desk.shows("F.J.", "Information to share")
    outcome = press_answer(desk.stage, "F.J.", "updates.no_trace", C18)
    assert "Choose Undo first" in words(outcome.view)
    assert letter(desk, C18, "ICB") == "I"
    desk.workspace.close(desk.users["F.J."])
    menu(desk, "F.J.", C18, "Undo")
    assert (letter(desk, C18, "ICB"), items(desk, C18, "ICB")) == ("M", [])


# ---- information


def test_each_answer_becomes_an_item_of_its_kind(desk: Desk) -> None:
    sit(desk, "N.B.")
    tell(
        desk, "N.B.", C41, happened="Seen on 1 October", whereabouts="Eddleford", view="Calmer", risk="increased",
        in_danger="V-041c", proposed="Housing to offer a room", readers="everyone",
    )  # fmt: skip
    assert set(items(desk, C41, "CSC")) == {
        ("fact", "Seen on 1 October", "ALL", "shared"), ("whereabouts", "Eddleford", "ALL", "shared"),
        ("opinion", "Calmer", "ALL", "shared"), ("risk", "increased", "ALL", "shared"),
        ("in_danger", "V-041c", "ALL", "shared"), ("proposed_action", "Housing to offer a room", "ALL", "shared"),
    }  # fmt: skip
    assert letter(desk, C41, "CSC") == "I"


def test_whereabouts_near_a_victim_go_to_chair_and_victim_service(desk: Desk) -> None:
    sit(desk, "N.B.")
    tell(desk, "N.B.", C33, whereabouts="Close by", near=["yes"], happened="A call", readers="everyone")
    assert set(items(desk, C33, "CSC")) == {
        ("whereabouts", "Close by", "IDVA", "shared"), ("fact", "A call", "ALL", "shared")
    }  # fmt: skip
    tell(desk, "N.B.", C42, whereabouts="At home", readers="everyone")
    assert items(desk, C42, "CSC") == [("whereabouts", "At home", "IDVA", "shared")], "the record says living with her"
    assert tell(desk, "N.B.", C25, near=["yes"], happened="x", readers="everyone").errors == {
        "near": "Say where the subject is, or untick this."
    }
    desk.workspace.close(desk.users["N.B."])


def test_named_agencies_are_asked_for_and_nothing_typed_is_lost(desk: Desk) -> None:
    sit(desk, "N.B.")
    second = tell(desk, "N.B.", C29, happened="One thing", view="One view", readers="named").view
    assert second is not None and second["callback_id"] == "updates.finish"
    drawn = {block["block_id"]: block["element"].get("initial_value") for block in blocks_of(second, "input")}
    assert drawn == {"named": None, "happened": "One thing", "view": "One view"}
    assert "One thing" not in second["private_metadata"] and letter(desk, C29, "CSC") == "M"
    desk.stage.submit("N.B.", {"named": ["IDVA", "POL"]})
    assert {(kind, limits) for kind, _, limits, _ in items(desk, C29, "CSC")} == {
        ("fact", "NAMED[IDVA,POL]"), ("opinion", "NAMED[IDVA,POL]")
    }  # fmt: skip


def test_what_is_said_in_the_room_is_never_kept_and_never_dropped_silently(desk: Desk) -> None:
    sit(desk, "N.B.")
    outcome = tell(desk, "N.B.", C18, happened="not to be kept", readers="in_the_room")
    assert outcome.errors == {"happened": NOTHING_KEPT}
    desk.stage.submit("N.B.", {"happened": None})
    assert (items(desk, C18, "CSC"), letter(desk, C18, "CSC")) == ([("verbal", None, "VERBAL", "shared")], "I")


def test_an_empty_form_is_refused(desk: Desk) -> None:
    sit(desk, "N.B.")
    outcome = tell(desk, "N.B.", C25, readers="everyone")
    assert outcome.kind == "errors" and letter(desk, C25, "CSC") == "M"
    assert "Write what you can share" in " ".join(outcome.errors.values())
    desk.workspace.close(desk.users["N.B."])


def test_the_victim_services_own_default_is_chair_and_victim_service(desk: Desk) -> None:
    sit(desk, "I.K.")
    view = desk.stage.press("I.K.", "updates.tell.open", block_id=C18).view
    assert view is not None
    readers = next(block for block in view["blocks"] if block["block_id"] == "readers")
    assert readers["element"]["initial_option"]["value"] == "chair_and_victim_service"
    desk.stage.submit("I.K.", {"happened": "She feels safer"})
    assert items(desk, C18, "IDVA") == [("fact", "She feels safer", "IDVA", "shared")]
    tell(desk, "I.K.", C18, happened="For all", readers="everyone")
    assert ("fact", "For all", "ALL", "shared") in items(desk, C18, "IDVA"), "the source may open it"


def test_more_holds_every_restriction_notes_and_intelligence(desk: Desk) -> None:
    sit(desk, "R.Y.")
    more(desk, "R.Y.", C41, body="Note", audience="agency_note")
    assert letter(desk, C41, "POL") == "M", "a note to oneself is no return"
    more(desk, "R.Y.", C41, body="Intel", audience="intelligence")
    more(desk, "R.Y.", C41, body="Both", readers=["NAMED", "NOT_PERP_FACING"], named=["CSC"], expires="2026-11-11")
    more(desk, "R.Y.", C41, body="Quiet", readers=["CHAIR"], extra=["no_minute"])
    more(desk, "R.Y.", C41, what="whereabouts", body="Near", extra=["near_victim"])
    assert set(items(desk, C41, "POL")) == {
        ("fact", "Note", "ALL", "agency_note"), ("fact", "Intel", "ALL", "intelligence"),
        ("fact", "Both", "NAMED[CSC]+NOT_PERP_FACING EXPIRES(2026-11-11)", "shared"),
        ("fact", "Quiet", "CHAIR NO_MINUTE", "shared"), ("whereabouts", "Near", "IDVA", "shared"),
    }  # fmt: skip
    assert letter(desk, C41, "POL") == "I"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"body": "x", "readers": ["VERBAL"]}, "body"),
        ({"readers": ["VERBAL"], "audience": "intelligence"}, "audience"),
        ({}, "body"),
        ({"body": "x", "readers": ["NAMED"]}, "named"),
        ({"body": "x", "named": ["CSC"]}, "named"),
        ({"body": "x", "expires": "2026-10-01"}, "expires"),
    ],
)
def test_more_refuses_what_does_not_go_together(desk: Desk, values: dict[str, Any], field: str) -> None:
    sit(desk, "R.Y.")
    outcome = more(desk, "R.Y.", C18, **values)
    assert list(outcome.errors) == [field] and not items(desk, C18, "POL")


def test_an_agency_reads_changes_and_withdraws_what_it_sent(desk: Desk) -> None:
    sit(desk, "R.Y.")
    tell(desk, "R.Y.", C42, happened="First words", readers="everyone")
    shown = menu(desk, "R.Y.", C42, "See or change what we sent")
    assert "First words" in words(shown.view) and "Everyone on the case" in words(shown.view)
    desk.stage.press("R.Y.", "updates.ours.change")
    desk.stage.submit("R.Y.", {"body": "Better words"})
    assert items(desk, C42, "POL") == [("fact", "Better words", "ALL", "shared")]
    desk.stage.close("R.Y.")
    sit(desk, "R.Y.")
    menu(desk, "R.Y.", C42, "See or change what we sent")
    desk.stage.press("R.Y.", "updates.ours.withdraw")
    assert (items(desk, C42, "POL"), letter(desk, C42, "POL")) == ([], "M"), "with the last item the return goes"
    with desk.work() as work:
        opened = work.find(AuditRow, AuditRow.verb == "opened", AuditRow.by_user == desk.users["R.Y."])
        assert [row for row in opened if row.thing.startswith("own return:")]


# ---- imminent


def test_imminent_is_not_saved_without_who_was_told_and_when(desk: Desk) -> None:
    sit(desk, "A.Z.")
    second = tell(desk, "A.Z.", C29, happened="Threat on 1 October", risk="imminent", readers="everyone").view
    assert letter(desk, C29, "MH") == "M" and "not watched" in words(second)
    ahead = int((ASKED + timedelta(hours=1)).timestamp())
    outcome = desk.workspace.submit(desk.users["A.Z."], {"told": "999", "told_at": ahead})
    assert "not come yet" in outcome.errors["told_at"] and letter(desk, C29, "MH") == "M"
    outcome = desk.workspace.submit(desk.users["A.Z."], {"told": " ", "told_at": int(ASKED.timestamp()) - 60})
    assert outcome.kind == "errors" or outcome.kind == "failed"
    done = desk.stage.submit("A.Z.", {"told": "999 and the hub"})
    assert "Nobody watches these forms" in words(done.view) and "999" in words(done.view)
    desk.stage.settle()
    for who in ("V.X.", "Z.O.", "I.K."):
        told = [text for text in desk.seen_by(who) if "Urgent" in text]
        assert len(told) == 1 and C29 in told[0] and "Threat" not in told[0] and "MH" not in told[0]
    assert not [text for text in desk.in_channel() if "Urgent" in text]
    with desk.work() as work:
        pair = asked(desk, work, C29, "MH")
        assert pair.current is not None
        assert (pair.current.imminent, pair.current.told) == (True, "999 and the hub")
        assert pair.listing.imminent


# ---- what must not go wrong


def test_a_case_with_a_personal_link_is_not_there(desk: Desk) -> None:
    with desk.work() as work:
        case = work.first(Case, Case.ref == C25)
        assert case is not None and case.id is not None
        work.add(Conflict(case_id=case.id, user_id=desk.users["T.G."], declared_at=work.now))
    view = sit(desk, "T.G.").view
    assert C25 not in words(view) and C41 in words(view) and "1 case is with your deputy" in words(view)
    assert C25 in words(sit(desk, "W.I.").view), "the deputy has it"


def test_an_overdue_action_is_accounted_for_with_the_update(desk: Desk) -> None:
    sit(desk, "W.I.")
    view = desk.stage.press("W.I.", "updates.overdue.open", block_id=C18).view
    assert "A-018-01, was due 22 July" in words(view)
    desk.stage.submit("W.I.", {"first": "The tenancy was given up"})
    assert items(desk, C18, "HOU") == [("own_action", "A-018-01: The tenancy was given up", "ALL", "shared")]


def test_of_an_overdue_action_for_the_room_alone_nothing_is_written_down(desk: Desk) -> None:
    with desk.work() as work:
        action = work.first(Action, Action.ref == "A-018-01")
        assert action is not None
        before, action.restriction = action.restriction, "VERBAL"
    stood = items(desk, C18, "HOU")
    sit(desk, "W.I.")
    view = desk.stage.press("W.I.", "updates.overdue.open", block_id=C18).view
    assert "nothing is kept of it" in words(view), "it is not asked for words that nobody could read"
    assert items(desk, C18, "HOU") == stood
    desk.stage.close("W.I.")
    with desk.work() as work:
        work.get(Action, action.id).restriction = before


def test_hostile_and_long_text_comes_back_whole(desk: Desk) -> None:
    sit(desk, "J.Q.")
    hostile = "<!channel> & <@U1> *bold*"
    tell(desk, "J.Q.", C41, happened=hostile, readers="everyone")
    shown = menu(desk, "J.Q.", C41, "See or change what we sent").view
    assert "&lt;!channel&gt; &amp; &lt;@U1&gt;" in words(shown)
    assert items(desk, C41, "PROB")[0][1] == hostile
    sit(desk, "J.Q.")
    long = "\N{FIRE}" * 1500
    assert tell(desk, "J.Q.", C42, happened=long, readers="everyone").ok
    assert items(desk, C42, "PROB")[0][1] == long
    sit(desk, "J.Q.")
    tight = tell(desk, "J.Q.", C33, happened=long, view=long, whereabouts=long, in_danger=long, readers="named")
    assert "send it as two" in tight.errors["happened"] and not items(desk, C33, "PROB")
    desk.stage.close("J.Q.")


def test_nothing_reaches_another_agencys_return(desk: Desk) -> None:
    sit(desk, "K.U.")
    with desk.work() as work:
        other = asked(desk, work, C41, "DRV").request.id
    with desk.work() as work:
        statement = work.first(Statement, Statement.by_user == desk.users["K.U."])
        assert statement is not None
        about = About(panel=1, request=other, row=statement.id)
    press_as(desk, "K.U.", about.dump())
    with desk.work() as work:
        assert not work.find(Return, Return.request_id == other, Return.by_user == desk.users["K.U."])


def press_as(desk: Desk, who: str, value: str) -> None:
    """A press whose value was made up: Bolt gets it as Slack would send it."""
    body = {
        "type": "block_actions", "team": {"id": desk.workspace.info()["team_id"]}, "user": {"id": desk.users[who]},
        "trigger_id": "1.2.x", "view": None, "channel": {"id": desk.channel}, "container": {"message_ts": "1.1"},
        "actions": [{"action_id": "updates.no_trace", "block_id": "x", "value": value, "type": "button"}],
        "response_url": desk.workspace.info()["api_url"].replace("/api/", "/none"),
    }  # fmt: skip
    desk.bot.app.dispatch(BoltRequest(body=body, mode="socket_mode"))


# ---- sizes


@pytest.mark.slow
def test_the_sitting_and_the_board_fit_at_any_size(tmp_path: Path) -> None:
    with desk_with_cases(tmp_path, new=()) as desk:
        desk.go_to(ASKED)
        with desk.work() as work:
            template = asked(desk, work, C33, "POL")
            for listing in work.find(Listing):
                work.session.delete(listing)
        outcome = desk.workspace.command(desk.users["R.Y."], desk.channel, "/update")
        assert "Nothing has been asked of your agency yet" in str(outcome.messages)
        assert "No case is listed" in _whole(desk, "Z.O.", "/panel", "board")
        listed = 0
        for cases, agencies in ((1, 9), (40, 9), (300, 2)):
            with desk.work() as work:
                for number in range(listed, cases):
                    _another(work, template, number, agencies)
            listed = cases
            assert _whole(desk, "R.Y.", "/update").count("· K-") == cases
            assert _whole(desk, "Z.O.", "/panel", "board").count("· K-") == cases


def _whole(desk: Desk, who: str, command: str, word: str = "") -> str:
    """Every page of a view, each one checked against Slack's limits."""
    desk.workspace.close(desk.users[who], all=True)
    view = desk.stage.command(who, command, word).view
    if view is not None and view["callback_id"] == "updates.statement":
        view = desk.stage.submit(who, SEARCHED).view
    seen = ""
    while view is not None:
        seen += words(view)
        _valid(view)
        offered = [each["action_id"] for row in blocks_of(view, "actions") for each in row["elements"]]
        turns = [action_id for action_id in offered if action_id.endswith(".next")]
        view = desk.stage.press(who, turns[0]).view if turns else None
    return seen


def _another(work: Any, template: Any, number: int, agencies: int) -> None:
    case = work.add(
        Case(
            panel_id=template.case.panel_id, ref=f"MSP-26-{1000 + number}", subject_ref=f"K-{1000 + number}",
            opened_at=datetime.fromisoformat("2026-01-01T00:00:00+00:00"), status="active",
        )
    )  # fmt: skip
    work.add(Listing(meeting_id=template.request.meeting_id, case_id=case.id, kind="review", review_no=1))
    for agency in work.find(Agency, Agency.core)[:agencies]:
        fields = {"meeting_id": template.request.meeting_id, "case_id": case.id, "agency_id": agency.id}
        work.add(type(template.request)(**fields, asked_at=work.now))


def _valid(view: Any) -> None:
    plain = {key: view[key] for key in ("type", "title", "close", "blocks", "private_metadata", "callback_id")}
    View(**plain).validate_json()
    assert not check_view(plain), MODAL


def test_a_choice_that_means_nothing_takes_nothing_back(desk: Desk) -> None:
    sit(desk, "A.Z.")
    view = desk.stage.press("A.Z.", "updates.no_trace", block_id=C41).view
    assert view is not None and letter(desk, C41, "MH") == "N"
    (row,) = [block for block in view["blocks"] if block.get("block_id") == C41]
    about = load(row["elements"][0]["value"])
    assert about is not None
    panel = desk.panel
    odd = Request(
        "modal", panel.enterprise_id, panel.team_id, desk.users["A.Z."], None, about.but(code="odd"),
        view={"id": "V1", "hash": "1"}, action_id="updates.menu",
    )  # fmt: skip
    assert "no longer here" in str(desk.bot.service._press(odd))
    assert letter(desk, C41, "MH") == "N"
    menu(desk, "A.Z.", C41, "Undo")
    desk.stage.close("A.Z.")
