"""People who write a word of their own into every free text that a form asks for, and who remember what they saw."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from sandbox.client import Outcome, Workspace

STEM = "zqxform"
WORD = re.compile(rf"{STEM}\d+")

# Short texts with a shape of their own: a reference, a number, the name of an agency, a method, a system.
SHAPED = {
    "access.glass.case", "actions.edit.ref", "actions.type.also", "actions.type.label", "agendas.call.case",
    "agendas.urgent.case", "cases.ppit.items", "cases.score.components",
    "cases.score.place", "cases.score.score", "cases.score.source",
    "cases.scores.settings.ppit_items",
    "audit.find.save.case", "cases.tool.called", "cases.tool.value", "cases.victim.marac", "cases.victim.ref",
    "cases.child.ref",
    "cases.at_risk.ref", "cases.same.ref",
    "life.accept.case_ref", "life.accept.subject_ref", "life.merge.into", "panels.agency.save.called",
    "panels.agency.save.code", "panels.agency.save.systems", "panels.also.address", "panels.answering.contact",
    "panels.live.dpia", "panels.live.policy", "panels.mailbox.address", "panels.mailbox.label", "panels.new.called",
    "records.hold.case", "records.request.reference",
    "panels.new.code", "panels.series.area", "panels.series.called",
    "referrals.intake.enter.lines", "referrals.intake.enter.method",
    "referrals.identify.earlier", "referrals.identify.health", "referrals.identify.police",
    "referrals.more.ppit.items", "referrals.more.rfg.components", "referrals.more.rfg.place",
    "referrals.more.rfg.score", "referrals.more.rfg.source",
    "referrals.more.court.reference", "referrals.more.mappa.extract", "referrals.more.marac.days",
    "referrals.more.mash.contact", "referrals.more.transfer.pack",
    "referrals.triage.case_ref", "referrals.triage.referral_ref", "referrals.triage.subject_ref",
}  # fmt: skip
# Left empty unless the story fills them in: an answer would change what happens.
TURNS = {"referrals.refer.urgent"}


@dataclass(frozen=True)
class Planted:
    """A word, the question it was typed under, by whom, and what else they answered in that form."""

    word: str
    question: str  # form.field
    who: str  # user id
    answers: Mapping[str, Any] = field(hash=False)
    action: int | None = None  # the action that the form was about


class Planter(Workspace):
    """A workspace whose people plant words. `shown`: all that each person has seen, as JSON."""

    def __init__(self, control_url: str) -> None:
        super().__init__(control_url)
        self.planted: dict[str, Planted] = {}
        self.refused: dict[str, Planted] = {}
        self.shown: dict[str, list[str]] = defaultdict(list)
        self._numbers = count(10_000)

    def submit(self, user: str, values: dict[str, Any] | None = None, view: str | None = None) -> Outcome:
        """Fill in, plant, and send. A box that must stay empty is emptied again, and its word is `refused`."""
        shown = self.see(user)["view"]
        typed, words = self._plant(user, shown, values or {})
        outcome = super().submit(user, typed, view)
        wrong = {word: each for word, each in words.items() if each.question.split(".")[-1] in outcome.errors}
        if outcome.kind == "errors" and wrong:
            self.refused |= wrong
            kept = {name: (values or {}).get(name) for name in outcome.errors}
            outcome = super().submit(user, typed | kept, view)
        if outcome.kind not in ("errors", "timeout", "failed"):
            self.planted |= {word: each for word, each in words.items() if word not in wrong}
        return outcome

    def _plant(
        self, user: str, view: dict[str, Any], values: dict[str, Any]
    ) -> tuple[dict[str, Any], dict[str, Planted]]:
        typed, words = dict(values), {}
        about = json.loads(view["private_metadata"] or "{}").get("action")
        for block in view["blocks"]:
            element, name = block.get("element", {}), block["block_id"]
            question = f"{view['callback_id']}.{name}"
            if element.get("type") != "plain_text_input" or question in SHAPED:
                continue
            text = values.get(name) or element.get("initial_value") or ""
            if question in TURNS and not text:
                continue
            for earlier in WORD.findall(text):  # carried on from the step before: who may read it is asked here
                before = self.planted[earlier]
                self.planted[earlier] = replace(before, answers={**before.answers, **values})
            word = f"{STEM}{next(self._numbers)}"
            typed[name] = f"{text} {word}".strip()
            words[word] = Planted(word, question, user, values, about)
        return typed, words

    def _act(self, operation: str, **given: Any) -> Outcome:
        outcome = super()._act(operation, **given)
        self.shown[given["user"]].append(json.dumps([outcome.view, outcome.home, outcome.messages, outcome.errors]))
        return outcome
