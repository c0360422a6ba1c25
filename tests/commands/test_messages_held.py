"""What a message may carry, held template by template: references, dates, times, counts, versions, the lead's code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from panel.cycle import CutOff

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
RENDERS = ("words", "_words", "_with_minutes", "_about_record")  # what notices are written with
NO_MESSAGES = ("home", "minutes")  # App Home is a checked view

REFERENCES = {"ref", "case.ref", "referral.ref", "line.case", "line.subject", "panel.code", "panel"}
DATES = {
    "meeting", "meeting.day", "meeting.starts_at", "meeting.wall_time", "meeting.list_date", "next", "next.day",
    "next.wall_time", "day", "old", "at", "now", "was", "closes", "deadline", "locked_at", "label", "first", "last",
    "by", "until", "soonest",
}  # fmt: skip
COUNTS = {
    "number", "open", "cases", "pairs", "waiting", "days", "came", "agreed", "returned", "asked", "missed", "panels",
    "hours", "items", "later", "seats", "actions", "kept", "openings", "many",
    "figures.actions", "figures.complete", "figures.reported", "figures.open", "figures.overdue",
    "figures.unanswered", "figures.returned",
    "figures.asked", "parts", "parts.mine", "parts.waiting", "parts.agency", "parts.check", "parts.advice",
    "parts.nobody", "parts.cases",
}  # fmt: skip
VERSIONS = {"version.version", "minutes.version", "meeting.list_version", "part"}
ON_THE_AGENDA = {
    "change",
    "item",
    "change.case",
    "change.title",
    "change.was",
    "change.now",
    "line.overdue",
    "line.open",
    "line.number",
    "line.title",
    "line.minutes",
    "line.hearing",
    "line.lead",
}
OURS = {
    "zone",
    "count",
    "words",
    "line.value",
    "when",
    "missing",
    "ended",
}  # names of ours that carry nothing of a case
# What has befallen one action is read in a view.
STATUS_WORDS = re.compile(
    r"not done|on hold|no longer possible|cancelled|replaced|ended|refused|against advice|passed|changed|agreed"
    r"|proposed|sent back|came back|complete\b|in progress",
    re.IGNORECASE,
)
ALLOWED = REFERENCES | DATES | COUNTS | VERSIONS | ON_THE_AGENDA | OURS


def message_templates() -> list[str]:
    """Every template that a notice is written with."""
    found = {f"actions/{path.stem}" for path in (TEMPLATES / "actions").glob("told_*.jinja")}
    for path in (ROOT / "commands").rglob("*.py"):
        if path.parent.name in NO_MESSAGES or path.stem in NO_MESSAGES:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and _called(node) in RENDERS:
                for given in node.args:
                    if isinstance(given, ast.Constant) and isinstance(given.value, str):
                        found.add(given.value if "/" in given.value else f"{path.parent.name}/{given.value}")
    return sorted(found)


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def said(name: str) -> Iterator[str]:
    """The dotted names of everything that a template (and what it includes) fills in."""
    tree = Environment().parse((TEMPLATES / f"{name}.jinja").read_text())
    for include in tree.find_all(nodes.Include):
        assert isinstance(include.template, nodes.Const)
        yield from said(include.template.value.removesuffix(".jinja"))
    for output in tree.find_all(nodes.Output):
        inner = {id(node.node) for node in output.find_all(nodes.Getattr)}
        for found in (*output.find_all(nodes.Getattr), *output.find_all(nodes.Name)):
            if id(found) not in inner:
                yield _dotted(found)


def _dotted(node: nodes.Node) -> str:
    return f"{_dotted(node.node)}.{node.attr}" if isinstance(node, nodes.Getattr) else getattr(node, "name", "?")


@pytest.mark.parametrize("name", message_templates())
def test_a_message_fills_in_only_what_may_stand_in_one(name: str) -> None:
    assert set(said(name)) <= ALLOWED


@pytest.mark.parametrize("name", message_templates())
def test_a_message_names_no_person_and_no_channel(name: str) -> None:
    text = (TEMPLATES / f"{name}.jinja").read_text()
    assert "<@" not in text and "<#" not in text


@pytest.mark.parametrize("name", [name for name in message_templates() if name.startswith("actions/")])
def test_a_message_says_nothing_of_what_befell_an_action(name: str) -> None:
    assert not STATUS_WORDS.search((TEMPLATES / f"{name}.jinja").read_text())


def test_the_list_of_message_templates_is_whole() -> None:
    names = set(message_templates())
    assert {"agendas/line", "updates/urgent", "reminders/digest", "referrals/alert", "actions/told_news"} <= names
    for name in names:
        assert (TEMPLATES / f"{name}.jinja").is_file()


def test_every_cut_off_is_acted_on() -> None:
    """By a notice or a document when it comes, or as lines of the digest from then on."""
    source = "\n".join(path.read_text() for path in (ROOT / "commands").rglob("*.py"))
    by_the_digest = {CutOff.REMINDER_1, CutOff.REMINDER_2}
    by_the_ladder = {CutOff.ACKNOWLEDGE_BY}  # an action's own two working days
    for cut_off in CutOff:
        listened = f"at_cut_off(CutOff.{cut_off.name}," in source
        assert listened is (cut_off not in by_the_digest | by_the_ladder), cut_off
    standing = (ROOT / "commands" / "reminders" / "standing.py").read_text()
    assert all(f"CutOff.{cut_off.name}" in standing for cut_off in by_the_digest)
