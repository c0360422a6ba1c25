"""Which type of the catalogue a row means: the code that stands there, its label, or a suggestion from the words. A
suggestion is never taken by itself: the type decides whether the victim service is asked first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from math import log

from panel.action_types import ActionType
from panel.codes import Check
from panel.tracker.columns import plain

CODE = re.compile(r"\W*([A-Za-z]{1,3}\d{2,3})\b")
LITTLE = {
    "an",
    "and",
    "at",
    "by",
    "for",
    "from",
    "in",
    "is",
    "it",
    "of",
    "off",
    "on",
    "or",
    "that",
    "the",
    "their",
    "to",
}
NO_HELP = {"be", "do", "get", "give", "have", "make", "out", "put", "take", "them", "their", "this", "with", "subject"}
ENOUGH = 5.0  # how much of the catalogue's own words has to be there for a suggestion
CAREFUL = {Check.REQUIRED: 2, Check.ADVISE: 1, Check.NONE: 0}


def named(said: str, types: Mapping[str, ActionType]) -> str | None:
    """The code that the words begin with, or whose label they are."""
    found = CODE.match(said)
    if found and found[1].upper() in types:
        return found[1].upper()
    return next((code for code, kind in types.items() if plain(kind.label) == plain(said)), None) if said else None


def suggested(said: str, functions: Collection[str], types: Mapping[str, ActionType]) -> str | None:
    """The type whose words are most among these, if enough of them are; of two alike the one that the victim service
    checks. `functions`: of the agency that owns it, whose usual types come first."""
    here = _stems(said)
    weights = _weights(types)
    scored = []
    for code, kind in types.items():
        shared = here & _stems(f"{kind.label} {kind.also}")
        usual = any(function in functions for function in kind.usual_owner)
        score = sum(weights[stem] for stem in shared) + (1.0 if usual and shared else 0.0)
        scored.append((score, CAREFUL[kind.check], code))
    best = max(scored, default=(0.0, 0, ""))
    return best[2] if best[0] >= ENOUGH else None


def _stems(said: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in plain(said).split() if word not in LITTLE | NO_HELP and len(word) > 1)


def _stem(word: str) -> str:
    for end in ("ing", "ed", "es", "s"):
        if word.endswith(end) and len(word) - len(end) >= 3:
            return word[: -len(end)]
    return word


def _weights(types: Mapping[str, ActionType]) -> Mapping[str, float]:
    """Rare words say more."""
    found = Counter(stem for kind in types.values() for stem in _stems(f"{kind.label} {kind.also}"))
    return {stem: log(len(types) / many) + 0.5 for stem, many in found.items()}
