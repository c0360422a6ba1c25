"""A walk through tables of rules: for each rule an input that passes at its limit and one just past it.

What a rule means is taken from the rule itself, so that a new one can't go unshown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.blocks.checks import AtLeastOne, ExactlyOne, Unique
from sandbox.blocks.elements import DECIMAL, lengths_agree, numbers_agree
from sandbox.blocks.objects import initial_is_offered
from sandbox.blocks.parts import no_divider_when_collapsible
from sandbox.blocks.rules import (
    Anything,
    Either,
    Flag,
    Items,
    Number,
    OneOf,
    Problem,
    Rule,
    Shape,
    Str,
    Typed,
    Whole,
)

Json = dict[str, Any]
Put = Callable[[Any], Any]
"""From a value to the whole input that has it in its place."""

MATCHING: dict[str, Callable[[int], str]] = {
    r"\d{4}-\d{2}-\d{2}": lambda n: "2026-01-31",
    r"([01]\d|2[0-3]):[0-5]\d": lambda n: "09:30",
    str(DECIMAL.pattern): lambda n: "1.5",
    r"F[A-Z0-9]{8,}": lambda n: "F12345678",
    r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})": lambda n: "#a1b2c3",
    r"/\S+": lambda n: "/".ljust(n, "x")[:n],
}
"""For each pattern in the tables a text of that many characters (where the pattern leaves a choice)."""


@dataclass(frozen=True)
class Case:
    """One rule at a pointer: whole inputs that pass, and whole inputs that don't."""

    at: str
    good: tuple[Any, ...]
    bad: tuple[Any, ...]


def broken_rules(cases: Iterator[Case], check: Callable[[Any], list[Problem]]) -> list[str]:
    """What is refused at a limit, and what past it is accepted or refused for something elsewhere."""
    found = []
    for case in cases:
        found += [f"{case.at}: refused with {problems[0]}" for one in case.good if (problems := check(one))]
        found += [f"{case.at}: accepts {str(one)[:200]}" for one in case.bad if not _named(case.at, check(one))]
    return found


def _named(at: str, problems: list[Problem]) -> bool:
    return any(one.pointer.startswith(at) or at.startswith(one.pointer) for one in problems)


def example(rule: Rule) -> Any:
    """A small value that obeys the rule."""
    match rule:
        case Str():
            return text(rule, max(rule.least, 1))
        case Whole():
            return rule.least or 0
        case Number():
            return 1
        case Flag():
            return True
        case OneOf():
            return rule.choices[0]
        case Items():
            return [vary(example(rule.each), index) for index in range(max(rule.least, 1))]
        case Shape():
            return _example_object(rule)
        case Typed():
            kind = min(kinds(rule))
            return {**example(rule.table[kind]), "type": kind}
        case Either():
            return example(rule.rules[-1])
    return {}


def _example_object(rule: Shape) -> Json:
    names = set(rule.required)
    for check in rule.checks:
        if isinstance(check, (ExactlyOne, AtLeastOne)) and not names & set(check.names):
            names.add(check.names[0])
    return {name: example(rule.fields[name]) for name in rule.fields if name in names}


def text(rule: Str, length: int) -> str:
    """A text of so many characters; one that matches, if there is a pattern."""
    return "x" * length if rule.pattern is None else MATCHING[rule.pattern](length)


def kinds(rule: Typed) -> set[str]:
    """The types that may stand here."""
    return set(rule.table) if rule.only is None else set(rule.table) & rule.only


def vary(value: Any, index: int) -> Any:
    """The same again under another id, where it has one that must differ."""
    different = {name: str(index) for name in ("task_id", "name") if isinstance(value, dict) and name in value}
    return {**value, **different} if different and isinstance(value.get("name", ""), str) else value


def cases(
    rule: Rule, value: Any, put: Put = lambda one: one, at: str = "", seen: set[int] | None = None
) -> Iterator[Case]:
    """Every rule below and including this one; `value` obeys it. Objects in `seen` are not gone into again."""
    seen = set() if seen is None else seen
    match rule:
        case Str():
            yield from _texts(rule, put, at)
        case Whole():
            yield from _numbers(rule, put, at)
        case Number():
            yield Case(at, (put(1), put(-1.5)), (put("1"), put(True)))
        case Flag():
            yield Case(at, (put(True), put(False)), (put("yes"), put(1)))
        case OneOf():
            yield Case(at, tuple(map(put, rule.choices)), (put("nonsense"), put(7)))
        case Items():
            yield from _lists(rule, value, put, at, seen)
        case Shape():
            yield from _objects(rule, value, put, at, seen)
        case Typed():
            yield from _types(rule, value, put, at, seen)
        case Either():
            for one in rule.rules:
                yield from cases(one, example(one), put, at, seen)
        case _:
            assert isinstance(rule, Anything), f"the walk does not know {rule}"


def _texts(rule: Str, put: Put, at: str) -> Iterator[Case]:
    yield Case(at, (put(example(rule)),), (put(7), put([])))
    fixed = rule.pattern is not None and text(rule, 1) == text(rule, 2)
    if rule.most is not None and not fixed:
        yield Case(at, (put(text(rule, rule.most)),), (put(text(rule, rule.most + 1)),))
    if rule.least > 0 and not fixed:
        yield Case(at, (put(text(rule, rule.least)),), (put(text(rule, rule.least - 1)),))
    if rule.pattern is not None:
        yield Case(at, (put(example(rule)),), (put("not this one"),))


def _numbers(rule: Whole, put: Put, at: str) -> Iterator[Case]:
    yield Case(at, (put(example(rule)),), (put("1"), put(1.5), put(True)))
    if rule.least is not None:
        yield Case(at, (put(rule.least),), (put(rule.least - 1),))
    if rule.most is not None:
        yield Case(at, (put(rule.most),), (put(rule.most + 1),))


def _lists(rule: Items, value: list[Any], put: Put, at: str, seen: set[int]) -> Iterator[Case]:
    one = value[0] if value else example(rule.each)

    def several(length: int) -> Any:
        return put([vary(one, index) for index in range(length)])

    yield Case(at, (put(value),), (put("text"), put({})))
    if rule.most is not None:
        yield Case(at, (several(rule.most),), (several(rule.most + 1),))
    if rule.least > 0:
        yield Case(at, (several(rule.least),), (several(rule.least - 1),))
    rest = [vary(one, index) for index in range(1, max(rule.least, 1))]
    yield from cases(rule.each, one, lambda first: put([first, *rest]), f"{at}/0", seen)


def _objects(rule: Shape, value: Json, put: Put, at: str, seen: set[int]) -> Iterator[Case]:
    yield Case(at, (put(value),), (put(7), put([])))
    if id(rule) in seen:
        return
    seen.add(id(rule))
    without = tuple(put({name: one for name, one in value.items() if name != gone}) for gone in rule.required)
    yield Case(at, (put(value),), (*without, put({**value, "surprise": 1})))
    for name, field in rule.fields.items():
        first = value.get(name, example(field))
        yield from cases(field, first, _setter(rule, value, name, put), f"{at}/{name}", seen)
    for check in rule.checks:
        good, bad = shown(check, rule, value)
        yield Case(at, tuple(map(put, good)), tuple(map(put, bad)))


def _setter(rule: Shape, value: Json, name: str, put: Put) -> Put:
    return lambda one: put(fit(rule, value, name, one))


def fit(rule: Shape, value: Json, name: str, one: Any) -> Json:
    """The object with this field set, and what does not go with it put right."""
    rivals = {other for check in rule.checks if isinstance(check, ExactlyOne) and name in check.names
              for other in check.names if other != name}  # fmt: skip
    whole = {other: old for other, old in value.items() if other not in rivals} | {name: one}
    if name == "initial_option" and "options" in rule.fields:
        whole["options"] = [one]
    if name == "initial_options" and "options" in rule.fields and isinstance(one, list) and one:
        whole["options"] = one
    return whole


def _types(rule: Typed, value: Json, put: Put, at: str, seen: set[int]) -> Iterator[Case]:
    here = kinds(rule)
    elsewhere = (put({**example(rule.table[kind]), "type": kind}) for kind in sorted(set(rule.table) - here))
    yield Case(at, (), (put({"type": "nonsense"}), put({"type": []}), put({}), put("text"), *elsewhere))
    for kind in sorted(here):
        mine = value if value.get("type") == kind else {**example(rule.table[kind]), "type": kind}
        yield Case(at, (put(mine),), ())
        yield from cases(rule.table[kind], mine, _typed(kind, put), at, seen)


def _typed(kind: str, put: Put) -> Put:
    return lambda one: put({**one, "type": kind} if isinstance(one, dict) else one)


def shown(check: Any, rule: Shape, value: Json) -> tuple[list[Json], list[Json]]:
    """Objects that pass a check over several fields, and objects that don't."""
    match check:
        case ExactlyOne():
            bare, each = _apart(check.names, rule, value)
            return [bare | one for one in each], [bare, {name: v for one in [bare, *each] for name, v in one.items()}]
        case AtLeastOne():
            bare, each = _apart(check.names, rule, value)
            return [bare | one for one in each], [bare]
        case Unique():
            one = example(rule.fields[check.items])[0]
            twice = [{**value, check.items: [one | {check.name: first}, one | {check.name: "2"}]} for first in "12"]
            return twice[:1], twice[1:]
    good, bad = BY_HAND[check](rule.fields)
    return [value | one for one in good], [value | one for one in bad]


def _apart(names: tuple[str, ...], rule: Shape, value: Json) -> tuple[Json, list[Json]]:
    bare = {name: one for name, one in value.items() if name not in names}
    return bare, [{name: value.get(name, example(rule.fields[name]))} for name in names]


A, B = ({"text": {"type": "plain_text", "text": one}, "value": one} for one in "ab")
Shown = tuple[list[Json], list[Json]]


def _offered(fields: Mapping[str, Rule]) -> Shown:
    several = "initial_options" in fields
    name = "initial_options" if several else "initial_option"
    good, bad, renamed = ([one] if several else one for one in (A, B, A | {"text": B["text"]}))
    pairs = [({"options": [A], name: good}, {"options": [A], name: bad}), ({}, {"options": [A], name: renamed})]
    if "option_groups" in fields:
        groups: Json = {"options": None, "option_groups": [{"label": A["text"], "options": [A]}]}
        pairs.append((groups | {name: good}, groups | {name: bad}))
    return [one for one, _ in pairs], [one for _, one in pairs]


BY_HAND: dict[Any, Callable[[Mapping[str, Rule]], Shown]] = {
    initial_is_offered: _offered,
    lengths_agree: lambda fields: (
        [{"min_length": 4, "max_length": 4}, {"max_length": 7, "initial_value": "x" * 7}],
        [{"min_length": 5, "max_length": 4}, {"max_length": 7, "initial_value": "x" * 8}],
    ),
    numbers_agree: lambda fields: (
        [{"min_value": "1.5", "max_value": "1.5"}],
        [{"min_value": "1.6", "max_value": "1.5"}],
    ),
    no_divider_when_collapsible: lambda fields: (
        [{"is_collapsible": True, "has_header_divider": False}, {"has_header_divider": True}],
        [{"is_collapsible": True, "has_header_divider": True}],
    ),
}
"""Checks that don't tell what they want: a new one needs its examples here, or the walk fails."""
