"""How the record of a case is laid out: a first view that says where each section stands, and a page or more a section.
`About.page` holds both: the place of the section (0 is the first view) times a hundred, and the page within it."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit.about import About
from commands.kit.blocks import Block, actions, button, context, divider, section
from commands.kit.case_sections import CaseSection
from commands.kit.views import modal, pages

A_SECTION = 100
SECTIONS = tuple(CaseSection)
TITLE, NAME = "The case record", "cases.record"


def place_of(about: About) -> CaseSection | None:
    """The section that is read; None for the first view, and for a page that there is not."""
    place = (about.page or 0) // A_SECTION
    return SECTIONS[place - 1] if 0 < place <= len(SECTIONS) else None


def opens(each: CaseSection, about: About) -> Block:
    """The button to a section's first page."""
    return button(each.label, f"cases.section.{each}", about.but(page=_first(each)))


def line_of(each: CaseSection, states: Sequence[str], about: About) -> Block:
    """A section in a line of the first view, with the button that opens it."""
    said = "; ".join(states) or "nothing yet"
    return section(f"*{each.label}*: {said}", opens(each, about) | {"text": {"type": "plain_text", "text": "Open"}})


def page(parts: Sequence[Sequence[Block]], about: About) -> Block:
    """The page of a section that is meant, and the ways on: back, next, the other sections."""
    here = place_of(about)
    laid = pages(parts)
    number = min((about.page or 0) % A_SECTION, len(laid) - 1)
    which = [context(f"{here.label} · page {number + 1} of {len(laid)}")] if here else []
    ways = [divider(), *which, actions(*_turns(here, number, len(laid), about))]
    tabs = [actions(*(opens(each, about) for each in SECTIONS if each is not here))] if here else []
    at = about.but(page=(_first(here) if here else 0) + number)
    return modal(TITLE, [*laid[number], *ways, *tabs], at, name=NAME)


def _turns(here: CaseSection | None, number: int, many: int, about: About) -> list[Block]:
    """Back, which from a section's first page is the first view; next, which from its last is the next section."""
    at = (_first(here) if here else 0) + number
    following = SECTIONS[SECTIONS.index(here) + 1 :] if here else SECTIONS
    back = at - 1 if number else 0
    ahead = at + 1 if number + 1 < many else _first(following[0]) if following else None
    made = [button("Back", "cases.turn.back", about.but(page=back))] if here or number else []
    return made + ([button("Next", "cases.turn.next", about.but(page=ahead))] if ahead is not None else [])


def _first(each: CaseSection) -> int:
    return A_SECTION * (SECTIONS.index(each) + 1)
