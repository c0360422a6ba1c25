"""How Slack says no."""

from __future__ import annotations

from typing import Any

from sandbox.blocks import Problem


class SlackError(Exception):
    """An answer with ok false. `extra` goes beside the code; status and headers differ only for rate limits."""

    def __init__(self, code: str, *, status: int = 200, headers: dict[str, str] | None = None, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.headers = headers or {}
        self.extra = extra

    def answer(self) -> dict[str, Any]:
        """The JSON body."""
        return {"ok": False, "error": self.code, **self.extra}


def invalid_arguments(*messages: str) -> SlackError:
    """The error of views.* and of missing arguments, with its messages in response_metadata."""
    return SlackError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {text}" for text in messages]})


def invalid_blocks(problems: list[Problem]) -> SlackError:
    """The error of chat.* for blocks."""
    texts = [str(problem) for problem in problems]
    return SlackError(
        "invalid_blocks", errors=texts, response_metadata={"messages": [f"[ERROR] {text}" for text in texts]}
    )


def rate_limited(seconds: int) -> SlackError:
    """HTTP 429 with Retry-After in whole seconds."""
    return SlackError("ratelimited", status=429, headers={"Retry-After": str(seconds)})
