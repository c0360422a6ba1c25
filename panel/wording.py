"""Advice on how an action is worded (field reference 7.3). It warns and never refuses: `panel.entry` does that."""

import re
from collections.abc import Collection

_VAGUE = {
    "monitor": r"monitor(s|ing)?",
    "liaise": r"liais(e|es|ing)",
    "consider": r"consider(s|ing)?",
    "continue": r"continu(e|es|ing)( to)?",
    "be aware": r"be(ing)? aware",
    "explore": r"explor(e|es|ing)",
    "keep an eye": r"keep(s|ing)? an eye",
    "engage with": r"engag(e|es|ing) with",
    "work with": r"work(s|ing)? with",
    "as appropriate": r"(as|if|where) (appropriate|necessary|needed|possible)",
    "regularly": r"regularly",
}
_VICTIM = r"(the |a )?(victim|survivor|mother|v-\d{3,4}[a-z])"
_NOT_A_VERB = (
    r"the|an?|this|that|these|those|all|any|some|no|he|she|they|it|we|i|his|her|their|our|there|"
    r"subject|perpetrator|agency|agencies|partners?|police|officers?|probation|housing|health|idva|social"
)
_STARTS_OTHERWISE = re.compile(rf"^(({_NOT_A_VERB})\b|[A-Z]-\d{{3}}|\w+ing\b|\d)", re.IGNORECASE)
_CODE_STARTS = re.compile(r"^[A-Z][A-Z0-9]+\b")  # POL to arrest
_BESIDE = re.compile(r"\b(if|when|once|unless|until|while|before|after|that|which|where|who)\b", re.IGNORECASE)
_PASSIVE = re.compile(
    r"\b(to be|be|been|being|is|are|was|were) (\w+ed|given|taken|made|sent|told|seen|done|held|put|sought|begun|"
    r"found|kept|shown|written|brought)\b",
    re.IGNORECASE,
)
_HINTS: tuple[tuple[str, str], ...] = (
    *((rf"\b{form}\b", f"“{word}” has no end: say what will be done and seen.") for word, form in _VAGUE.items()),
    (
        r"\b(all|every|each) (agenc(y|ies)|partners?|professionals)\b",
        "Name one agency: what everyone owns, nobody does.",
    ),
    (r"\bongoing\b", "Give a date, or a date on which it is reviewed."),
    (
        rf"(^|[.;:]\s*){_VICTIM} (to|will)\b|\b{_VICTIM} (should|must|needs? to|has to)\b",
        "A victim is never the one to act: give it to an agency.",
    ),
)
SAY_WHO = "Say who does it: start with the verb, not with what is done to something."
VERB_FIRST = "Begin with the verb: serve, flag, visit twice. Who does it stands beside it."
SEVERAL = "Name one agency. Where more than one acts, enter an action for each."


def wording_hints(text: str, agencies: Collection[str] = ()) -> list[str]:
    """Plain advice on an action's wording, empty when there is none. `agencies`: the panel's codes, by which two that
    are to act together are known."""
    said = text.strip()
    found = [hint for pattern, hint in _HINTS if re.search(pattern, said, re.IGNORECASE)]
    if _PASSIVE.search(_BESIDE.split(said)[0]):
        found.append(SAY_WHO)
    if _STARTS_OTHERWISE.match(said) or _CODE_STARTS.match(said):
        found.append(VERB_FIRST)
    if _together(said, agencies):
        found.append(SEVERAL)
    return found


def _together(text: str, agencies: Collection[str]) -> bool:
    """Whether the words begin with two agencies, or say that one acts with another."""
    codes = "|".join(re.escape(code) for code in sorted(agencies, key=len, reverse=True))
    if not codes:
        return False
    pair = rf"^({codes})\s*(,|/|&|\+|and)\s*({codes})\b"
    beside = rf"\b(jointly|together) with ({codes})\b|\b({codes}) and ({codes}) (to|will)\b"
    return re.search(f"{pair}|{beside}", text) is not None
