"""Things that go wrong on purpose, so that an app can be tested against them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from fnmatch import fnmatchcase
from typing import Any

from sandbox.config import BadSetting

CALL_KINDS = ("latency", "lost", "reset", "ratelimited", "error", "http", "html")
ENVELOPE_KINDS = ("delay", "never", "ack_lost", "twice")


@dataclass
class Fault:
    """One rule. It skips `after` matching calls, then strikes `times` times (None: always).

    method: an API method or a pattern (`chat.*`); for envelopes their type (`slash_commands`, `interactive`,
    `events_api`). kind, for calls: latency (`seconds`), lost (done, but the connection closes without an answer),
    reset (not done, connection closed), ratelimited (429, Retry-After `seconds`), error (`code`), http (`status`),
    html (a 502 page). For envelopes: delay (`seconds`), never (not delivered), ack_lost, twice.
    """

    kind: str
    method: str = "*"
    times: int | None = None
    after: int = 0
    seconds: float = 1.0
    code: str = "internal_error"
    status: int = 503

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
    """The rules in force; each call or envelope meets at most one rule of a kind."""

    def __init__(self) -> None:
        self._rules: list[Fault] = []

    def set(self, rules: Iterable[Mapping[str, Any]]) -> None:
        """Replace all rules."""
        self._rules = [_read(rule) for rule in rules]

    def of_call(self, method: str) -> list[Fault]:
        """What strikes this API call."""
        return [rule for rule in self._rules if rule.kind in CALL_KINDS and rule.strikes(method)]

    def of_envelope(self, kind: str) -> list[Fault]:
        """What strikes this envelope."""
        return [rule for rule in self._rules if rule.kind in ENVELOPE_KINDS and rule.strikes(kind)]

    def show(self) -> list[dict[str, Any]]:
        """The rules as they stand."""
        return [asdict(rule) for rule in self._rules]


def _read(rule: Mapping[str, Any]) -> Fault:
    unknown = set(rule) - {one.name for one in fields(Fault)}
    if unknown or rule.get("kind") not in (*CALL_KINDS, *ENVELOPE_KINDS):
        raise BadSetting(f"a fault needs a kind of {', '.join((*CALL_KINDS, *ENVELOPE_KINDS))}; got {dict(rule)}")
    return Fault(**rule)
