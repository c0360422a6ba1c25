"""A panel that keeps references only: forms ask for no words, and what is typed all the same is not kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.kit.fields import Text
from commands.kit.forms import Form
from commands.kit.no_words import ELSEWHERE, NoWordsHere, asks_for_words, view_without
from panel.settings import Content
from storage.tables import Draft, Panel, Referral
from tests.desk import Desk, open_desk
from tests.journeys.planting import SHAPED
from tests.journeys.without_words import NAMES

WORD = "zebrafish"
REFERRER = "N.B."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, "2026-10-01T08:00:00+01:00") as opened:
        _set(opened, Content.REFERENCES_ONLY)
        yield opened


def every_form(desk: Desk) -> list[type[Form]]:
    return list(desk.bot.service.forms.values())


def submitted(form: type[Form], state: dict[str, object]) -> dict[str, object]:
    """The form as Slack sends it back, each question for words answered alike."""
    wordy = [name for name, field in form.questions().items() if asks_for_words(field)]
    blocks = [{"type": "input", "block_id": name, "element": {"type": "static_select"}} for name in wordy]
    return {"blocks": blocks, "state": {"values": {name: {"answer": state} for name in wordy}}}


def test_no_form_takes_words(desk: Desk) -> None:
    forms = [form for form in every_form(desk) if any(map(asks_for_words, form.questions().values()))]
    assert len(forms) > 40
    for form in forms:
        with pytest.raises(NoWordsHere):
            view_without(submitted(form, {"value": WORD}), desk.panel, form)
        read = view_without(submitted(form, {"selected_option": {"value": "elsewhere"}}), desk.panel, form)
        values = [next(iter(each.values()))["value"] for each in read["state"]["values"].values()]
        assert set(values) == {ELSEWHERE}


def test_whatever_else_takes_typed_words_is_a_reference_or_a_name(desk: Desk) -> None:
    """A new short question fails here until it is said that it asks for words, or which name it asks for."""
    typed = {
        f"{form.name}.{name}"
        for form in every_form(desk)
        for name, field in form.questions().items()
        if isinstance(field, Text) and field.guarded and not asks_for_words(field)
    }
    assert typed <= SHAPED | NAMES | IN_AN_IMPORT, typed - SHAPED - NAMES - IN_AN_IMPORT


IN_AN_IMPORT = {"actions.bring.rows"}  # read into columns: tests/bot/test_bringing.py


def test_what_is_not_words_is_asked_as_ever() -> None:
    assert asks_for_words(Text("Why?")) and asks_for_words(Text("Why?", lines=True, limit=100))
    assert not asks_for_words(Text("Reference", limit=20)) and not asks_for_words(Text("Systems", guarded=False))


ANSWERS = {
    "routes": ["MARAC", "MASH"], "whereabouts": "unknown", "victims": "2", "children": 1, "conflict": "no",
    "sharing": "yes",
}  # fmt: skip


def test_a_form_is_drawn_sent_and_kept_without_a_word(desk: Desk) -> None:
    shown = desk.stage.command(REFERRER, "/refer")
    assert shown.view is not None
    boxes = {block["block_id"]: block["element"]["type"] for block in shown.view["blocks"] if block["type"] == "input"}
    assert "plain_text_input" not in boxes.values() and boxes["why"] == "static_select"
    desk.stage.submit(REFERRER, ANSWERS, expect="view")
    with desk.work() as work:
        kept = work.find(Referral)[-1]
        assert kept.answers is not None and kept.answers["why"] == ELSEWHERE


def test_a_form_from_before_the_setting_is_refused_in_words_and_nothing_is_kept(desk: Desk) -> None:
    _set(desk, Content.HELD)
    desk.stage.command(REFERRER, "/refer")
    _set(desk, Content.REFERENCES_ONLY)
    before = _referrals(desk)
    refused = desk.stage.workspace.submit(desk.users[REFERRER], {**ANSWERS, "why": WORD})
    assert "keeps references only now" in str(vars(refused)) and _referrals(desk) == before
    with desk.work() as work:
        assert not work.find(Draft)


def _referrals(desk: Desk) -> int:
    with desk.work() as work:
        return len(work.find(Referral))


def _set(desk: Desk, content: Content) -> None:
    with desk.work() as work:
        panel = work.get(Panel, desk.panel.id)
        panel.settings = {**panel.settings, "content": str(content)}
