"""What actions are for: every type of the catalogue has one purpose, and what is done for a victim is support."""

from __future__ import annotations

import pytest

from panel.catalogue import ACTION_TYPES
from panel.codes import Purpose


def test_every_type_has_a_purpose_and_each_purpose_is_some_type_s() -> None:
    assert {kind.purpose for kind in ACTION_TYPES.values()} == set(Purpose)


@pytest.mark.parametrize(
    ("code", "purpose"),
    [
        ("P02", Purpose.ENFORCEMENT), ("P12", Purpose.ENFORCEMENT), ("P16", Purpose.DISRUPTION),
        ("P25", Purpose.SUPPORT), ("B01", Purpose.ENFORCEMENT), ("H06", Purpose.SUPPORT), ("H01", Purpose.DISRUPTION),
        ("M02", Purpose.DIVERSION), ("D03", Purpose.DIVERSION), ("W01", Purpose.PREVENTION),
    ],
)  # fmt: skip
def test_the_lever_says_it_unless_it_is_done_for_a_victim(code: str, purpose: Purpose) -> None:
    assert ACTION_TYPES[code].purpose is purpose
