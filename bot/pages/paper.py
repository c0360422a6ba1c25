"""Answers made of our templates, all with one style."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from commands.kit.words import Words

TITLE = "Panel papers"
SAID = {
    404: "There is nothing here. Links to papers come from Slack.",
    405: "There is nothing here. Links to papers come from Slack.",
    413: "That was too long. Type only the code that Slack shows you.",
    415: "Type the code that Slack shows you into the page, and nothing else.",
    421: "This page has another address. Open the link that Slack shows you.",
    429: "That was too often. Wait a minute, then try again.",
}
OTHERWISE = "Something went wrong. Nothing was opened; try again, or make a new link in Slack."


class Paper:
    """Draws pages."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self.style = words.file("pages/style.css")

    def page(self, template: str, status: int = 200, **facts: Any) -> web.Response:
        """A page of `templates/pages/`."""
        text = self._words.page(f"pages/{template}", style=self.style, title=TITLE, **facts)
        return web.Response(text=text, status=status, content_type="text/html")

    def said(self, status: int) -> web.Response:
        """A page that only says what is the matter."""
        return self.page("code", status, wrong=SAID.get(status, OTHERWISE), asks=False)
