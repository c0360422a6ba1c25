"""Who is outside Slack, and what an address looks like."""

from __future__ import annotations

import pytest

from panel.mail import outside_slack, wrong_address


@pytest.mark.parametrize("user", ["M1", "M204"])
def test_somebody_outside_slack(user: str) -> None:
    assert outside_slack(user)


@pytest.mark.parametrize("user", [None, "", "M", "U0M12", "W1", "C1", "M12 ", "MM1", "m1"])
def test_somebody_else(user: str | None) -> None:
    assert not outside_slack(user)


@pytest.mark.parametrize("typed", ["duty@example.org", "a.b+panel@x-y.nhs.uk", "o'neil@police.uk"])
def test_an_address(typed: str) -> None:
    assert wrong_address(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        "", "duty", "duty@", "@example.org", "duty@example", "du ty@example.org", "duty@example.org\nBcc: x@y.org",
        "a@b.org,c@d.org", "<duty@example.org>", "Duty <duty@example.org>", ".duty@example.org", "du..ty@example.org",
        "düty@example.org", "a" * 65 + "@example.org", "a@" + "b" * 250 + ".org", "duty@-example.org",
    ],
)  # fmt: skip
def test_what_is_none(typed: str) -> None:
    assert wrong_address(typed) is not None
