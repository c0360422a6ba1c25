"""What the pack of an offered case shows beside its items: staff safety first, dates ahead, people by reference, needs
and other forums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from commands.cases.record import safety_banner
from commands.kit.blocks import Block, paragraphs, section
from commands.kit.text import escape, weekday
from panel.codes import OtherForum
from panel.codes.linked import AgeBand, AtRiskAs, CareStatus, ChildOf, LivesWith
from panel.codes.subject import Ahead, Effect, Need, NeedState, ServiceState
from storage.tables import Case

Pack = Mapping[str, Any]


def known_of(pack: Pack) -> list[list[Block]]:
    """In the order in which a receiving panel needs it. A pack of an earlier release holds less."""
    return [part for part in (_safety(pack), _ahead(pack), _people(pack), _subject(pack)) if part]


def _safety(pack: Pack) -> list[Block]:
    """As a banner, as on every record; said to be open where nobody has said."""
    case = Case(panel_id=0, ref=pack["ref"], subject_ref=pack["subject"], status="", picture=pack["picture"])
    return paragraphs(safety_banner(case), ":warning: *Staff safety:* ")


def _ahead(pack: Pack) -> list[Block]:
    said = [f"{weekday(date.fromisoformat(told['on']))}: {Ahead(told['what']).label}" for told in pack.get("ahead", ())]
    return [section("\n".join(["*Dates ahead*", *said]))] if said else []


def _people(pack: Pack) -> list[Block]:
    found = [block for told in pack.get("linked", ()) for block in _person(told["ref"], told["details"])]
    return [section("*Children and others at risk*"), *found] if found else []


def _person(ref: str, told: Mapping[str, Any]) -> list[Block]:
    kinds = (("age", AgeBand), ("whose", ChildOf), ("lives", LivesWith), ("care", CareStatus), ("relation", AtRiskAs))
    said = " · ".join(kind(told[name]).label for name, kind in kinds if name in told)
    return paragraphs(told.get("plan") or "", f"*{escape(ref)}* {said}\n")


def _subject(pack: Pack) -> list[Block]:
    said = [*_needs(pack["picture"].get("needs") or {}), *_forums(pack["picture"].get("forums") or {})]
    return [section("\n".join(said))] if said else []


def _needs(told: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    for need in Need:
        if need in told:
            its = told[need]
            state = ServiceState(its["state"]).label
            yield f"*{need.label}* {NeedState(its['need']).label} · {state} · {Effect(its['effect']).label}"


def _forums(told: Mapping[str, Any]) -> Iterator[str]:
    if told.get("on"):
        yield f"*Also dealt with at* {', '.join(OtherForum(code).label for code in told['on'])}"
