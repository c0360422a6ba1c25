"""The coordinator's list of agencies and people: picked by name in Slack, and it counts at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.models.views import View
from sqlmodel import col

from commands.kit.about import About, load
from commands.kit.hours import next_digest
from panel.actions import ENDED
from panel.codes import Function, Role
from storage.tables import Action, Agency, AuditRow, Panel, Seat
from storage.work import UnitOfWork
from tests.commands.seen import SIZES
from tests.commands.updates_desk import ASKED, desk_with_cases, sit
from tests.desk import Desk, open_desk

COORDINATOR = "Z.O."


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for all who change different seats."""
    with open_desk(tmp_path_factory.mktemp("people"), "2026-09-22T08:00:00+01:00") as opened:
        yield opened


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, "2026-09-22T08:00:00+01:00") as opened:
        yield opened


def about(value: str | None) -> About:
    """What a button or an option is about."""
    return load(value) or About()


def agency_of(work: UnitOfWork, code: str) -> Agency:
    found = work.first(Agency, Agency.code == code)
    assert found is not None
    return found


def seat_of(work: UnitOfWork, role: Role, code: str | None = None) -> Seat | None:
    """The open seat of a role."""
    key = agency_of(work, code).id if code else None
    mine = [Seat.agency_id == key] if code else []
    return work.first(Seat, Seat.role == role, col(Seat.until).is_(None), *mine)


def people(desk: Desk) -> dict[str, Any]:
    """/panel people, as the coordinator sees it."""
    view = desk.stage.command(COORDINATOR, "/panel", "people").view
    assert view is not None
    return view


def pick(desk: Desk, code: str, role: Role, user: str | None, **more: Any) -> dict[str, str]:
    """Choose a role in an agency's menu and pick somebody; the sentences under the questions."""
    view = people(desk)
    block, option = next(
        (block["block_id"], option["value"])
        for block in view["blocks"]
        if block.get("accessory", {}).get("type") == "overflow" and f"*{code}*" in block["text"]["text"]
        for option in block["accessory"]["options"]
        if about(option["value"]).code == role
    )
    desk.stage.press(COORDINATOR, "panels.agency", block_id=block, value=option)
    return desk.workspace.submit(desk.users[COORDINATOR], {"who": user} | more).errors


def pick_for_panel(desk: Desk, role: Role, user: str, **more: Any) -> dict[str, str]:
    """Change a role of the panel's own; the sentences under the questions."""
    view = people(desk)
    found = [
        block["block_id"]
        for block in view["blocks"]
        if about(block.get("accessory", {}).get("value")).code == role and not about(block["accessory"]["value"]).agency
    ]
    if found:
        desk.stage.press(COORDINATOR, "panels.pick", block_id=found[0])
    else:
        desk.stage.press(COORDINATOR, f"panels.pick.{role}")
    return desk.workspace.submit(desk.users[COORDINATOR], {"who": user} | more).errors


def test_every_agency_is_listed_with_who_stands_for_it(desk: Desk) -> None:
    view = people(desk)
    told = str(view["blocks"])
    for code in ("POL", "IDVA", "BAF"):
        assert f"*{code}*" in told
    assert f"Representative: <@{desk.users['A.Z.']}> · Deputy representative: <@{desk.users['U.F.']}>" in told
    assert f"Deputy chair (PROB): <@{desk.users['J.Q.']}>" in told
    assert "invited case by case" in told
    View(**{key: view[key] for key in ("type", "title", "blocks", "close")}).validate_json()


def test_somebody_else_stands_for_an_agency_at_once(desk: Desk) -> None:
    newcomer = desk.workspace.add_user("newcomer")
    assert pick(desk, "CSC", Role.REP, newcomer) == {}
    assert f"Representative: <@{newcomer}>" in str(desk.workspace.see(desk.users[COORDINATOR])["view"])
    with desk.work() as work:
        seats = work.find(Seat, Seat.role == Role.REP, Seat.agency_id == agency_of(work, "CSC").id)
        assert [(seat.user_id, seat.until is None) for seat in seats] == [
            (desk.users["N.B."], False),
            (newcomer, True),
        ]
        assert work.first(AuditRow, AuditRow.verb == "seated") is not None
    desk.stage.settle()
    told = desk.workspace.messages(user=newcomer)
    assert len(told) == 1
    assert told[0]["text"].startswith("*You have a new part on panel MSP.*")
    assert desk.workspace.press(newcomer, "kit.open.panel").ok
    assert "/update" in str(desk.workspace.messages(user=newcomer)[-1])


def test_a_part_can_be_left_empty(desk: Desk) -> None:
    assert pick(desk, "SUB", Role.DEPUTY, None) == {}
    with desk.work() as work:
        assert seat_of(work, Role.DEPUTY, "SUB") is None
    assert "Pick somebody" in pick(desk, "SUB", Role.DEPUTY, None)["who"]


def test_nobody_works_for_victims_and_subjects_both(desk: Desk) -> None:
    desk.stage.settle()  # what an earlier test did for them has arrived
    before = desk.seen_by("I.K.")
    errors = pick(desk, "DRV", Role.LEAD, desk.users["I.K."])
    assert "may not stand for both the victim service and the perpetrator service" in errors["who"]
    with desk.work() as work:
        assert seat_of(work, Role.LEAD, "DRV") is None
    desk.stage.settle()
    assert desk.seen_by("I.K.") == before


def test_an_agency_does_not_become_what_its_people_may_not_be(desk: Desk) -> None:
    assert pick(desk, "HOU", Role.DUTY, desk.users["I.K."]) == {}
    assert "may not stand for both" in edit(desk, "HOU", function=Function.PERPETRATOR_SERVICE).errors["function"]


def edit(desk: Desk, code: str, **answers: Any) -> Any:
    """Choose "Edit the agency" in its menu and send the form."""
    view = people(desk)
    block = next(b for b in view["blocks"] if f"*{code}*" in b.get("text", {}).get("text", ""))
    desk.stage.press(
        COORDINATOR, "panels.agency", block_id=block["block_id"], value=block["accessory"]["options"][-1]["value"]
    )
    return desk.workspace.submit(desk.users[COORDINATOR], answers)


def test_an_agency_is_added_and_edited(desk: Desk) -> None:
    people(desk)
    desk.stage.press(COORDINATOR, "panels.agency.add")
    answers = {"code": "edu", "called": "Marrowshire Schools", "function": "education", "core": "invited"}
    assert desk.workspace.submit(desk.users[COORDINATOR], answers | {"code": "PANEL"}).errors["code"]
    assert desk.workspace.submit(desk.users[COORDINATOR], answers | {"code": "POL"}).errors["code"]
    assert desk.workspace.submit(desk.users[COORDINATOR], answers).ok
    assert "*EDU* Marrowshire Schools" in str(desk.workspace.see(desk.users[COORDINATOR])["view"])
    changed = edit(desk, "EDU", systems="Case notes\nRegister\nCase notes\n", core="core")
    assert changed.ok
    with desk.work() as work:
        agency = agency_of(work, "EDU")
        assert (agency.systems, agency.core, agency.function) == (["Case notes", "Register"], True, "education")
    assert "Usually searches: Case notes, Register" in str(desk.workspace.see(desk.users[COORDINATOR])["view"])
    assert "at most 75 characters" in edit(desk, "EDU", systems="x" * 76).errors["systems"]


def test_an_agency_keeps_a_clock_and_holidays_of_its_own_until_it_keeps_the_panels_again(desk: Desk) -> None:
    for clock, nation, kept in (
        ("Europe/Dublin", "scotland", ("Europe/Dublin", "scotland")),
        ("panel", "panel", (None, None)),
    ):
        assert edit(desk, "POL", timezone=clock, nation=nation).ok
        desk.stage.close(COORDINATOR)
        with desk.work() as work:
            agency, panel = agency_of(work, "POL"), work.get(Panel, 1)
            assert (agency.timezone, agency.nation) == kept
            assert panel.wake_at == next_digest(work, panel, work.now), "the next digest is theirs, where it is sooner"


def test_two_who_edit_an_agency_do_not_overwrite_each_other(desk: Desk) -> None:
    view = people(desk)
    block = next(b for b in view["blocks"] if "*POL*" in b.get("text", {}).get("text", ""))
    desk.stage.press(
        COORDINATOR, "panels.agency", block_id=block["block_id"], value=block["accessory"]["options"][-1]["value"]
    )
    with desk.work() as work:
        agency_of(work, "POL").version += 1
    told = desk.workspace.submit(desk.users[COORDINATOR], {"called": "Another name"})
    assert "Somebody changed this" in str(told.errors)


def test_roles_without_anybody_in_slack_come_first(desk: Desk) -> None:
    with desk.work() as work:
        waiting = seat_of(work, Role.REP, "ICB")
        assert waiting is not None
        waiting.user_id = None
    view = people(desk)
    texts = [block["text"]["text"] for block in view["blocks"] if "text" in block]
    assert texts[0].startswith("*Still to be picked*: 1 role has nobody")
    assert texts[1] == "Representative (ICB): F.J., pick somebody"
    desk.stage.press(COORDINATOR, "panels.pick", block_id=view["blocks"][2]["block_id"])
    assert desk.workspace.submit(desk.users[COORDINATOR], {"who": desk.users["F.J."]}).ok
    assert "Still to be picked" not in str(desk.workspace.see(desk.users[COORDINATOR])["view"])
    with desk.work() as work:
        filled = seat_of(work, Role.REP, "ICB")
        assert filled is not None and filled.id == waiting.id and filled.user_id == desk.users["F.J."]


def test_a_chair_comes_from_an_agency(desk: Desk) -> None:
    with desk.work() as work:
        housing = str(agency_of(work, "HOU").id)
    assert pick_for_panel(desk, Role.CHAIR, desk.users["T.G."], agency=housing) == {}
    with desk.work() as work:
        chairs = work.find(Seat, Seat.role == Role.CHAIR, col(Seat.until).is_(None))
        assert [(seat.user_id, str(seat.agency_id)) for seat in chairs] == [(desk.users["T.G."], housing)]


def test_a_panel_always_has_a_coordinator(desk: Desk) -> None:
    people(desk)
    view = desk.workspace.see(desk.users[COORDINATOR])["view"]
    change = next(b for b in view["blocks"] if about(b.get("accessory", {}).get("value")).code == Role.COORDINATOR)
    desk.stage.press(COORDINATOR, "panels.pick", block_id=change["block_id"])
    errors = desk.workspace.submit(desk.users[COORDINATOR], {"who": None}).errors
    assert "always has a coordinator" in errors["who"]


def test_the_next_coordinator_takes_over_at_once(fresh: Desk) -> None:
    follower = fresh.workspace.add_user("follower")
    fresh.workspace.change_channel(fresh.channel, add=[follower])
    assert pick_for_panel(fresh, Role.COORDINATOR, follower) == {}
    fresh.stage.close(COORDINATOR)
    refused = fresh.workspace.command(fresh.users[COORDINATOR], fresh.channel, "/panel", "people")
    assert "Ask the panel's coordinator" in str(refused.messages)
    assert fresh.workspace.command(follower, fresh.channel, "/panel", "people").view is not None


def test_observers_may_be_several_and_each_can_end(desk: Desk) -> None:
    users = [desk.workspace.add_user(name) for name in ("first", "second")]
    for user in users:
        people(desk)
        desk.stage.press(COORDINATOR, "panels.pick.observer")
        assert desk.workspace.submit(desk.users[COORDINATOR], {"who": user}).ok
    view = people(desk)
    ends = [b for b in view["blocks"] if b.get("accessory", {}).get("action_id") == "panels.unseat"]
    assert len(ends) == 2
    desk.stage.press(COORDINATOR, "panels.unseat", block_id=ends[0]["block_id"])
    with desk.work() as work:
        left = work.find(Seat, Seat.role == Role.OBSERVER, col(Seat.until).is_(None))
        assert [seat.user_id for seat in left] == [users[1]]


def test_only_the_coordinator_changes_people(desk: Desk) -> None:
    for who in ("J.Q.", "T.G."):
        refused = desk.workspace.command(desk.users[who], desk.channel, "/panel", "people")
        assert "coordinator" in str(refused.messages)
    with desk.work() as work:
        assert work.find(AuditRow, AuditRow.verb == "refused", col(AuditRow.allowed).is_(False))


@pytest.mark.parametrize("agencies", [25, *SIZES])
def test_the_list_fits_slack_whatever_its_length(fresh: Desk, agencies: int) -> None:
    with fresh.work() as work:
        panel = work.first(Panel)
        assert panel is not None and panel.id is not None
        for seat in work.find(Seat, Seat.role != Role.COORDINATOR):
            work.session.delete(seat)
        work.session.flush()
        for agency in work.find(Agency):
            agency.panel_id = _other_panel(work, panel)
        for number in range(agencies):
            row = Agency(
                panel_id=panel.id, code=f"A{number}", name=f"Agency <!channel> {number}", function="other",
                systems=["x" * 75] * 20,
            )  # fmt: skip
            work.add(row)
            work.add(Seat(panel_id=panel.id, agency_id=row.id, role=Role.REP, label="Q.Q.", since=work.now))
    view = people(fresh)
    seen = str(view["blocks"])
    while any(
        element.get("action_id") == "panels.people.next" for b in view["blocks"] for element in b.get("elements", ())
    ):
        turned = fresh.stage.press(COORDINATOR, "panels.people.next").view
        assert turned is not None
        view = turned
        seen += str(view["blocks"])
    assert all(f"*A{number}*" in seen for number in range(agencies))
    assert "<!channel>" not in seen


def _other_panel(work: UnitOfWork, like: Panel) -> int:
    """Somewhere to put the agencies of the month file: other rows speak of them."""
    found = work.first(Panel, Panel.code == "XX")
    if found is None:
        facts = like.model_dump(exclude={"id", "code", "channel_id"})
        found = work.add(Panel(code="XX", **facts))
    assert found.id is not None
    return found.id


def test_what_goes_with_a_seat_is_told_to_both_by_counts(tmp_path: Path) -> None:
    with desk_with_cases(tmp_path) as desk:
        desk.go_to(ASKED)
        with desk.work() as work:
            housing = agency_of(work, "HOU")
            live = work.find(Action, Action.owner_id == housing.id, col(Action.status).not_in(ENDED))
            named = live[0]
            named.assignee = desk.users["T.G."]
            unnamed = len(live) - 1
        sit(desk, "T.G.")
        desk.stage.press("T.G.", "updates.no_trace", block_id="MSP-26-0041")
        desk.stage.close("T.G.")
        newcomer = desk.workspace.add_user("newcomer")
        assert pick(desk, "HOU", Role.REP, newcomer) == {}
        desk.stage.settle()
        (left,) = [text for text in desk.seen_by("T.G.") if "no part on panel MSP any more" in text]
        assert "5 cases to answer and" in left and "1 action names you, and stays with you" in left
        assert "MSP-26" not in left and "A-0" not in left
        assert desk.stage.press_in_message("T.G.", "kit.open.actions").view is not None
        (came,) = [message["text"] for message in desk.workspace.messages(user=newcomer)]
        assert "5 cases" in came and (not unnamed or f"{unnamed} action" in came)
        opened = desk.workspace.press(newcomer, "updates.open")
        assert opened.view is not None and opened.view["callback_id"] == "updates.statement"


def test_whoever_has_the_part_again_is_told_nothing_of_losing_it(fresh: Desk) -> None:
    other = fresh.workspace.add_user("other")
    with fresh.work() as work:
        seat = seat_of(work, Role.LEAD, "HOU") or seat_of(work, Role.REP, "HOU")
        assert seat is not None
        role, user = Role(seat.role), seat.user_id
        lost = Seat(**seat.model_dump(exclude={"id", "until"}), until=work.now)
        work.add(lost)
        work.owe("again", "unseated", str(user), panel_id=seat.panel_id, about={"seat": lost.id})
    fresh.stage.settle()
    told = [m["text"] for m in fresh.workspace.messages(user=str(user))]
    assert not [text for text in told if "any more" in text or "has ended" in text]
    assert pick(fresh, "HOU", role, other) == {}
    fresh.stage.settle()
    assert [m for m in fresh.workspace.messages(user=str(user)) if "any more" in m["text"]]
