"""Forms and buttons as only a client that was tampered with could send them: empty, unknown, another panel's."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from sqlmodel import SQLModel

from commands.kit.fields import Decimal, Field, Many, Tick, Whole
from commands.kit.forms import Form
from storage.tables import (
    Agency,
    Assessment,
    Case,
    Conflict,
    CourtOrder,
    Draft,
    Flag,
    FollowUp,
    Item,
    Linked,
    Listing,
    Meeting,
    Panel,
    Statement,
    Transfer,
    Victim,
)
from storage.work import UnitOfWork
from tests.journeys.test_bad_input import CHAIR, OFFICE, REP, VICTIM_SERVICE, Crowd, crowded

pytestmark = pytest.mark.slow

Answers = Callable[[str, Field], dict[str, Any]]
NULLS: dict[str, Any] = {
    "value": None, "selected_option": None, "selected_options": [], "selected_date": None, "selected_user": None,
    "selected_conversation": None, "selected_time": None, "selected_date_time": None,
}  # fmt: skip
NOWHERE = 999_999
GONE = "That is no longer here"
OLD = "older version of Convenor"


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crowd]:
    with crowded(tmp_path_factory.mktemp("tampered")) as made:
        yield made


def value(**ids: Any) -> str:
    """What a button or a form travels with."""
    return json.dumps({"v": 1, **ids})


def answers(
    text: str = "words", number: str = "3", day: str = "2026-10-20", chosen: str = "1", at: int = 1_792_000_000
) -> Answers:
    """Something for every question, whether or not it makes sense."""

    def answer(_name: str, field: Field) -> dict[str, Any]:
        listed = [str(value) for value, _ in getattr(field, "choices", ())] or [chosen]
        option = {"value": listed[0], "text": {"type": "plain_text", "text": "A label"}}
        several = isinstance(field, Many | Tick)
        return NULLS | {
            "value": number if isinstance(field, Whole | Decimal) else text,
            "selected_option": None if several else option, "selected_options": [option] if several else [],
            "selected_date": day, "selected_date_time": at, "selected_time": "09:30",
            "selected_user": "U404", "selected_conversation": "C404",
        }  # fmt: skip

    return answer


def nulls(_name: str, _field: Field) -> dict[str, Any]:
    return NULLS


def sent(form: type[Form], about: str, given: Answers, *, offered: bool = True) -> tuple[dict[str, Any], Any]:
    """A submitted view and its state, with every question that the form can ask. `offered`: what is chosen was."""
    blocks, state = [], {}
    for name, field in form.questions().items():
        answer = given(name, field)
        chosen = [option for option in [answer["selected_option"], *answer["selected_options"]] if option]
        element = {"action_id": "answer", "type": "any"} | ({"options": chosen} if chosen and offered else {})
        blocks.append({"type": "input", "block_id": name, "element": element})
        state[name] = {"answer": answer}
    return {"callback_id": form.name, "private_metadata": about, "blocks": blocks}, state


def required(form: type[Form]) -> list[str]:
    return [name for name, field in form.questions().items() if not field.optional]


def test_an_empty_form_saves_nothing_and_says_so_under_each_question(crowd: Crowd) -> None:
    abouts = (value(**crowd.ids(ours=True), version=1), value(panel=crowd.ids(ours=True)["panel"]), "")
    forms = [form for form in crowd.desk.bot.service.forms.values() if required(form)]
    assert len(forms) > 25
    before = crowd.counts()
    for form in forms:
        for about in abouts:
            seen = crowd.submit(OFFICE, *sent(form, about, nulls))
            assert seen.ack["response_action"] == "errors", form.name
            assert set(seen.ack["errors"]) >= set(required(form)), form.name
    assert crowd.counts() == before


WILD: Mapping[str, Answers] = {
    "far": answers(day="9999-12-31", number="9999", at=253_402_300_000),
    "early": answers(day="0001-01-01", number="-5", at=0),
    "unreadable": answers(number="²", day="2026-02-31"),
    "endless": answers(text="x" * 9_000, number="1" * 400),
    "half an emoji": answers(text="ab\ud800cd"),
    "marks": answers(text="<!channel> {{ 7*7 }} {reason} %s %(x)s ```\u202e\u0000", chosen=str(NOWHERE)),
}


@pytest.mark.parametrize("wild", WILD)
def test_no_answer_makes_a_form_stumble(crowd: Crowd, wild: str) -> None:
    about = value(**crowd.ids(ours=True), version=1)
    for form in crowd.desk.bot.service.forms.values():
        seen = crowd.submit(OFFICE, *sent(form, about, WILD[wild]))
        assert not seen.crashed and seen.ack, (form.name, seen, crowd.heard.getvalue()[-1500:])


def test_what_was_not_offered_is_not_taken(crowd: Crowd) -> None:
    about = value(**crowd.ids(ours=True), version=1)
    before = crowd.counts()
    for form in crowd.desk.bot.service.forms.values():
        view, state = sent(form, about, answers(chosen="zqxunoffered"), offered=False)
        if any(entry["answer"]["selected_option"] or entry["answer"]["selected_options"] for entry in state.values()):
            seen = crowd.submit(OFFICE, view, state)
            assert "choose" in str(seen.ack.get("errors")), form.name
    assert crowd.counts() == before


def tampered(crowd: Crowd) -> dict[str, tuple[str, str | None]]:
    """What a value may have been turned into, and the sentence that is due, where it is always the same."""
    ours, theirs = crowd.ids(ours=True), crowd.ids(ours=False)
    assert set(theirs) == {"panel", "meeting", "case", "agency", "action", "referral", "request"}
    nowhere = {name: NOWHERE for name in theirs if name != "panel"}
    made: dict[str, tuple[str, str | None]] = {
        "the neighbour's": (value(**theirs), "You are not on a panel here"),
        "no panel": (value(panel=NOWHERE), GONE),
        "no JSON": ("zqx not json", OLD),
        "a list": ("[]", OLD),
        "a deep list": ("[" * 900 + "]" * 900, OLD),
        "an older version": (json.dumps({"v": 0, **ours}), OLD),
        "other kinds": (value(panel=ours["panel"], case="x", action={"a": 1}), OLD),
        "a flag": (value(panel=True), OLD),
        "too large": (value(panel=ours["panel"], case=10**30), OLD),
        "below nothing": (value(panel=ours["panel"], page=-3), OLD),
        "odd words": (value(**ours, row=NOWHERE, version=NOWHERE, code="odd"), None),
        "a day that is none": (value(panel=ours["panel"], code="2026-13-45", page=10**6), None),
        "the panel alone": (value(panel=ours["panel"]), None),
    }
    for name in nowhere:
        made[f"unknown {name}"] = (value(**ours | {name: NOWHERE}), GONE)
        made[f"the neighbour's {name}"] = (value(**ours | {name: theirs[name]}), GONE)
    return made


KINDS = [
    "the neighbour's", "no panel", "no JSON", "a list", "a deep list", "an older version", "other kinds", "a flag",
    "too large", "below nothing", "odd words", "a day that is none", "the panel alone",
    *(f"{which} {name}" for which in ("unknown", "the neighbour's")
      for name in ("meeting", "case", "agency", "action", "referral", "request")),
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_tampered_form_does_nothing(crowd: Crowd, kind: str) -> None:
    """Each kind at a third of the forms."""
    about, sentence = tampered(crowd)[kind]
    without = {"panels.new"}  # works before there is a panel
    before = crowd.counts() if sentence else {}
    for form in [*crowd.desk.bot.service.forms.values()][KINDS.index(kind) % 3 :: 3]:
        if form.name in without and sentence != OLD:
            continue
        seen = crowd.submit(OFFICE, *sent(form, about, answers()))
        assert not seen.crashed and seen.ack, (form.name, seen, crowd.heard.getvalue()[-1500:])
        assert sentence is None or sentence in seen.said, (form.name, seen)
        assert "zqx" not in seen.said and not crowd.next_doors(seen.said)
    assert not sentence or crowd.counts() == before


@pytest.mark.parametrize("kind", KINDS)
def test_a_tampered_button_does_nothing(crowd: Crowd, kind: str) -> None:
    """Each kind at a quarter of the buttons: all of them would take a minute."""
    about, sentence = tampered(crowd)[kind]
    before = crowd.counts() if sentence else {}
    for number, action_id in enumerate(sorted(crowd.buttons)[KINDS.index(kind) % 4 :: 4]):
        who = (OFFICE, CHAIR, REP, VICTIM_SERVICE)[number % 4]
        surface = ("modal", "message")[number // 4 % 2]
        seen = crowd.press(who, action_id, about, surface=surface)
        assert not seen.crashed, (action_id, seen, crowd.heard.getvalue()[-1500:])
        assert sentence is None or sentence in seen.said, (action_id, seen)
        assert "zqx" not in seen.said and not crowd.next_doors(seen.said)
    assert not sentence or crowd.counts() == before


FAR, WORD = 770_001, "zqxfarrow"  # a row's id that is free in every table, and the word that stands in each


def planted(crowd: Crowd, *, ours: bool) -> int:
    """A row of every kind that a button may name by `row`, all with one id: on the neighbour's case, or on one of ours
    that is closed to the office and the chair. Answers the id."""
    key = FAR + 100_000 * ours  # what is added meanwhile takes the ids after it
    with crowd.desk.work() as work:
        panel = work.first(Panel, (Panel.code == "MSP") if ours else (Panel.code != "MSP"))
        case = work.find(Case, Case.panel_id == (panel and panel.id), order=Case.id)[-1] if panel else None
        agency = work.first(Agency, Agency.panel_id == (panel and panel.id))
        assert panel and panel.id and case and case.id and agency and agency.id
        if work.look(Victim, key) is not None:
            return key
        for row in _rows(work, key, panel.id, case.id, agency.id):
            work.add(row)
        for who in (OFFICE, CHAIR) if ours else ():
            work.add(Conflict(case_id=case.id, user_id=crowd.user(who), declared_at=work.now))
    return key


def _rows(work: UnitOfWork, key: int, panel: int, case: int, agency: int) -> list[SQLModel]:
    day, told = work.now.date(), {"relation": WORD, "type": "other", "terms": WORD, "form": WORD, "conditions": WORD}
    meeting = work.first(Meeting, Meeting.panel_id == panel)
    assert meeting is not None and meeting.id is not None
    sitting = {**meeting.model_dump(), "id": key, "kind": "out_of_cycle", "case_id": case, "trigger": WORD}
    return [
        Meeting(**sitting),
        Victim(id=key, case_id=case, ref=WORD, details=told),
        Linked(id=key, case_id=case, ref=WORD, role="child", details=told),
        CourtOrder(id=key, case_id=case, details=told),
        Item(id=key, case_id=case, agency_id=agency, by_user="U1", at=work.now, kind="fact", body=WORD),
        Flag(id=key, case_id=case, agency_id=agency, until=day),
        FollowUp(id=key, case_id=case, months=6, due=day, numbers={"incidents": 7}),
        Transfer(id=key, case_id=case, area=WORD, status="offered", pack={"ref": WORD}, by_user="U1", at=work.now),
        Conflict(id=key, case_id=case, user_id="U404", declared_at=work.now),
        Listing(id=key, meeting_id=key, case_id=case, kind="review", tell="heard", tell_note=WORD),
        Statement(id=key, meeting_id=key, agency_id=agency, by_user="U1", at=work.now, systems=[WORD], list_version=1,
                  months=12),
        Assessment(id=key, case_id=case, tool="ppit", on=day, by_user="U1", at=work.now, details=told),
        Draft(id=key, panel_id=panel, user_id="U1", form=WORD, about=WORD, answers={"a": WORD}, at=work.now),
    ]  # fmt: skip


def as_stored(crowd: Crowd, key: int) -> list[dict[str, Any]]:
    with crowd.desk.store.read(crowd.desk.bot.clock.now()) as work:
        return [work.get(table, key).model_dump() for table in ROWS]


ROWS: tuple[type[SQLModel], ...] = (
    Meeting, Victim, Linked, CourtOrder, Item, Flag, FollowUp, Transfer, Conflict, Listing, Statement, Assessment,
    Draft,
)  # fmt: skip


@pytest.mark.parametrize("ours", [False, True], ids=["the neighbour's", "of a case that is closed to them"])
def test_a_row_of_elsewhere_is_neither_shown_nor_changed(crowd: Crowd, ours: bool) -> None:
    """Every button and every form, with a row that is not of the case it names. Backwards first: one that ends the
    meeting's record would hide what those after it do."""
    key = planted(crowd, ours=ours)
    before, ids = as_stored(crowd, key), crowd.ids(ours=True)
    for code, backwards in (("victim", True), ("linked", False)):
        for number, action_id in enumerate(sorted(crowd.buttons, reverse=backwards)):
            about = value(**ids, row=key, version=1, code=code)
            seen = crowd.press((OFFICE, CHAIR)[number % 2], action_id, about)
            assert not seen.crashed and WORD not in seen.said, (action_id, seen, crowd.heard.getvalue()[-1500:])
            assert as_stored(crowd, key) == before, action_id
    for form in crowd.desk.bot.service.forms.values():
        seen = crowd.submit(OFFICE, *sent(form, value(**ids, row=key, version=1, code="victim"), answers()))
        assert not seen.crashed and WORD not in seen.said, (form.name, seen)
        assert as_stored(crowd, key) == before, form.name


@pytest.mark.parametrize("action_id", ["kit.open.panel", "kit.panel.0", "panels.open.move"])
@pytest.mark.parametrize("code", ["", "zqx", "/zqx", "/panel zqx", "/update\x00 ", "help"])
def test_a_button_that_runs_a_command_runs_only_ours(crowd: Crowd, action_id: str, code: str) -> None:
    seen = crowd.press(OFFICE, action_id, value(panel=crowd.ids(ours=True)["panel"], code=code))
    assert not seen.crashed and seen.shown != "[]" and "zqx" not in seen.said


def test_another_workspaces_people_reach_nothing(crowd: Crowd) -> None:
    """The same user ids under another workspace's id."""
    ours = value(**crowd.ids(ours=True))
    crowd.team, here = "T0ELSEWHERE", crowd.team
    try:
        for action_id in ("cases.open", "actions.open", "agendas.open", "meetings.hub", "updates.board.open"):
            assert GONE in crowd.press(OFFICE, action_id, ours).said
            assert "You are not on a panel here" in crowd.press(OFFICE, action_id, value()).said
    finally:
        crowd.team = here
