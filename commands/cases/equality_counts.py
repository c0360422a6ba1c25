"""The equality answers of the panel's subjects, counted: small numbers are not shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlmodel import col

from commands.cases.equality import Equality
from commands.kit.answers import Answer, Show
from commands.kit.blocks import Block, sections
from commands.kit.fields import One
from commands.kit.meetings import settings_of
from commands.kit.turn import Turn
from commands.kit.views import modal
from panel.access import Allowed, Thing, Verb, may
from panel.codes.equality import NOT_KNOWN
from panel.small_numbers import safe
from storage.tables import Case

OPEN = "cases.equality.counts"


def offered(turn: Turn) -> bool:
    """Whether this person may read the counts: coordinator and chair."""
    return isinstance(may(turn.person, Verb.COUNT_EQUALITY, Thing()), Allowed)


def open_counts(turn: Turn) -> Answer:
    """Each field with how many subjects gave which answer, as far as it may be read (field reference 4.2, row 9)."""
    turn.need(Verb.COUNT_EQUALITY, Thing())
    turn.audit("opened", f"equality:{turn.panel.id}")
    least = settings_of(turn.panel).small_number
    told = list(_by_subject(turn).values())
    blocks: list[Block] = sections(turn.say("cases/equality_counts", least=least))
    for name, field in Equality.questions().items():
        if isinstance(field, One):
            given = Counter(answers.get(name, NOT_KNOWN[0]) for answers in told)
            counts = {text: given[code] for code, text in field.choices}
            blocks += _drawn(turn, field.label, counts, least)
    return Show(modal("Equality", blocks, turn.about.but(meeting=None, page=None), name=OPEN))


def _drawn(turn: Turn, label: str, counts: Mapping[str, int], least: int) -> Sequence[Block]:
    return sections(turn.say("cases/equality_count", label=label, found=safe(counts, least), least=least))


def _by_subject(turn: Turn) -> Mapping[str, Mapping[str, str]]:
    """What is on record of each subject, once: of several cases of one person, the newest in which somebody asked."""
    found: dict[str, Mapping[str, str]] = {}
    for case in turn.work.find(Case, Case.panel_id == turn.panel.id, order=col(Case.id)):
        who = f"person {case.person_id}" if case.person_id else f"case {case.merged_into_id or case.id}"
        answers = case.picture.get("equality") or {}
        if answers or who not in found:
            found[who] = answers
    return found
