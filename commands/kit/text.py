"""What people wrote, made harmless for Slack; dates in each reader's own time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

CHUNK = 2_800  # a section holds 3,000 characters


def escape(text: str) -> str:
    """Slack's three control characters, so that a typed `<!channel>` arrives as text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def chunks(text: str, size: int = CHUNK) -> Iterator[str]:
    """The text in pieces of at most `size` characters, cut at a space where there is one, never inside an escape
    such as `&amp;`. Nothing is lost."""
    while len(text) > size:
        cut = text.rfind(" ", 1, size) + 1 or size
        started = text.rfind("&", max(cut - 4, 1), cut)
        if started > 0 and ";" not in text[started:cut]:
            cut = started
        yield text[:cut]
        text = text[cut:]
    if text:
        yield text


def day(value: date) -> str:
    """`14 October`, as said aloud."""
    return f"{value.day} {value:%B}"


def weekday(value: date) -> str:
    """`Wednesday 14 October 2026`."""
    return f"{value:%A} {value.day} {value:%B %Y}"


def moment(value: datetime, zone: str) -> str:
    """A Slack date token: each reader's own time, with the panel's time as the fallback. The whole date, not "today":
    it stands after "on" and "by", and is read again weeks later."""
    local = value.astimezone(ZoneInfo(zone))
    fallback = f"{local:%A} {local.day} {local:%B %Y} at {local:%H:%M}"
    return f"<!date^{int(value.timestamp())}^{{date_long}} at {{time}}|{fallback}>"


def count(number: int, thing: str, things: str | None = None) -> str:
    """`1 action`, `2 actions`."""
    return f"{number} {thing if number == 1 else things or thing + 's'}"
