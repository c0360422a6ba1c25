"""Panel settings: defaults, and the way to JSON and back."""

import json
from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.codes import AgendaKind
from panel.cycle import CutOff, Offset
from panel.settings import Capacity, Content, Ladder, PanelSettings, Quorum

TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))


def test_defaults_cover_every_cut_off_and_every_kind_of_item() -> None:
    settings = PanelSettings()
    assert set(settings.offsets) == set(CutOff)
    assert set(settings.agenda_minutes) == set(AgendaKind)


def test_the_standing_items_take_the_usual_minutes() -> None:
    minutes = PanelSettings().agenda_minutes
    expected = [5, 2, 1, 2, 10, 5, 18, 10, 8, 3, 1, 5, 5, 3, 2, 5]
    assert [minutes[kind] for kind in AgendaKind] == expected


@given(
    st.builds(
        PanelSettings,
        offsets=st.fixed_dictionaries(
            {cut: st.builds(Offset, st.integers(-30, 30), st.none() | TIMES) for cut in CutOff}
        ),
        capacity=st.builds(Capacity, *[st.integers(1, 99)] * 3),
        quorum=st.builds(Quorum, st.integers(1, 9), st.lists(st.text(min_size=1)).map(tuple)),
        ladder=st.builds(Ladder, fast_hours=st.lists(st.integers(-5, 9)).map(tuple)),
        digest_at=TIMES,
        content=st.sampled_from(Content),
    )
)
def test_json_and_back_is_the_same(settings: PanelSettings) -> None:
    assert PanelSettings.from_json(settings.to_json()) == settings


def test_what_is_left_out_keeps_its_default() -> None:
    given_json = '{"offsets": {"triage": {"days": -7, "at": "10:00"}}, "agenda_minutes": {"new": 20}}'
    settings = PanelSettings.from_json(given_json)
    default = PanelSettings()
    changed = {**default.offsets, CutOff.TRIAGE: Offset(-7, time(10))}
    minutes = {**default.agenda_minutes, AgendaKind.NEW: 20}
    assert settings == replace(default, offsets=changed, agenda_minutes=minutes)


@pytest.mark.parametrize(
    ("broken", "where"),
    [
        ([], "settings: "),
        ({"colour": 1}, "settings: no such setting: colour"),
        ({"capacity": 3}, "settings.capacity: "),
        ({"capacity": {"max_cases": True}}, "settings.capacity.max_cases: "),
        ({"ladder": {"fast_hours": ["1"]}}, "settings.ladder.fast_hours: "),
        ({"offsets": {"teatime": {"days": 1, "at": None}}}, "settings.offsets: "),
        ({"offsets": {"triage": {"days": 1}}}, "settings.offsets.triage: missing: at"),
        ({"digest_at": "25:00"}, "settings.digest_at: "),
        ({"digest_at": 9}, "settings.digest_at: "),
        ({"content": "everything"}, "settings.content: "),
    ],
)
def test_the_impossible_is_refused_by_name(broken: object, where: str) -> None:
    with pytest.raises(ValueError) as refused:
        PanelSettings.from_json(json.dumps(broken))
    assert str(refused.value).startswith(where)
