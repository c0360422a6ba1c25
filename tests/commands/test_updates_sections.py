"""The return in five sections: each saved by itself, last month's answer beside it, and what applies by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.demo.scenes.answering import press_answer
from commands.updates.parts import NOTHING_WRITTEN
from commands.updates.telling import NOTHING_KEPT
from panel.codes.returns import ReturnSection
from sandbox.client import Outcome
from storage.tables import Agency, Case, Item, Listing, Meeting, Return, Victim
from tests.commands.seen import buttons
from tests.commands.seen import words as read
from tests.commands.updates_desk import ASKED, asked, desk_with_cases, items, letter, meeting_of, sit, words
from tests.desk import Desk

C41, C42, C33, C29, C25, C18 = (f"MSP-26-00{n}" for n in (41, 42, 33, 29, 25, 18))
LINE = {"day": "2026-09-28", "about": "missed", "mark": "fact", "source": "own_records", "readers": "everyone"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """After the requests have gone out."""
    with desk_with_cases(tmp_path) as desk:
        desk.go_to(ASKED)
        yield desk


def hub(desk: Desk, who: str, ref: str) -> Outcome:
    """The sections of one case."""
    sit(desk, who)
    return press_answer(desk.stage, who, "updates.sections.open", ref)


def form(desk: Desk, who: str, ref: str, action: str) -> Any:
    """One form of a section, opened."""
    hub(desk, who, ref)
    return desk.stage.press(who, f"updates.{action}.open").view


def fill(desk: Desk, who: str, ref: str, action: str, **values: Any) -> Outcome:
    """Fill in one form of a section, whatever comes of it."""
    form(desk, who, ref, action)
    return desk.workspace.submit(desk.users[who], values)


def initials(view: Any) -> dict[str, Any]:
    """What a form is filled in with."""
    found = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            chosen = element.get("initial_option") or {}
            found[block["block_id"]] = (
                element.get("initial_value") or chosen.get("value") or element.get("initial_date")
                or [option["value"] for option in element.get("initial_options", ())] or None
            )  # fmt: skip
    return found


def last_month(desk: Desk, ref: str, code: str, kind: str, body: str, limits: str = "ALL") -> None:
    """What an agency said for the meeting before."""
    with desk.work() as work:
        now = meeting_of(desk, work)
        case, agency = work.first(Case, Case.ref == ref), work.first(Agency, Agency.code == code)
        assert case is not None and agency is not None and case.id is not None
        facts = now.model_dump(exclude={"id", "day", "rule_day", "starts_at"})
        before = work.first(Meeting, Meeting.day < now.day, order=Meeting.day) or work.add(
            Meeting(
                **facts, day=now.day - timedelta(days=28), rule_day=now.day - timedelta(days=28),
                starts_at=now.starts_at - timedelta(days=28),
            )
        )  # fmt: skip
        assert before.id is not None
        request = type(asked(desk, work, ref, code).request)
        old = work.add(request(meeting_id=before.id, case_id=case.id, agency_id=agency.id or 0, asked_at=work.now))
        work.add(Listing(meeting_id=before.id, case_id=case.id, kind="review"))
        sent = work.add(
            Return(request_id=old.id or 0, version=1, kind="information", by_user="U0", at=before.starts_at)
        )
        work.add(
            Item(
                case_id=case.id, meeting_id=before.id, return_id=sent.id, agency_id=agency.id, by_user="U0",
                at=before.starts_at, kind=kind, body=body, restriction=limits,
            )
        )  # fmt: skip


# ---- the hub


def test_five_sections_each_with_where_it_stands(desk: Desk) -> None:
    last_month(desk, C33, "HOU", "fact", "Seen in the old flat")
    outcome = hub(desk, "T.G.", C33)
    said = read(outcome)
    assert all(which.label in said for which in ReturnSection)
    assert said.count("Nothing yet") == 5 and said.count("1 item last time") == 1
    assert "Seen in the old flat" not in said, "the hub shows where things stand, the form what was said"
    fill(desk, "T.G.", C33, "line", **LINE, text="Missed the viewing")
    desk.stage.settle()
    said = read(Outcome("view", view=desk.workspace.see(desk.users["T.G."])["view"]))
    assert said.count("Nothing yet") == 4 and "Saved 2 October, 1 item" in said
    assert "Missed the viewing" not in said
    assert letter(desk, C33, "HOU") == "I"


def test_the_quick_answers_are_as_near_as_ever(desk: Desk) -> None:
    """From the list of cases, one press is a nil and one press is the short form; the sections stand beside them."""
    outcome = sit(desk, "T.G.")
    assert {"updates.no_trace", "updates.known", "updates.tell.open", "updates.sections.open"} <= buttons(outcome)
    desk.stage.press("T.G.", "updates.no_trace", block_id=C41)
    assert letter(desk, C41, "HOU") == "N"


def test_last_months_answer_stands_beside_the_box_and_never_in_it(desk: Desk) -> None:
    last_month(desk, C29, "CSC", "opinion", "Minimises what he did")
    view = form(desk, "N.B.", C29, "view")
    assert "Minimises what he did" in words(view)
    assert initials(view)["view"] is None


def test_a_section_left_alone_says_nothing_and_an_empty_one_is_refused(desk: Desk) -> None:
    outcome = fill(desk, "N.B.", C25, "view", readers="everyone")
    assert outcome.errors == {"view": NOTHING_WRITTEN}
    assert letter(desk, C25, "CSC") == "M" and not items(desk, C25, "CSC")


def test_what_was_saved_is_there_again_and_a_change_replaces_it(desk: Desk) -> None:
    fill(desk, "N.B.", C18, "view", view="Calmer", good="Works again", readers="everyone")
    fill(desk, "N.B.", C18, "line", **LINE, text="A second section")
    view = form(desk, "N.B.", C18, "view")
    assert (initials(view)["view"], initials(view)["good"]) == ("Calmer", "Works again")
    desk.stage.submit("N.B.", {"view": "Calmer, but alone"})
    assert {(kind, body) for kind, body, *_ in items(desk, C18, "CSC") if kind != "fact"} == {
        ("opinion", "Calmer, but alone"), ("strengths", "Works again")
    }  # fmt: skip
    with desk.work() as work:
        first = work.first(Item, Item.kind == "opinion", Item.case_id == asked(desk, work, C18, "CSC").case.id)
        newer = work.first(Item, Item.replaces_id == (first.id if first else 0))
        assert first is not None and newer is not None
        assert (first.body, newer.body) == ("Calmer", "Calmer, but alone")
    form(desk, "N.B.", C18, "view")
    desk.stage.submit("N.B.", {"good": None})
    assert "strengths" not in {kind for kind, *_ in items(desk, C18, "CSC")}, "what is emptied is withdrawn"


def test_two_people_of_one_agency_do_not_write_over_each_other(desk: Desk) -> None:
    form(desk, "T.G.", C25, "view")
    fill(desk, "W.I.", C25, "view", view="The deputy's", readers="everyone")
    outcome = desk.workspace.submit(desk.users["T.G."], {"view": "The representative's", "readers": "everyone"})
    assert "Somebody changed this" in outcome.errors["view"]
    assert [body for _, body, *_ in items(desk, C25, "HOU")] == ["The deputy's"]


# ---- whereabouts


def test_still_correct_counts_only_with_the_day_and_who_verified_it(desk: Desk) -> None:
    last_month(desk, C41, "HOU", "whereabouts", "A friend's flat, north of the river")
    view = form(desk, "T.G.", C41, "still")
    assert "A friend's flat" in words(view)
    answer = {"still": ["yes"], "by": "HOU"}
    for day, wrong in ((None, "complete this"), ("2026-10-03", "not come yet"), ("1931-01-01", "check the year")):
        outcome = desk.workspace.submit(desk.users["T.G."], answer | {"verified": day})
        assert wrong in outcome.errors["verified"]
    assert letter(desk, C41, "HOU") == "M"
    desk.workspace.submit(desk.users["T.G."], answer | {"verified": "2026-09-30"})
    _, kept = items(desk, C41, "HOU")
    assert kept[1] == "Still correct, verified 30 September 2026 by HOU: A friend's flat, north of the river"


def test_still_correct_keeps_the_readers_of_what_it_repeats(desk: Desk) -> None:
    last_month(desk, C41, "HOU", "whereabouts", "Near V-041a's workplace", "NAMED[POL]")
    fill(desk, "T.G.", C41, "still", still=["yes"], verified="2026-09-30", by="POL")
    assert [limits for *_, limits, _ in items(desk, C41, "HOU")] == ["NAMED[POL]"] * 2


def test_what_is_on_record_with_a_victim_is_not_shown_to_everyone(desk: Desk) -> None:
    """42 lives with a victim: housing may not read that, so it can't re-state it; the victim service can."""
    assert "no whereabouts that you may read" in words(form(desk, "T.G.", C42, "still")).lower()
    assert "On record" not in words(form(desk, "T.G.", C42, "where"))
    assert "On record" in words(form(desk, "T.G.", C41, "where"))
    fill(desk, "I.K.", C42, "still", still=["yes"], verified="2026-09-30", by="IDVA")
    assert [limits for *_, limits, _ in items(desk, C42, "IDVA")] == ["IDVA"]


@pytest.mark.parametrize(
    ("values", "limits"),
    [
        ({"kind": "sofa-surfing", "readers": "everyone"}, "ALL"),
        ({"kind": "sofa-surfing", "readers": "everyone", "near": ["yes"]}, "IDVA"),
        ({"kind": "living-with-victim-intermittently", "readers": "everyone"}, "IDVA"),
        ({"kind": "living-with-victim", "readers": "named", "named": ["POL"]}, "NAMED[POL]"),
    ],
)
def test_with_or_near_a_victim_it_goes_to_chair_and_victim_service(
    desk: Desk, values: dict[str, Any], limits: str
) -> None:
    fill(desk, "N.B.", C41, "where", area="Northgate", expected="Tenancy ends on 1 November", **values)
    (kept,) = items(desk, C41, "CSC")
    assert kept[2] == limits and "Northgate" in str(kept[1]) and "Tenancy ends" in str(kept[1])


# ---- facts, view, victims, actions


def test_a_dated_line_says_when_what_how_known_and_whether_it_is_opinion(desk: Desk) -> None:
    outcome = fill(desk, "J.Q.", C41, "line", **LINE | {"mark": "opinion", "again": ["yes"]}, text="He avoids us")
    assert outcome.view is not None and outcome.view["callback_id"] == "updates.line", "and the next one is offered"
    assert initials(outcome.view)["text"] is None
    desk.workspace.submit(desk.users["J.Q."], LINE | {"text": "Second"})
    assert items(desk, C41, "PROB") == [
        ("opinion", "28 September 2026 · Missed an appointment · Our own records\nHe avoids us", "ALL", "shared"),
        ("fact", "28 September 2026 · Missed an appointment · Our own records\nSecond", "ALL", "shared"),
    ]
    ahead = fill(desk, "J.Q.", C41, "line", **LINE | {"day": "2026-10-09"}, text="Tomorrow's news")
    assert "not come yet" in ahead.errors["day"]


def test_what_a_victim_said_is_for_chair_and_victim_service(desk: Desk) -> None:
    fill(desk, "N.B.", C18, "line", **LINE | {"source": "victim"}, text="She is afraid of Fridays")
    fill(desk, "N.B.", C18, "line", **LINE | {"source": "victim", "readers": "named", "named": ["POL"]}, text="Told")
    assert [limits for *_, limits, _ in items(desk, C18, "CSC")] == ["IDVA", "NAMED[POL]"]


def test_risk_factors_move_one_way_each(desk: Desk) -> None:
    twice = fill(desk, "A.Z.", C41, "factors", up=["alcohol"], down=["alcohol"], readers="everyone")
    assert "Chosen twice: Alcohol" in twice.errors["down"] and not items(desk, C41, "MH")
    desk.workspace.submit(desk.users["A.Z."], {"down": ["drugs"], "new": ["vehicle"], "note": "Seen driving"})
    assert items(desk, C41, "MH") == [
        ("risk_change", "Up: Alcohol. New: Use of a vehicle. Down: Drugs.\nSeen driving", "ALL", "shared")
    ]


def test_an_imminent_view_needs_who_was_told_and_is_told_at_once(desk: Desk) -> None:
    outcome = fill(desk, "A.Z.", C29, "view", risk="imminent", view="Threats", readers="everyone")
    assert set(outcome.errors) == {"told", "told_at"} and letter(desk, C29, "MH") == "M"
    at = int(ASKED.timestamp()) - 60
    drawn = words(desk.workspace.see(desk.users["A.Z."])["view"])
    assert "Danger now: *999*" in drawn and "Danger now: *999*" in words(hub(desk, "T.G.", C29).view)
    done = desk.workspace.submit(desk.users["A.Z."], {"told": "999", "told_at": at})
    assert "Nobody watches these forms" in words(done.view)
    with desk.work() as work:
        assert asked(desk, work, C29, "MH").listing.imminent
    desk.stage.settle()
    assert [text for text in desk.seen_by("V.X.") if "Urgent" in text]


def test_what_is_known_of_a_victim_is_restricted_beforehand(desk: Desk) -> None:
    view = form(desk, "N.B.", C41, "victims")
    assert initials(view)["victims_readers"] == "chair_and_victim_service" and initials(view)["readers"] is None
    answers = {"victims": "Wants him told nothing", "children": "In school", "in_danger": "A new partner"}
    desk.stage.submit("N.B.", answers | {"readers": "everyone"})
    assert {(kind, limits) for kind, _, limits, _ in items(desk, C41, "CSC")} == {
        ("victims", "IDVA"), ("children", "ALL"), ("in_danger", "ALL")
    }  # fmt: skip


def test_a_possible_new_victim_is_told_of_and_never_who(desk: Desk) -> None:
    outcome = fill(desk, "N.B.", C33, "victims", new_victim=["yes"], readers="everyone")
    assert "in_danger" in outcome.errors
    desk.workspace.submit(desk.users["N.B."], {"in_danger": "Somebody at his work"})
    desk.stage.settle()
    with desk.work() as work:
        case = asked(desk, work, C33, "CSC").case
        (made,) = [row for row in work.find(Victim, Victim.case_id == case.id) if "standing" in (row.details or {})]
        assert (made.details or {})["sources"] == ["CSC"] and "work" not in str(made.details)
    told = [text for text in desk.seen_by("Z.O.") if f"Something new on {C33}" in text]
    assert len(told) == 1 and "work" not in told[0] and "CSC" not in told[0]


def test_a_proposal_names_agency_day_and_how_it_could_reach_a_victim(desk: Desk) -> None:
    outcome = fill(desk, "R.Y.", C29, "proposal", code="B06", text="Stop letters", by="2026-10-01", readers="everyone")
    assert "has passed" in outcome.errors["by"]
    desk.workspace.submit(desk.users["R.Y."], {"by": "2026-10-20", "owner": "PROB", "reach": "He would guess"})
    assert items(desk, C29, "POL")[0][1] == (
        "Stop letters, calls and visits from prison. Stop letters\n"
        "By PROB until 20 October 2026\nHow it could reach a victim: He would guess"
    )


def test_an_appointment_ahead_has_its_day_its_kind_and_a_place(desk: Desk) -> None:
    """Where the subject will be: a whereabouts, so at or near a victim it is for chair and victim service."""
    last_month(desk, C41, "PROB", "ahead", "9 September 2026 · Court or hearing · Marrow")
    view = form(desk, "J.Q.", C41, "ahead")
    assert "9 September 2026" in words(view)
    answer = {"what": "court", "place": "Marrow, 10:00", "readers": "everyone"}
    for day, wrong in (("2026-10-01", "has passed"), ("2062-10-20", "check the year")):
        outcome = desk.workspace.submit(desk.users["J.Q."], answer | {"day": day})
        assert wrong in outcome.errors["day"]
    again = desk.workspace.submit(desk.users["J.Q."], answer | {"day": "2026-10-20", "again": ["yes"]})
    assert again.view is not None and initials(again.view)["place"] is None, "and the next one is offered"
    desk.workspace.submit(desk.users["J.Q."], answer | {"day": "2026-10-22", "near": ["yes"]})
    assert items(desk, C41, "PROB")[1:] == [
        ("ahead", "20 October 2026 · Court or hearing · Marrow, 10:00", "ALL", "shared"),
        ("ahead", "22 October 2026 · Court or hearing · Marrow, 10:00", "IDVA", "shared"),
    ]
    with desk.work() as work:
        assert {item.section for item in work.find(Item, Item.kind == "ahead") if item.section} == {"whereabouts"}


def test_engagement_and_what_works_are_items_of_their_own(desk: Desk) -> None:
    """Each with last month's answer beside its box; what is emptied is withdrawn."""
    last_month(desk, C29, "MH", "neurodiversity", "One thing at a time")
    view = form(desk, "A.Z.", C29, "working")
    assert "One thing at a time" in words(view) and initials(view)["neurodiversity"] is None
    nothing = desk.workspace.submit(desk.users["A.Z."], {"readers": "everyone"})
    assert nothing.errors == {"how": NOTHING_WRITTEN}
    given = {"how": "irregular", "engagement": "Two of five", "language": "Interpreter needed", "works": "Mornings"}
    desk.workspace.submit(desk.users["A.Z."], given | {"readers": "named", "named": ["DRV"]})
    assert {row[:3] for row in items(desk, C29, "MH") if row[1] != "One thing at a time"} == {
        ("engagement", "Now and then.\nTwo of five", "NAMED[DRV]"), ("language", "Interpreter needed", "NAMED[DRV]"),
        ("works", "Mornings", "NAMED[DRV]"),
    }  # fmt: skip
    view = form(desk, "A.Z.", C29, "working")
    assert {name: initials(view)[name] for name in given} == given and initials(view)["named"] == ["DRV"]
    desk.workspace.submit(desk.users["A.Z."], {"works": None, "how": None})
    assert {kind for kind, *_ in items(desk, C29, "MH")} == {"engagement", "language", "neurodiversity"}


@pytest.mark.parametrize(
    ("action", "values", "field"),
    [
        ("ahead", {"what": "court", "day": "2026-10-20", "place": "x"}, "place"),
        ("working", {"works": "x"}, "works"),
        ("where", {"kind": "nfa", "area": "x"}, "area"),
        ("line", LINE | {"text": "x"}, "text"),
        ("factors", {"up": ["drugs"]}, "up"),
        ("view", {"view": "x"}, "view"),
        ("victims", {"children": "x"}, "children"),
        ("proposal", {"text": "x"}, "text"),
    ],
)
def test_of_what_is_said_in_the_room_nothing_is_kept(
    desk: Desk, action: str, values: dict[str, Any], field: str
) -> None:
    outcome = fill(desk, "N.B.", C41, action, **values | {"readers": "in_the_room"})
    assert outcome.errors == {field: NOTHING_KEPT} and not items(desk, C41, "CSC")
    desk.workspace.submit(desk.users["N.B."], {field: None if isinstance(values[field], str) else []})
    assert [(kind, body, limits) for kind, body, limits, _ in items(desk, C41, "CSC")] == [("verbal", None, "VERBAL")]
    with desk.work() as work:
        (kept,) = work.find(Item, Item.kind == "verbal", Item.case_id == asked(desk, work, C41, "CSC").case.id)
        assert set(kept.details or {}) <= {"form", "question"}


def test_every_view_of_a_section_has_eight_questions_at_most_and_says_how_to_answer(desk: Desk) -> None:
    for action in ("where", "ahead", "line", "factors", "view", "working", "victims", "proposal"):
        view = form(desk, "N.B.", C33, action)
        asked_for = [block for block in view["blocks"] if block["type"] == "input"]
        assert 1 <= len(asked_for) <= 8, action
        for block in asked_for:
            if block["element"]["type"] == "plain_text_input":
                assert block.get("hint"), (action, block["block_id"])
