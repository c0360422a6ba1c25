"""Modals: one builder, a confirmation, and pages cut by number of blocks and by encoded size."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TypeVar

from commands.kit.about import About
from commands.kit.blocks import Block, actions, button, context, plain, section, size

T = TypeVar("T")
PAGE_BLOCKS = 90  # a modal holds 100
PAGE_BYTES = 40_000  # an acknowledgement may carry 60 KB


def modal(
    title: str,
    blocks: Sequence[Block],
    about: About,
    *,
    name: str = "view",
    submit: str | None = None,
    close: str = "Close",
) -> Block:
    """A modal (title, submit and close: at most 24 characters each)."""
    view: Block = {
        "type": "modal", "callback_id": name, "title": plain(title), "close": plain(close),
        "blocks": list(blocks), "private_metadata": about.dump(),
    }  # fmt: skip
    if submit:
        view["submit"] = plain(submit)
    return view


def confirmation(text: str, title: str = "Done") -> Block:
    """What a form turns into once it is saved."""
    return modal(title, [section(text)], About())


def pages(parts: Sequence[Sequence[Block]]) -> list[list[Block]]:
    """Lay the blocks of every part out on pages, in order, each page within Slack's limits."""
    laid: list[list[Block]] = [[]]
    used = 0
    for block in (block for part in parts for block in part):
        cost = size([block])
        if laid[-1] and (len(laid[-1]) >= PAGE_BLOCKS or used + cost > PAGE_BYTES):
            laid.append([])
            used = 0
        laid[-1].append(block)
        used += cost
    return laid


def paged(title: str, parts: Sequence[Sequence[Block]], about: About, turn_to: str, *, name: str = "view") -> Block:
    """The page `about.page` (from 0) of a long view, with buttons of action `turn_to` to the others."""
    laid = pages(parts)
    number = min(about.page or 0, len(laid) - 1)
    blocks = [*laid[number], *turns(about, number, len(laid), turn_to)]
    return modal(title, blocks, about.but(page=number), name=name)


def leaf(things: Sequence[T], page: int, most: int) -> tuple[int, int, Sequence[T]]:
    """Of pages with at most `most` things each: the number of the one meant (from 0), how many there are, and what
    stands on it. Nothing of the others need be drawn."""
    number, many = leaves(len(things), page, most)
    return number, many, things[number * most : (number + 1) * most]


def leaves(total: int, page: int, most: int) -> tuple[int, int]:
    """As `leaf` numbers them, where the database counts the things and is asked for no others than those on it."""
    many = max(1, ceil(total / most))
    return min(page, many - 1), many


def turns(about: About, number: int, many: int, turn_to: str) -> list[Block]:
    """Which of `many` pages this is (`number`, from 0), and buttons of action `turn_to` to the ones beside it; nothing
    where there is one page."""
    if many <= 1:
        return []
    beside = [
        button(label, f"{turn_to}.{label.lower()}", about.but(page=to))
        for label, to in (("Back", number - 1), ("Next", number + 1))
        if 0 <= to < many
    ]
    return [context(f"Page {number + 1} of {many}"), actions(*beside)]
