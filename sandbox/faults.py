"""Things that go wrong on purpose, so that an app can be tested against them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from fnmatch import fnmatchcase
from typing import Any

from sandbox.clock import Clock
from sandbox.config import BadSetting

CALL_KINDS = ("latency", "lost", "reset", "ratelimited", "error", "http", "html")
ENVELOPE_KINDS = ("delay", "never", "ack_lost", "twice", "reorder")
OUTAGE = "outage"
KINDS = (*CALL_KINDS, *ENVELOPE_KINDS, OUTAGE)
NUMBERS = {"times", "after", "status", "seconds", "for_seconds"}
ERRORS = ("fatal_error", "internal_error", "request_timeout", "service_unavailable", "token_expired", "token_revoked")
"""Errors of no method in particular that are worth asking for, as a fault's `code` or as the setting token_error."""


@dataclass
class Fault:
    """One rule. It skips `after` matching calls, then strikes `times` times (None: always), until `for_seconds` by the
    sandbox's clock have passed (None: until the rules are replaced).

    method: an API method or a pattern (`chat.*`); for envelopes their type (`slash_commands`, `interactive`,
    `events_api`). kind, for calls: latency (`seconds`), lost (done, but the connection closes without an answer),
    reset (not done, connection closed), ratelimited (429, Retry-After `seconds`), error (`code`), http (`status`),
    html (a 502 page). For envelopes: delay (`seconds`), never (not delivered), ack_lost, twice, reorder (held back
    until the next one has gone, two real seconds at most). outage: Slack is down, every call and response URL is 503,
    every socket is cut and none opens.
    """

    kind: str
    method: str = "*"
    times: int | None = None
    after: int = 0
    seconds: float = 1.0
    code: str = "internal_error"
    status: int = 503
    for_seconds: float | None = None
    ends: float | None = field(default=None, init=False)

    def strikes(self, method: str) -> bool:
        """Whether it hits this call; counts down."""
        if not fnmatchcase(method, self.method) or self.times == 0:
            return False
        if self.after > 0:
            self.after -= 1
            return False
        if self.times is not None:
            self.times -= 1
        return True


class Faults:
    """The rules in force; a call or envelope meets at most one rule of a kind. `cut` is called as Slack goes down."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._rules: list[Fault] = []
        self.cut: Callable[[], None] = lambda: None

    def set(self, rules: Iterable[Mapping[str, Any]]) -> None:
        """Replace all rules. Raises BadSetting, with nothing replaced."""
        self._rules = read_rules(rules)
        for rule in self._rules:
            rule.ends = None if rule.for_seconds is None else self._clock.epoch() + rule.for_seconds
        if self.down:
            self.cut()

    @property
    def down(self) -> bool:
        """Whether Slack is down."""
        return any(rule.kind == OUTAGE for rule in self._in_force())

    def of_call(self, method: str) -> list[Fault]:
        """What strikes this API call."""
        if self.down:
            return [Fault("http", status=503)]
        return [rule for rule in self._in_force() if rule.kind in CALL_KINDS and rule.strikes(method)]

    def of_envelope(self, kind: str) -> list[Fault]:
        """What strikes this envelope."""
        return [rule for rule in self._in_force() if rule.kind in ENVELOPE_KINDS and rule.strikes(kind)]

    def show(self) -> list[dict[str, Any]]:
        """The rules in force as they stand; `ends` in Unix seconds by the sandbox's clock."""
        return [asdict(rule) for rule in self._in_force()]

    def _in_force(self) -> list[Fault]:
        now = self._clock.epoch()
        return [rule for rule in self._rules if rule.ends is None or now < rule.ends]


def read_rules(rules: Any) -> list[Fault]:
    """The rules in a list of objects. Raises BadSetting."""
    if not isinstance(rules, (list, tuple)):
        raise BadSetting("faults is a list of rules")
    return [_read(rule) for rule in rules]


def _read(rule: Any) -> Fault:
    if not isinstance(rule, Mapping) or rule.get("kind") not in KINDS:
        raise BadSetting(f"a fault needs a kind of {', '.join(KINDS)}; got {str(rule)[:200]}")
    known = {one.name for one in fields(Fault) if one.init}
    if set(rule) - known:
        raise BadSetting(f"a fault has {', '.join(sorted(known))}; got {', '.join(map(str, rule))[:200]}")
    for name in NUMBERS & set(rule):
        _check_number(name, rule[name])
    for name in ("method", "code"):
        if not isinstance(rule.get(name, ""), str):
            raise BadSetting(f"a fault's {name} is text")
    return Fault(**rule)


def _check_number(name: str, value: Any) -> None:
    if value is None and name in ("times", "for_seconds"):
        return
    kinds = (int, float) if name in ("seconds", "for_seconds") else (int,)
    if isinstance(value, bool) or not isinstance(value, kinds) or not 0 <= value < 1e9:
        raise BadSetting(f"a fault's {name} is a number from 0, not {str(value)[:40]}")
    if name == "status" and not 400 <= value <= 599:
        raise BadSetting("a fault's status is one from 400 to 599")
