"""What the record of a case shows of its life, and the buttons that move it on."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit.about import About
from commands.kit.blocks import Block, button, divider, rows, sections
from commands.kit.meetings import today
from commands.kit.people import thing_of
from commands.kit.reading import Reading
from commands.kit.text import escape, weekday
from commands.kit.turn import Turn
from commands.life import ending, flags, follow_up, pathway, transfer, victim_view
from panel.access import Verb, may
from panel.codes import CaseStatus
from panel.codes.life import CaseOutcome, RiskLevel, VictimView
from panel.life import ENDED, is_open
from storage.tables import Case


def stands(turn: Turn, case: Case, about: About) -> list[Block]:
    """For the first view: where it stands, its end, and the moves that are made most."""
    said = [line for line in _lines(turn, case) if line]
    return [*sections("\n".join(["*Where the case stands*", *said])), *rows(_first_moves(case, about))]


def course(turn: Turn, case: Case, about: About) -> list[Block]:
    """What follows its end, the way into case management, a transfer; and the moves that are rarer."""
    said = [*flags.lines(turn, case), *pathway.lines(turn, case)]
    return [
        divider(),
        *(sections("\n".join(said)) if said else []),
        *follow_up.rows(turn, case, about),
        *transfer.rows(turn, case, about),
        *rows(_rarer_moves(turn, case, about)),
    ]


def state(turn: Turn, case: Case) -> str:
    """The course of a case in a few words: its last step into case management, its agencies' marks."""
    marked = flags.counted(turn, case)
    return "; ".join(filter(None, [pathway.last(turn, case), marked])) or "no step into case management"


def door(turn: Turn, case: Case, about: About) -> list[Block]:
    """What a representative may do here: read the timeline, record a step of their service, say how the victim is."""
    return rows([button("Timeline", "life.timeline", about), *pathway.for_service(turn, case, about),
                 *_view_button(turn, case, about)])  # fmt: skip


def _lines(turn: Turn, case: Case) -> list[str]:
    status = CaseStatus(case.status)
    review = weekday(case.next_review) if case.next_review else "is set within a minute"
    return [
        f"{status.label}. " + (f"Next review: {review}" if is_open(status) else _since(turn, case)),
        turn.say("life/hold") if case.hold_at else "",
        turn.say("life/to_hand_over") if transfer.decided(turn, case) else "",
        *_merged(turn, case),
        *_end(turn, case),
    ]


def _since(turn: Turn, case: Case) -> str:
    return f"Since {weekday(today(turn.panel, case.ended_at))}" if case.ended_at else ""


def _merged(turn: Turn, case: Case) -> list[str]:
    into = turn.work.look(Case, case.merged_into_id)
    return [f"The record goes on in {into.ref}"] if into else []


def _end(turn: Turn, case: Case) -> list[str]:
    told = ending.told(case)
    if not told and case.status != CaseStatus.CLOSED and not ending.is_decided(case):
        return []
    found = ["*Its end was decided at a panel.* It ends as soon as this is complete"] if ending.is_decided(case) else []
    found += [f"Still to be recorded: {', '.join(ending.missing(case))}"] if ending.missing(case) else []
    if "outcome" in told:
        risk = f"risk {RiskLevel(told['before']).label.lower()}, then {RiskLevel(told['after']).label.lower()}"
        found.append(
            f"End: {CaseOutcome(told['outcome']).label} · {risk} · agreed by {', '.join(told['agreed']) or '?'}"
        )
        found += [escape(told["note"])] if told.get("note") else []
    if "view" in told:
        found.append(f"The victim, by {told['view_by']}: {VictimView(told['view']).label.lower()}")
        found += [escape(told["view_words"])] if told.get("view_words") and _reads_view(turn, case) else []
    return found


def _reads_view(turn: Turn, case: Case) -> bool:
    """The victim service's words are for it and for the chair."""
    return Reading(turn.work, turn.panel, turn.person, case, None).sees_safety()


def _first_moves(case: Case, about: About) -> list[Block]:
    status = CaseStatus(case.status)
    made = [button("Timeline", "life.timeline", about)]
    if status != CaseStatus.MERGED:
        made.append(button("Open again" if status in ENDED else "Change", "life.status.open", about))
    if ending.may_end(case):
        made.append(button("The end at panel", "life.ending.open", about))
    return made


def _rarer_moves(turn: Turn, case: Case, about: About) -> list[Block]:
    made = [*_view_button(turn, case, about)]
    if is_open(CaseStatus(case.status)):
        if may(turn.person, Verb.SUPERSEDE, thing_of(turn.work, case)):
            made.append(button("Actions into own plans", "life.own_plans.open", about))
        made.append(button("Case management", "life.pathway.open", about))
        made.append(button("Hand over to another panel", "life.transfer.open", about))
        made.append(button("The same subject has another case", "life.merge.open", about))
    return [*made, button("Record a death", "life.death.open", about)]


def _view_button(turn: Turn, case: Case, about: About) -> Sequence[Block]:
    """For the victim service; for the chair where the case has none."""
    asked = ending.may_end(case) and may(turn.person, Verb.GIVE_VICTIM_VIEW, victim_view.thing(turn, case))
    return [button("How the victim is", "life.view.open", about)] if asked else []
