"""The register of API methods, and the arguments they read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.errors import SlackError, invalid_arguments
from sandbox.slack import Slack
from sandbox.state import Json
from sandbox.strict import read_json

Handler = Callable[[Slack, "Args"], Json]


GENERIC = frozenset(("invalid_arguments", "invalid_cursor", "missing_scope", "ratelimited"))
"""What any method may say; before it is called there are not_authed, invalid_auth and their like besides."""


class Unclaimed(RuntimeError):
    """A method refused with a code that it does not claim: a mistake in the sandbox."""


@dataclass(frozen=True)
class Method:
    """One API method. Any one of `scopes` suffices, none means no scope is needed; `token` is the kind it takes.

    errors: the codes it claims to give, GENERIC ones aside; each is produced by a test.
    """

    name: str
    handler: Handler
    scopes: tuple[str, ...]
    token: str
    errors: tuple[str, ...]

    def __call__(self, slack: Slack, args: Args) -> Json:
        """Do it. Raises SlackError, and Unclaimed for a code that is nobody's."""
        try:
            return self.handler(slack, args)
        except SlackError as refused:
            if refused.code not in self.errors and refused.code not in GENERIC:
                raise Unclaimed(f"{self.name} gives {refused.code}") from refused
            raise


METHODS: dict[str, Method] = {}


def method(name: str, *scopes: str, token: str = "bot", errors: tuple[str, ...] = ()) -> Callable[[Handler], Handler]:
    """Register a handler under Slack's name for it."""

    def register(handler: Handler) -> Handler:
        METHODS[name] = Method(name, handler, scopes, token, errors)
        return handler

    return register


class Args:
    """A call's arguments: the same whether they came as JSON, form or query."""

    def __init__(self, given: Json) -> None:
        self.given = given

    def text(self, name: str) -> str | None:
        """A string argument; None if absent or empty."""
        value = self.given.get(name)
        return None if value in (None, "") else str(value)

    def need(self, name: str, error: str = "invalid_arguments") -> str:
        """A string argument that must be there. Raises `error`, by default invalid_arguments naming it."""
        value = self.text(name)
        if value is not None:
            return value
        if error != "invalid_arguments":
            raise SlackError(error)
        raise invalid_arguments(f"missing required field: {name}")

    def flag(self, name: str, default: bool = False) -> bool:
        """A boolean: true, 1 or "true"."""
        value = self.given.get(name)
        return default if value in (None, "") else value in (True, 1, "1", "true", "True")

    def whole(self, name: str, default: int, error: str) -> int:
        """A whole number. Raises `error` if it is none."""
        value = self.text(name)
        try:
            return default if value is None else int(value)
        except ValueError:
            raise SlackError(error) from None

    def several(self, name: str) -> list[str]:
        """A list: JSON, or joined by commas."""
        value = self.decoded(name) if str(self.given.get(name)).startswith("[") else self.given.get(name)
        items = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
        return [str(one).strip() for one in items if str(one).strip()]

    def decoded(self, name: str) -> Any:
        """A structure, given as such or as JSON text. Raises invalid_arguments for text that is no JSON."""
        value = self.given.get(name)
        try:
            return read_json(value) if isinstance(value, str) else value
        except ValueError:
            raise invalid_arguments(f"must be valid JSON [json-pointer:/{name}]") from None
