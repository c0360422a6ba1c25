"""The life of an action over statuses, roles and answers, two people at once included: each move is made as the product
makes it and compared with a model of its own. More with `--machine N`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from storage.work import Store
from tests.actions_machine.model import (
    DOING,
    ENDED,
    LIVE,
    PEOPLE,
    TABLE,
    Model,
    after,
    choices,
    kind,
    legal,
    near_misses,
)
from tests.actions_machine.play import NOW, PLAYS, Played
from tests.commands import owed

ANY = st.tuples(st.sampled_from(sorted(TABLE)), st.sampled_from(PEOPLE))
NUMBER = st.integers(0, 999)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with owed.open_store(tmp_path_factory.mktemp("machine"), NOW) as made:
        yield made


class Life(RuleBasedStateMachine):
    """One action, from proposed on."""

    store: Store
    known: ClassVar[set[object]]  # how actions have stood in this run

    @initialize(checked=st.booleans())
    def begin(self, checked: bool) -> None:
        """Proposed: of a kind that asks for a check, or of one that does not."""
        self.model = Model(checked)
        self.played = Played(self.store, self.model)

    @rule(numbers=st.lists(NUMBER, min_size=4, max_size=6))
    def things_that_can_be_done(self, numbers: list[int]) -> None:
        """So that a life goes on, and not only doors are shut."""
        for number in numbers:
            possible = choices(self.model)
            if possible:
                self._make(*possible[number % len(possible)])

    @rule(one=ANY)
    def anything_by_anybody(self, one: tuple[str, str]) -> None:
        """What may not be is refused, and leaves no trace."""
        self._make(*one)

    @rule(number=NUMBER)
    def what_somebody_else_may_or_what_one_condition_forbids(self, number: int) -> None:
        """Refused, though it is not far from what may be."""
        self._make(*near_misses(self.model)[number % len(near_misses(self.model))])

    @rule(one=ANY)
    def from_an_old_view(self, one: tuple[str, str]) -> None:
        """Drawn before the last change: refused, whoever it is."""
        self._refused(one, self.model.version - 1)

    @rule(first=NUMBER, second=NUMBER)
    def two_people_at_once(self, first: int, second: int) -> None:
        """Both had it open: one of them wins, and the other is asked to look again."""
        possible = choices(self.model)
        if possible:
            seen = self.model.version
            self._make(*possible[first % len(possible)])
            self._refused(possible[second % len(possible)], seen)

    @invariant()
    def they_agree(self) -> None:
        """Where it stands, and what never can be."""
        if not hasattr(self, "model"):
            return
        told = self.played.stands()
        for name in ("status", "safety", "slips", "snoozes", "doer", "reporter", "version"):
            assert told[name] == getattr(self.model, name), name
        model = self.model
        assert not (model.checked and model.status in DOING and model.safety != "approved"), "done without its check"
        assert not (model.status in ENDED and (model.asked or model.ending)), "a question about what is over"

    def _make(self, move: str, who: str) -> None:
        may, before = legal(self.model, move, who), self.played.stands()
        came = self.played.move(move, who, self.model.version)
        again = move in ("to_deputy", "to_rep") and self.model.status in LIVE and who in TABLE[move].who
        assert came.refused is not (may or again), f"{who} {move} from {self.model.status}"
        if not may:
            assert self.played.stands() == before, "what was refused left a trace"
            return
        self.model, told = after(self.model, move, who)
        assert came.told == told, f"{who} {move}"
        assert self.played.stands()["moves"] == int(str(before["moves"])) + 1, "each move stands in the history"
        self._try_what_is_barred()

    def _try_what_is_barred(self) -> None:
        """Wherever an action comes to stand for the first time: what the right people may not do there."""
        if kind(self.model) in self.known:
            return
        self.known.add(kind(self.model))
        for move, who in near_misses(self.model):
            if who in TABLE[move].who:
                self._make(move, who)

    def _refused(self, one: tuple[str, str], version: int) -> None:
        before = self.played.stands()
        assert self.played.move(*one, version).refused, f"{one} from an old view"
        assert self.played.stands() == before, "what was refused left a trace"


def test_every_move_by_everybody_comes_to_what_the_field_says(store: Store, request: pytest.FixtureRequest) -> None:
    lives = request.config.getoption("--machine") or 24
    Life.store, Life.known = store, set()
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=lives, stateful_step_count=14, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(HealthCheck), print_blob=False, phases=[Phase.generate],
        ),
    )  # fmt: skip


def test_the_model_and_the_product_know_the_same_moves_and_all_can_be_reached() -> None:
    assert set(TABLE) == set(PLAYS)
    reached, waiting = set(), [Model(True), Model(False)]
    seen = set()
    while waiting:
        model = waiting.pop()
        if kind(model) in seen:
            continue
        seen.add(kind(model))
        for move, who in choices(model):
            reached.add((move, model.status))
            waiting.append(after(model, move, who)[0])
    every = {(move, status) for move, row in TABLE.items() for status in row.before}
    never = {("give", "agreed"), ("keep_date", "agreed")}  # nobody asks for time before there is any
    assert reached == every - never
    assert {status for _, status in reached} == LIVE | ENDED | {"proposed", "blocked", "reported_complete"}
