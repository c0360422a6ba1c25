"""The printable pack: opened once, by a code, by whom it was given to, with what they may read at that moment."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col

from panel.codes import Role
from storage.tables import AgendaVersion, AuditRow, Case, Conflict, Pass, Seat
from tests.bot.pages.reader import Link, Page, desk_with_pages, link_of, pressed
from tests.commands.agenda_desk import CHAIR, COORDINATOR, HOUSING
from tests.commands.seen import buttons, words
from tests.commands.test_agendas_briefing import PLANTED, REF, plant
from tests.desk import Desk

pytestmark = pytest.mark.slow


def verbs(desk: Desk, who: str) -> list[tuple[str, str, str]]:
    """What the audit log says of somebody's page, oldest first."""
    with desk.work() as work:
        rows = work.find(AuditRow, AuditRow.by_user == desk.users[who], order=AuditRow.seq)
        kept = [row for row in rows if row.surface == "page" or row.verb == "gave_pass"]
        return [(row.verb, row.thing.split(":")[0], str((row.details or {}).get("why", ""))) for row in kept]


def test_a_link_shows_nothing_until_its_code_is_sent_and_opens_once(tmp_path: Path) -> None:
    with desk_with_pages(tmp_path) as desk:
        link = link_of(desk, CHAIR)
        for _ in range(3):
            looked = link.get()
            assert looked.status == 200 and REF not in looked.html and "code" in looked.words
        wrong = link.send("AAAA-AAAA")
        assert wrong.status == 403 and "4 tries are left" in wrong.words and REF not in wrong.html
        pack = link.send(link.code.lower().replace("-", " "))
        assert pack.status == 200 and REF in pack.words
        again = link.send()
        assert again.status == 403 and "nothing any more" in again.words and REF not in again.html
        told = verbs(desk, CHAIR)
        assert told[:2] == [("gave_pass", "pass", ""), ("refused", "pass", "code")]
        assert told[2] == ("opened", "pass", "") and told[-1] == ("refused", "pass", "ended")
        assert all(row == ("opened", "case", "") for row in told[3:-1]) and len(told) > 6


def test_the_pack_holds_for_each_reader_what_their_own_briefing_does(tmp_path: Path) -> None:
    with desk_with_pages(tmp_path) as desk:
        plant(desk)
        for who in (CHAIR, COORDINATOR):
            pack = link_of(desk, who).send().words
            found = {word for word in PLANTED if word in pack}
            assert found == {word for word, (*_, readers) in PLANTED.items() if who in readers}, who


def test_a_page_a_case_in_the_order_of_the_agenda_with_its_mark(tmp_path: Path) -> None:
    with desk_with_pages(tmp_path) as desk:
        page = link_of(desk, CHAIR).send()
        sheets = page.html.split('<section class="sheet">')[1:]
        with desk.work() as work:
            issued = work.first(AgendaVersion)
            assert issued is not None
            heard = [row["case"] for row in issued.public if row["hearing"]]
        order = [sheet.split("<h1>")[1].split("</h1>")[0] for sheet in sheets]
        assert order[0].startswith("Agenda: MSP") and len(order) == len(set(order)) > 5
        assert [ref for ref in order if ref in heard] == heard
        for sheet in sheets:
            assert "opened by the chair" in sheet and "copy 1" in sheet and "Fictional" in sheet
        assert "Version 1" in page.words and desk.users[CHAIR] not in page.html and CHAIR not in page.words


def test_a_conflict_declared_meanwhile_closes_the_case(tmp_path: Path) -> None:
    with desk_with_pages(tmp_path) as desk:
        link = link_of(desk, CHAIR)
        with desk.work() as work:
            case = work.first(Case, Case.ref == REF)
            assert case is not None and case.id is not None
            work.add(Conflict(case_id=case.id, user_id=desk.users[CHAIR], declared_at=work.now))
        pack = link.send()
        assert pack.status == 200 and f"<h1>{REF}</h1>" not in pack.html
        with desk.work() as work:
            other = work.first(Case, col(Case.ref) != REF)
        assert other is not None and "<h1>" in pack.html


def test_who_left_meanwhile_opens_nothing(tmp_path: Path) -> None:
    with desk_with_pages(tmp_path) as desk:
        link = link_of(desk, COORDINATOR)
        with desk.work() as work:
            for seat in work.find(Seat, Seat.user_id == desk.users[COORDINATOR]):
                seat.until = work.now
        refused = link.send()
        assert refused.status == 403 and REF not in refused.html
        assert verbs(desk, COORDINATOR)[-1] == ("refused", "pass", "access")


def test_five_wrong_codes_end_a_link(tmp_path: Path) -> None:
    with desk_with_pages(tmp_path) as desk:
        link = link_of(desk, CHAIR)
        for left in (4, 3, 2, 1):
            assert f"{left} tr" in link.send("AAAA-AAAA").words
        assert "nothing any more" in link.send("AAAA-AAAA").words
        assert link.send().status == 403


def test_a_link_ends_after_its_minutes_and_when_another_is_made(tmp_path: Path) -> None:
    with desk_with_pages(tmp_path) as desk:
        earlier, later = link_of(desk, CHAIR), link_of(desk, CHAIR)
        assert earlier.send().status == 403
        desk.go_to(desk.bot.clock.now() + timedelta(minutes=14))
        assert later.send().status == 200
        third = link_of(desk, CHAIR)
        desk.go_to(desk.bot.clock.now() + timedelta(minutes=15))
        assert third.send().status == 403
        assert verbs(desk, CHAIR)[-1] == ("refused", "pass", "ended")


def test_of_two_right_codes_at_the_same_moment_one_opens(tmp_path: Path) -> None:
    with desk_with_pages(tmp_path) as desk:
        link, got = link_of(desk, CHAIR), list[Page]()
        ready = threading.Barrier(4)

        def send() -> None:
            ready.wait()
            got.append(link.send())

        threads = [threading.Thread(target=send) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(page.status for page in got) == [200, 403, 403, 403]


def test_neither_link_nor_code_is_kept(tmp_path: Path) -> None:
    with desk_with_pages(tmp_path) as desk:
        link = link_of(desk, CHAIR)
        token = link.url.rsplit("/", 1)[1]
        with desk.work() as work:
            row = work.first(Pass)
            assert row is not None and token not in (row.token_hash, row.code_hash)
        kept = b"".join(path.read_bytes() for path in tmp_path.glob("convenor.db*"))
        assert row.token_hash.encode() in kept
        for secret in (token, link.code, link.code.replace("-", "")):
            assert secret.encode() not in kept


def test_another_link_s_code_opens_nothing(tmp_path: Path) -> None:
    with desk_with_pages(tmp_path) as desk:
        hers, theirs = link_of(desk, CHAIR), link_of(desk, COORDINATOR)
        assert Link(hers.url, theirs.code).send().status == 403
        made_up = Link(hers.url.rsplit("/", 1)[0] + "/no-such-token", hers.code)
        assert made_up.get().status == 200 and made_up.send().status == 403
        assert hers.send().status == 200


def test_a_representative_is_not_offered_it_and_who_left_is_not_given_it(tmp_path: Path) -> None:
    with desk_with_pages(tmp_path) as desk:
        assert "pages.pack" not in buttons(desk.stage.command(HOUSING, "/agenda"))
        assert "pages.pack" in buttons(desk.stage.command(CHAIR, "/agenda"))
        with desk.work() as work:
            for seat in work.find(Seat, Seat.user_id == desk.users[CHAIR], Seat.role == Role.CHAIR):
                seat.role = Role.STEERING
        refused = desk.stage.press(CHAIR, "pages.pack")
        assert "/pack/" not in str(refused.view)
        with desk.work() as work:
            assert not work.find(Pass)
            row = work.first(AuditRow, AuditRow.by_user == desk.users[CHAIR], ~col(AuditRow.allowed))
            assert row is not None and row.thing == "pages.pack"


def test_without_an_address_there_is_no_button(tmp_path: Path) -> None:
    with desk_with_pages(tmp_path, convenor_public_url=None) as desk:
        assert desk.bot.pages is None
        assert "pages.pack" not in buttons(desk.stage.command(CHAIR, "/agenda"))


def test_the_view_with_the_code_says_how_long_it_counts(tmp_path: Path) -> None:
    with desk_with_pages(tmp_path, path="/panel") as desk:
        said = words(pressed(desk, CHAIR))
        assert "within 15 minutes" in said and "opens once" in said and "/panel/pack/" in said
        assert link_of(desk, CHAIR).send().status == 200


def test_the_coordinator_says_how_long_a_link_counts(tmp_path: Path) -> None:
    with desk_with_pages(tmp_path) as desk:
        desk.stage.close(COORDINATOR)
        desk.stage.command(COORDINATOR, "/panel", "settings")
        desk.stage.press(COORDINATOR, "panels.sittings")
        wrong = desk.stage.submit(COORDINATOR, {"papers": "0"}, expect="errors")
        assert set(wrong.errors) == {"papers"}
        desk.stage.submit(COORDINATOR, {"papers": "3"})
        link = link_of(desk, CHAIR)
        desk.go_to(desk.bot.clock.now() + timedelta(minutes=4))
        assert link.send().status == 403
