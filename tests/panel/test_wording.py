"""Advice on how an action is worded."""

import pytest

from panel.wording import wording_hints

CODES = ("POL", "HOU")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Monitor the address", "monitor"),
        ("Keep liaising with housing", "liaise"),
        ("Consider an injunction", "consider"),
        ("Continues to engage", "continue"),
        ("Be aware of the dog", "be aware"),
        ("Exploring options", "explore"),
        ("All agencies share updates", "Name one agency"),
        ("Visit to be arranged", "Say who does it"),
        ("Patrols, ongoing", "Give a date"),
        ("Victim to keep a diary", "never the one to act"),
        ("Serve papers; V-041a will report breaches", "never the one to act"),
        ("Report that the mother should leave", "never the one to act"),
        ("Monitoring of the address", "Begin with the verb"),
        ("The marker on the car", "Begin with the verb"),
        ("POL to arrest on sight", "Begin with the verb"),
        ("K-041 and the tenancy", "Begin with the verb"),
        ("Letter is sent to the landlord", "Say who does it"),
        ("POL and HOU visit the flat", "an action for each"),
        ("Visit the flat jointly with HOU", "an action for each"),
        ("Support as appropriate", "as appropriate"),
    ],
)
def test_vague_wording_gets_a_hint(text: str, word: str) -> None:
    assert any(word in hint for hint in wording_hints(text, CODES))


@pytest.mark.parametrize(
    "text",
    [
        "Serve the warning by hand",
        "Support the victim to apply for an order",
        "Fit a considerable lock",
        "Send same-day notice to POL and HOU if an appointment is missed twice",
        "Visit x2 before Friday",
    ],
)
def test_plain_wording_gets_none(text: str) -> None:
    assert wording_hints(text, CODES) == []
