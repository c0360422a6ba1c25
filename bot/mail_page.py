"""A letter a second time as HTML, for those whose mail program shows no plain text: the same words, and nothing that is
fetched from anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

BULLET = "• "
PAGE = (
    '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
    "<body>\n{said}\n</body></html>\n"
)


def as_page(title: str, text: str) -> str:
    """The page of a letter: its lines as paragraphs, those that begin with a bullet as a list."""
    return PAGE.format(title=escape(title), said="\n".join(_laid(text)))


def _laid(text: str) -> Iterator[str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for listed, found in groupby(lines, key=lambda line: line.startswith(BULLET)):
        if listed:
            items = "".join(f"<li>{escape(line.removeprefix(BULLET))}</li>" for line in found)
            yield f"<ul>{items}</ul>"
        else:
            yield from (f"<p>{escape(line)}</p>" for line in found)
