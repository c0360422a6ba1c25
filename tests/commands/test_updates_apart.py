"""What is no part of a return: intelligence for police, notes of an agency's own; and what items said before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.demo.scenes.answering import press_answer
from commands.agendas.brief_items import Pieces
from commands.agendas.late import late_papers
from commands.kit.people import person_on
from commands.kit.reading import Reading
from sandbox.client import Outcome
from storage.tables import Agency, AuditRow, Conflict, Intelligence, Item
from tests.commands.seen import buttons
from tests.commands.seen import words as read
from tests.commands.updates_desk import ASKED, asked, desk_with_cases, items, letter, meeting_of, menu, more, sit, tell
from tests.desk import Desk

C41, C33, C25 = "MSP-26-0041", "MSP-26-0033", "MSP-26-0025"
SECRET = "He keeps a key to V-041a's door"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """After the requests have gone out."""
    with desk_with_cases(tmp_path) as desk:
        desk.go_to(ASKED)
        yield desk


def apart(desk: Desk, who: str, ref: str, action: str, **values: Any) -> Outcome:
    """Fill in one of the forms for what stands apart."""
    sit(desk, who)
    press_answer(desk.stage, who, "updates.sections.open", ref)
    desk.stage.press(who, f"updates.{action}.open")
    return desk.workspace.submit(desk.users[who], values)


def for_police(desk: Desk, who: str = "N.B.", **values: Any) -> Outcome:
    given = {"body": SECRET, "handling": "source_withheld", "conditions": "Do not ask her"} | values
    return apart(desk, who, C41, "for_police", **given)


def looks(desk: Desk, who: str) -> str:
    """What somebody finds under /update intelligence."""
    desk.stage.close(who)
    return read(desk.workspace.command(desk.users[who], desk.channel, "/update", "intelligence"))


# ---- intelligence (field reference 5.2, row 21)


def test_only_the_police_and_the_sender_see_that_it_is_there(desk: Desk) -> None:
    for_police(desk)
    desk.stage.settle()
    assert SECRET in looks(desk, "R.Y.") and "Do not ask her" in looks(desk, "R.Y.")
    assert SECRET in looks(desk, "N.B.") and "have not answered" in looks(desk, "N.B.")
    nothing = looks(desk, "T.G.")
    assert "Nothing is here for you" in nothing
    for who in ("V.X.", "Z.O.", "I.K.", "J.Q."):
        assert looks(desk, who) == nothing, "one cannot tell that there is something"
        assert not [text for text in desk.seen_by(who) if "police" in text.lower()]
    told = [text for text in desk.seen_by("R.Y.") if "for the police alone" in text]
    assert len(told) == 1 and C41 in told[0] and "key" not in told[0] and "CSC" not in told[0]


def test_it_is_no_answer_no_late_paper_and_no_count(desk: Desk) -> None:
    for_police(desk)
    apart(desk, "N.B.", C41, "note", note="Ours", not_shared="Health, not needed")
    assert letter(desk, C41, "CSC") == "M"
    assert "2 items" not in read(sit(desk, "N.B.")) and "3 items" not in read(sit(desk, "N.B."))
    with desk.work() as work:
        meeting_of(desk, work).agenda_issued_at = work.now
    for_police(desk, body="Another")
    apart(desk, "N.B.", C41, "note", note="Late, and still ours")
    with desk.work() as work:
        assert late_papers(work, meeting_of(desk, work)) == []
        rows = work.find(AuditRow, AuditRow.verb == "added")
        assert rows and not [row for row in rows if "intelligence" in str(row.details) or "note" in str(row.details)]


@pytest.mark.parametrize(("handling", "shown"), [("source_withheld", "source withheld"), ("source_shown", "CSC")])
def test_the_police_see_the_source_only_where_its_writer_lets_them(desk: Desk, handling: str, shown: str) -> None:
    for_police(desk, handling=handling)
    seen = looks(desk, "R.Y.")
    assert shown in seen and ("CSC" in seen) is (handling == "source_shown")
    assert desk.users["N.B."] not in seen


def test_the_source_shows_neither_by_its_place_in_the_briefing(desk: Desk) -> None:
    """What the victim service sends to police alone does not stand under the victims' voice."""
    for_police(desk, "I.K.")
    with desk.work() as work:
        meeting_of(desk, work).agenda_issued_at = work.now
    with desk.work() as work:
        meeting, pair = meeting_of(desk, work), asked(desk, work, C41, "IDVA")
        person = person_on(work, desk.panel, desk.users["R.Y."])
        reading = Reading(work, desk.panel, person, pair.case, meeting)
        pieces = Pieces.of(reading, meeting, own_only=False)
        assert [reading.source(item) for item in pieces.others] == ["source withheld"] and not pieces.voice


def test_the_answer_reaches_the_sender_alone(desk: Desk) -> None:
    for_police(desk)
    looks(desk, "R.Y.")
    desk.stage.press("R.Y.", "updates.police_answer.open")
    desk.workspace.submit(desk.users["R.Y."], {"status": "need_more", "note": "Since when?"})
    desk.stage.settle()
    seen = looks(desk, "N.B.")
    assert "More is needed" in seen and "Since when?" in seen
    told = [text for text in desk.seen_by("N.B.") if "answer waits" in text]
    assert len(told) == 1 and "police" not in told[0] and "Since when" not in told[0]
    for who in ("V.X.", "Z.O.", "T.G."):
        assert "Since when" not in looks(desk, who)
        assert not [text for text in desk.seen_by(who) if "answer waits" in text]


def test_nobody_else_answers_for_the_police(desk: Desk) -> None:
    for_police(desk)
    looks(desk, "R.Y.")
    with desk.work() as work:
        item = work.first(Item, Item.audience == "intelligence")
        assert item is not None
    value = f'{{"v": 1, "panel": {desk.panel.id}, "row": {item.id}}}'
    for who in ("N.B.", "Z.O.", "T.G."):
        looks(desk, who)
        desk.workspace.press(desk.users[who], "updates.police_answer.open", value=value)
        view = desk.workspace.see(desk.users[who])["view"]
        assert view is None or view["callback_id"] != "updates.police_answer"
    with desk.work() as work:
        assert not work.find(Intelligence)


def test_a_case_closed_to_the_police_representative_goes_to_the_deputy(desk: Desk) -> None:
    with desk.work() as work:
        case_id = asked(desk, work, C41, "POL").case.id or 0
        work.add(Conflict(case_id=case_id, user_id=desk.users["R.Y."], declared_at=work.now))
    for_police(desk)
    desk.stage.settle()
    assert not [text for text in desk.seen_by("R.Y.") if "police alone" in text]
    assert SECRET not in looks(desk, "R.Y.")
    assert [text for text in desk.seen_by("K.U.") if "police alone" in text]


# ---- notes of an agency's own


def test_a_note_stays_in_its_agency(desk: Desk) -> None:
    apart(desk, "N.B.", C41, "note", note="Ask the school again", not_shared="Health; not proportionate")
    sit(desk, "N.B.")
    seen = read(menu(desk, "N.B.", C41, "See or change what we sent"))
    assert "Ask the school again" in seen and "not proportionate" in seen
    desk.stage.command("Z.O.", "/panel", "enter")
    with desk.work() as work:
        agency = work.first(Agency, Agency.code == "CSC")
        assert agency is not None
    desk.stage.submit("Z.O.", {"agency": f"CSC · {agency.name}"[:75]})
    desk.stage.submit("Z.O.", {"other": "Told by telephone", "list_version": "1", "no_link": ["yes"]})
    entered = press_answer(desk.stage, "Z.O.", "updates.sections.open", C41)
    assert "Saved" not in read(entered) and "updates.ours.open" not in buttons(entered)
    outcome = apart_empty(desk)
    assert "note" in outcome.errors


def apart_empty(desk: Desk) -> Outcome:
    return apart(desk, "T.G.", C41, "note")


# ---- what it said before


def test_an_agency_reads_what_it_changed_and_withdrew(desk: Desk) -> None:
    sit(desk, "N.B.")
    tell(desk, "N.B.", C33, happened="First words", readers="everyone")
    sit(desk, "N.B.")
    menu(desk, "N.B.", C33, "See or change what we sent")
    desk.stage.press("N.B.", "updates.ours.change")
    desk.stage.submit("N.B.", {"body": "Better words"})
    sit(desk, "N.B.")
    assert more(desk, "N.B.", C33, body="Taken back later").ok
    sit(desk, "N.B.")
    seen = menu(desk, "N.B.", C33, "See or change what we sent")
    last = [e["value"] for b in (seen.view or {})["blocks"] for e in b.get("elements", ()) if "ours.withdraw" in str(e)]
    desk.stage.press("N.B.", "updates.ours.withdraw", value=last[-1])
    earlier = read(desk.stage.press("N.B.", "updates.ours.earlier"))
    assert "First words" in earlier and "*changed 2 October*" in earlier
    assert "Taken back later" in earlier and "*withdrawn 2 October*" in earlier
    assert "Better words" not in earlier and f"<@{desk.users['N.B.']}>" in earlier
    assert [body for _, body, *_ in items(desk, C33, "CSC")] == ["Better words"]


def test_on_behalf_shows_both_names_and_never_what_was_written(desk: Desk) -> None:
    with desk.work() as work:
        agency = work.first(Agency, Agency.code == "SUB")
        assert agency is not None
    desk.stage.command("Z.O.", "/panel", "enter")
    desk.stage.submit("Z.O.", {"agency": f"SUB · {agency.name}"[:75]})
    desk.stage.submit("Z.O.", {"other": "Told by telephone", "list_version": "1", "no_link": ["yes"]})
    hub = read(press_answer(desk.stage, "Z.O.", "updates.sections.open", C25))
    both = f"Entered by <@{desk.users['Z.O.']}> for SUB (<@{desk.users['B.X.']}>)"
    assert both in hub
    desk.stage.press("Z.O.", "updates.view.open")
    desk.stage.submit("Z.O.", {"view": "Only the service knows", "readers": "chair_and_victim_service"})
    desk.stage.settle()
    view = desk.workspace.see(desk.users["Z.O."])["view"]
    assert "Saved 2 October, 1 item" in str(view) and "Only the service knows" not in str(view)
    again = desk.stage.press("Z.O.", "updates.view.open").view
    assert "Only the service knows" not in str(again)
    desk.stage.close("Z.O.")
    sit(desk, "B.X.")
    mine = read(menu(desk, "B.X.", C25, "See or change what we sent"))
    assert f"entered by <@{desk.users['Z.O.']}> for SUB" in mine and "Only the service knows" in mine
