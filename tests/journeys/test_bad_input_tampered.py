"""Forms and buttons as only a client that was tampered with could send them: empty, unknown, another panel's."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from commands.kit.fields import Decimal, Field, Many, Tick, Whole
from commands.kit.forms import Form
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
