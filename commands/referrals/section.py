"""A section of a referral, told after it was sent: each a short form, kept as an addition, never changed afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, ClassVar

from commands.kit.blocks import Block, paragraphs, section
from commands.kit.errors import Refusal
from commands.kit.fields import Choices, Field, Many, One
from commands.kit.forms import Form
from commands.kit.text import escape, weekday
from commands.kit.turn import Turn
from panel.codes import Route
from storage.tables import Referral

A_LINE = 150  # characters: what is longer is a paragraph of its own


class NothingSaid(Refusal):
    """Answer at least one of these, or close the form. Nothing is kept of an empty one."""


@dataclass
class Section(Form):
    """Base of the sections' forms: every answer is optional unless the question says otherwise."""

    section: ClassVar[str]
    routes: ClassVar[frozenset[Route]] = frozenset()  # whose evidence it is; none: of every route
    asks: ClassVar[str]  # what it is for, in the list
    always: ClassVar[bool] = False  # also once triage has decided against the referral
    kept_apart: ClassVar[bool] = False  # for the chair, the victim service and its writer alone
    happened: ClassVar[Sequence[str]] = ()  # days that can't lie ahead

    def told(self) -> dict[str, Any]:
        """What is kept, as JSON holds it. Raises NothingSaid."""
        given = {each.name: getattr(self, each.name) for each in fields(self)}
        kept = {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in given.items()
            if value not in (None, "", [])
        }
        if not kept:
            raise NothingSaid(field=next(iter(given)))
        return kept

    @classmethod
    def offers(cls, turn: Turn) -> Mapping[str, Choices]:
        """The choices that only the panel knows; a question without any is left out."""
        return {}

    def follow(self, turn: Turn, referral: Referral) -> None:
        """What else is kept of this section. Nothing, unless a section says otherwise."""


def said(form: type[Section], answers: dict[str, Any]) -> list[Block]:
    """The answers, to be read and not to be changed: short ones as lines, long ones as paragraphs."""
    lines: list[str] = []
    blocks: list[Block] = []
    for question, text in _spoken(form, answers):
        if len(text) > A_LINE or "\n" in text:
            blocks += paragraphs(text, before=f"_{question}_\n")
        else:
            lines.append(f"_{question}_ {escape(text)}")
    return ([section("\n".join(lines))] if lines else []) + blocks


def _spoken(form: type[Section], answers: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, field in form.questions().items():
        if name in answers:
            yield field.label, _words(field, answers[name])


def _words(field: Field, value: Any) -> str:
    choices = dict(field.choices) if isinstance(field, One | Many) else {}
    if isinstance(value, list):
        return ", ".join(choices.get(one, str(one)) for one in value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return choices.get(value) or _day(value) or str(value)


def _day(value: Any) -> str | None:
    if isinstance(value, str) and len(value) == 10:
        try:
            return weekday(date.fromisoformat(value))
        except ValueError:
            return None
    return None
