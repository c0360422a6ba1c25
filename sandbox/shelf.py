"""What the workspace keeps beside conversations: files, and messages for later."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class File:
    """A file: announced, then with its content, then shown in channels once the upload is completed."""

    id: str
    name: str
    length: int
    created: int
    alt_text: str | None = None
    title: str | None = None
    content: bytes | None = None
    channels: list[str] = field(default_factory=list)
    deleted: bool = False


@dataclass(frozen=True)
class Scheduled:
    """A message that is to be posted at a Unix second. `given` are the call's arguments."""

    id: str
    channel: str
    post_at: int
    created: int
    given: dict[str, Any]
