"""The guard at the forms: words that look like somebody are asked about before anything is saved."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from commands.kit import guard
from commands.kit.about import About
from commands.kit.fields import Text
from commands.kit.forms import Form, ask
from commands.referrals.identify import Identifiers, know
from sandbox.client import Outcome
from storage.tables import AuditRow, Case, Draft, KnownWord, Panel, Referral
from tests.desk import Desk, open_desk

REFERRER = "N.B."
WHY = "She is frightened of what he may do, and he knows where the children are."
RIGHT = {
    "routes": ["MARAC"], "whereabouts": "unknown", "victims": "2", "children": 1, "why": WHY, "conflict": "no",
    "sharing": "yes",
}  # fmt: skip
TICK = "Yes: this says nobody's name and not where anybody lives"
NAMED = "Threats were made to Zdenka Tredinnick at 14 Mill Lane on Friday."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, "2026-09-28T09:00:00+01:00") as desk:
        yield desk


def send(desk: Desk, why: str, expect: str = "saved", **more: Any) -> Outcome:
    return desk.stage.submit(REFERRER, {**RIGHT, "why": why, **more}, expect=expect)


def referrals(desk: Desk) -> int:
    with desk.work() as work:
        return len(work.find(Referral))


def audited(desk: Desk, verb: str) -> list[dict[str, Any]]:
    with desk.work() as work:
        return [row.details for row in work.find(AuditRow, AuditRow.verb == verb)]


def shown(outcome: Outcome) -> str:
    return json.dumps(outcome.view, ensure_ascii=False)


def test_a_name_is_asked_about_and_kept_only_once_its_writer_answers_for_it(desk: Desk) -> None:
    before = referrals(desk)
    desk.stage.command(REFERRER, "/refer")
    asked = send(desk, NAMED, expect="view")
    assert "Nothing was saved yet" in shown(asked) and "Zdenka Tredinnick" in shown(asked)
    assert "14 Mill Lane" in shown(asked) and referrals(desk) == before
    assert shown(asked).count("Fictional. Nobody here is real.") == 1
    assert audited(desk, "asked_about_words") == [{"found": {"name": 1, "address": 1}}]
    with desk.work() as work:
        assert len(work.find(Draft)) == 1, "what was typed is not lost when they give up here"
    again = send(desk, NAMED, expect="view")
    assert "Nothing was saved yet" in shown(again), "sending it again is no answer"
    assert shown(again).count("guard_said") == 1
    ticked = again.view
    assert ticked is not None
    desk.stage.submit(REFERRER, {**RIGHT, "why": NAMED, "guard_tick": [TICK]})
    assert referrals(desk) == before + 1 and audited(desk, "kept_as_typed") == [{"found": {"name": 1, "address": 1}}]
    assert "Zdenka" not in str(audited(desk, "kept_as_typed")) and "Mill" not in str(audited(desk, "asked_about_words"))


def test_what_was_answered_for_does_not_cover_what_comes_after(desk: Desk) -> None:
    desk.stage.command(REFERRER, "/refer")
    send(desk, NAMED, expect="view")
    asked = send(desk, f"{NAMED} Her number is 07700 900123.", expect="view", guard_tick=[TICK])
    assert "07700 900123" in shown(asked)


def test_taken_out_it_is_saved_unasked(desk: Desk) -> None:
    before = referrals(desk)
    desk.stage.command(REFERRER, "/refer")
    send(desk, NAMED, expect="view")
    send(desk, WHY)
    assert referrals(desk) == before + 1 and not audited(desk, "kept_as_typed")


def test_what_else_is_wrong_is_said_first(desk: Desk) -> None:
    desk.stage.command(REFERRER, "/refer")
    wrong = send(desk, NAMED, expect="errors", whereabouts="sofa-surfing")
    assert "why" not in wrong.errors


def test_the_panels_own_area_is_nobody(desk: Desk) -> None:
    desk.stage.command(REFERRER, "/refer")
    send(desk, f"{WHY} He was in Lower Sallow.")


def test_names_given_with_the_referral_of_a_case_are_refused_on_it_alone(desk: Desk) -> None:
    """Elsewhere the answer to a form would tell who is before the panel."""
    with desk.work() as work:
        case, other = work.find(Case)[:2]
        ours, theirs = case.ref, other.ref
        referral = work.add(
            Referral(panel_id=case.panel_id, by_user="U1", at=work.now, ref="X-1", case_id=case.id, status="accepted")
        )
        turn = desk.bot.service.turn_of(work, desk.panel, "U1", About())
        typed = Identifiers(
            names="Brook Ahluwalia", others="Zdenka Tredinnick", police="98/123456A", born=None, also_born=None,
            health=None, earlier=None,
        )  # fmt: skip
        know(turn, referral, typed)
        kept = work.find(KnownWord)
        assert kept and all(len(word.digest) == 64 for word in kept) and "tredinnick" not in str(kept)
    said = {
        "she met Zdenka tredinnick again": REFUSED, "PNC 98 123456a": REFUSED, "and tredinnick rang": ASKED,
        "at the brook": None,
    }  # fmt: skip
    for text, answer in said.items():
        assert doubted(desk, ours, text) == answer, text
        assert doubted(desk, theirs, text.lower()) != REFUSED, text


REFUSED, ASKED = "refused", "asked"


def doubted(desk: Desk, ref: str, text: str) -> str | None:
    """What a form about this case answers to a text."""
    with desk.store.read(desk.bot.clock.now()) as work:
        case = work.find(Case, Case.ref == ref)[0]
        view = A.draw(About(panel=case.panel_id, case=case.id)) | {"state": {"values": {}}}
        turn = desk.bot.service.turn_of(work, work.get(Panel, case.panel_id), "U1", About(case=case.id))
        try:
            guard.check(turn, A(text=text), view)
        except guard.Doubted as found:
            return ASKED if found.view else REFUSED
    return None


@dataclass
class A(Form):
    name = "test.a"
    title = "A form"
    text: str = ask(Text("Words"))
