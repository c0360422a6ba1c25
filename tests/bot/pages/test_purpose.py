"""What papers are for is asked before their link is given, kept in the audit log, and stands on every page."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from commands.kit.about import About
from commands.kit.taken import NEVER_FOR
from commands.pages.marks import Line, Run
from commands.pages.pack import Pack, Sheet
from commands.pages.pdf import as_pdf
from panel.codes.basis import TakenFor
from storage.tables import AuditRow, Meeting, Pass
from tests.bot.pages.reader import desk_with_pages, link_of
from tests.commands.agenda_desk import CHAIR
from tests.commands.seen import words

FOR = f"For: {TakenFor.MEETING.label} · {NEVER_FOR}"


@pytest.mark.slow
def test_no_link_before_the_purpose_and_it_stands_on_every_page_and_in_the_log(tmp_path: Path) -> None:
    with desk_with_pages(tmp_path) as desk:
        desk.stage.command(CHAIR, "/agenda")
        asked = words(desk.stage.press(CHAIR, "pages.pack"))
        assert "/pack/" not in asked and all(one.label in asked for one in TakenFor)
        with desk.work() as work:
            meeting = work.first(Meeting, Meeting.day == desk.stage.panel_day)
            assert meeting is not None and not work.find(Pass)
        forged = About(panel=desk.panel.id, meeting=meeting.id, code="removals").dump()
        refused = desk.workspace.press(desk.users[CHAIR], "pages.pack", value=forged)
        assert "/pack/" not in str(refused)
        page = link_of(desk, CHAIR).send()
        sheets = page.html.split('<section class="sheet">')[1:]
        assert len(sheets) > 2 and all(FOR in sheet for sheet in sheets)
        with desk.work() as work:
            (row,) = work.find(Pass)
            kept = work.find(AuditRow, AuditRow.thing == f"pass:{row.id}", order=AuditRow.seq)
            assert [(each.verb, each.details["purpose"]) for each in kept] == [
                ("gave_pass", "meeting"), ("opened", "meeting"),
            ]  # fmt: skip


def test_every_page_of_the_file_has_it() -> None:
    sheets = [Sheet(title, "", [Line("text", (Run("Words"),))]) for title in ("One", "Two")]
    file = PdfReader(io.BytesIO(as_pdf(Pack("Version 1", "Panel MSP", None, sheets, taken=FOR), "code")))
    assert file.decrypt("code")
    pages = [" ".join(page.extract_text().split()) for page in file.pages]
    assert len(pages) == 2 and all(page.count(NEVER_FOR) >= 2 for page in pages), pages
