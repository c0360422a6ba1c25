"""People of a panel that keeps references only: whatever they would have written, they choose what their form offers
in its place; and into every question that still takes typed words they put one of their own."""

from __future__ import annotations

import re
from itertools import count
from typing import Any

from commands.kit.no_words import CHOSEN
from sandbox.client import Outcome, Workspace
from tests.journeys.planting import SHAPED

# Names and numbers of systems, records, methods, courts, roles and posts: no narrative.
NAMES = {
    "actions.done.evidence", "actions.for.evidence", "actions.reassign.post", "cases.child.lead", "cases.order.court",
    "cases.score.method", "life.transfer.route", "referrals.more.rfg.method", "referrals.more.transfer.area",
    "updates.sent.told", "updates.statement.other",
}  # fmt: skip
TURNS = {"updates.sent.told"}  # who was told of an imminent risk: an answer says that there is one
STEM = "zqxshort"
WORD = re.compile(rf"{STEM}\d+")


class Wordless(Workspace):
    """A workspace of such people. `typed`: the words that got in, each with its question; `chosen`: the questions that
    were answered by the panel's secure route; `unsaid`: what would have been written there."""

    def __init__(self, control_url: str) -> None:
        super().__init__(control_url)
        self.typed: dict[str, str] = {}
        self.chosen: set[str] = set()
        self.unsaid: set[str] = set()
        self._numbers = count(10_000)

    def submit(self, user: str, values: dict[str, Any] | None = None, view: str | None = None) -> Outcome:
        """Fill in what is asked, and send."""
        shown = self.see(user)["view"]
        blocks = {block["block_id"]: block for block in shown["blocks"]}
        given = {name: value for name, value in (values or {}).items() if name in blocks}
        if "sent_on" in blocks:
            given["sent_on"] = self.clock()["now"][:10]
        for name, block in blocks.items():
            self._answer(f"{shown['callback_id']}.{name}", name, block, given)
        return super().submit(user, given, view)

    def _answer(self, question: str, name: str, block: dict[str, Any], given: dict[str, Any]) -> None:
        element = block.get("element", {})
        if [each["value"] for each in element.get("options", ())] == [CHOSEN]:
            if given.get(name) or not block.get("optional"):
                self.unsaid |= {given[name]} if given.get(name) else set()
                self.chosen.add(question)
                given[name] = CHOSEN
        elif element.get("type") == "plain_text_input" and question not in SHAPED | TURNS:
            word = f"{STEM}{next(self._numbers)}"
            given[name] = f"{given.get(name) or ''} {word}".strip()
            self.typed[word] = question
