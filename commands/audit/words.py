"""A row of the audit log in words. There is no content in it, and none comes in here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from commands.kit.text import escape, moment
from panel.codes.watching import AuditKind, Finding, Surface
from storage.tables import AuditRow

SEEN = frozenset({"opened", "looked", "listed", "read", "previewed"})
TAKEN = frozenset({"exported", "gave_pass", "made_feed", "took_away"})
WARNED = frozenset({"alerted", "reviewed"})
# The verbs whose own word is no sentence.
SAID: Mapping[str, str] = {
    "gave_pass": "was given a link to", "made_feed": "was given a calendar address of", "looked": "looked at",
    "refused": "was refused", "took_away": "took out", "alerted": "was the cause of an alert about",
    "settings_changed": "changed the settings of", "let_in": "let in", "kept_as_typed": "kept as typed",
    "go_live_list": "saved the go-live list of", "declared": "declared",
}  # fmt: skip
# What of a row's details is shown; every other one is in the file that the log is taken out as.
SHOWN: Mapping[str, str] = {
    "section": "part", "part": "part", "items": "items", "shown": "shown", "listed": "listed", "rows": "rows",
    "cases": "cases", "version": "version", "version_of": "version", "acting": "in the place of the",
    "purpose": "for", "basis": "basis", "why": "why", "refusal": "refusal", "finding": "found", "times": "times",
}  # fmt: skip
ID = re.compile(r":(\d+)\b")


def kind_of(row: AuditRow) -> AuditKind:
    """Under which kind a row is found."""
    if not row.allowed:
        return AuditKind.REFUSED
    for verbs, kind in ((SEEN, AuditKind.SEEN), (TAKEN, AuditKind.TAKEN), (WARNED, AuditKind.WARNED)):
        if row.verb in verbs:
            return kind
    return AuditKind.CHANGED


def in_words(row: AuditRow, refs: Mapping[int, str], zone: str) -> str:
    """When, who, what, of which case, where, and what else the row says."""
    who = f"<@{row.by_user}>" if row.by_user else "Convenor"
    what = SAID.get(row.verb, row.verb.replace("_", " "))
    said = f"{moment(row.at, zone)}: {who} {escape(what)} {escape(_thing(row.thing))}"
    if row.case_id is not None:
        said += f", case {refs.get(row.case_id, f'number {row.case_id}')}"
    if row.surface in set(Surface):
        said += f", {Surface(row.surface).label}"
    more = "; ".join(f"{SHOWN[key]} {escape(_value(value))}" for key, value in row.details.items() if key in SHOWN)
    return f"{said} ({more})" if more else said


def _thing(thing: str) -> str:
    """The kind of thing, and its number where it is no case."""
    plain = thing.replace("_", " ").replace(".", " ")
    return ID.sub(lambda found: "" if thing.startswith("case:") else f" {found[1]}", plain)


def _value(value: Any) -> str:
    if value in set(Finding):
        return Finding(value).label.lower()
    return str(value) if isinstance(value, str | int) else "several"
