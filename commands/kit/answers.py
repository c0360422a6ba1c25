"""What a listener answers with. One listener gives one answer, and it leaves last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from commands.kit.blocks import Block


@dataclass(frozen=True)
class Show:
    """Open this modal; from inside a modal, lay it on top."""

    view: Block


@dataclass(frozen=True)
class Replace:
    """Put this view in the place of the one they are looking at."""

    view: Block


@dataclass(frozen=True)
class Wrong:
    """Sentences under the questions; what they typed stays."""

    problems: dict[str, str]


@dataclass(frozen=True)
class Tell:
    """A sentence to this person alone, where they are looking. `blocks`: more than the sentence."""

    text: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Close:
    """Close the view (all of them: the whole stack)."""

    everything: bool = False


@dataclass(frozen=True)
class Back:
    """Close this view and show the one beneath it, drawn anew."""

    view: Block


Answer = Show | Replace | Wrong | Tell | Close | Back
KINDS: dict[str, type[Any]] = {kind.__name__: kind for kind in (Show, Replace, Wrong, Tell, Close, Back)}


def to_receipt(answer: Answer) -> dict[str, Any]:
    """As JSON, to be kept for a repeat."""
    return {"kind": type(answer).__name__, **answer.__dict__}


def from_receipt(kept: dict[str, Any]) -> Answer:
    """The answer that `to_receipt` kept."""
    facts = dict(kept)
    kind = KINDS[facts.pop("kind")]
    if kind is Tell:
        facts["blocks"] = tuple(facts["blocks"])
    made: Answer = kind(**facts)
    return made
