"""The sentences: Jinja templates from `templates/`, with people's text escaped at this one place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from commands.kit import text
from commands.kit.modes import called, in_writing

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


class Safe(str):
    """Text that is Slack markup already (a date token, a mention) and must not be escaped."""


def _finalize(value: Any) -> Any:
    if value is None:
        return ""
    return value if isinstance(value, Safe) else text.escape(str(value))


class Words:
    """Renders a template of `templates/` by its path without the ending: `words("agendas/issued", …)`."""

    def __init__(self, folder: Path = TEMPLATES) -> None:
        loader = FileSystemLoader(folder)
        common: dict[str, Any] = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
        self._slack = Environment(loader=loader, finalize=_finalize, **common)  # nosec B701  # for Slack: _finalize escapes
        self._file = Environment(loader=loader, **common)  # nosec B701  # plain text on paper: nothing to escape
        self._page = Environment(loader=loader, autoescape=True, **common)
        for environment in (self._slack, self._file, self._page):
            environment.filters |= {"day": text.day, "weekday": text.weekday, "called": called}
            environment.globals |= {"count": text.count, "in_writing": in_writing}
        # For markup that our own code made (a mention): never for what a person typed.
        self._slack.filters["slack"] = Safe
        self._slack.filters["moment"] = lambda value, zone: Safe(text.moment(value, zone))

    def __call__(self, name: str, **facts: Any) -> str:
        """Text for Slack: whatever is filled in is escaped."""
        return self._slack.get_template(f"{name}.jinja").render(**facts).strip()

    def file(self, name: str, **facts: Any) -> str:
        """Text for a file (minutes, an agenda on paper): nothing is escaped."""
        return self._file.get_template(f"{name}.jinja").render(**facts).strip() + "\n"

    def page(self, name: str, **facts: Any) -> str:
        """A page for a browser: whatever is filled in is escaped for HTML."""
        return self._page.get_template(f"{name}.html.jinja").render(**facts)
