"""docs/catalogue.md holds every type of action as the catalogue has it. To write it anew:
`python -m tests.panel.test_catalogue_in_docs`."""

from collections.abc import Iterator
from pathlib import Path

from panel.action_types import ROWS, ActionType
from panel.codes import ActionGroup
from panel.own_types import term_words

PAGE = Path(__file__).parents[2] / "docs" / "catalogue.md"
OFFICE, ANYBODY = "The panel's own office", "Any agency"
TOP = (
    "# The catalogue of actions\n\n"
    "Every type of action that Convenor offers, by lever, as `/panel catalogue` shows it before a panel changes "
    "anything. It is put together from common practice: owners, times and checks are starting values, **to be checked "
    "locally, every line**. What the columns mean stands in [field.md](field.md).\n"
)
COLUMNS = ("code", "action", "usually done by", "usual time", "victim service", "will the subject notice?", "for")
HEAD = (f"| {' | '.join(COLUMNS)} |", "|---" * len(COLUMNS) + "|")
ADDRESS = "; may reveal an address, so that is asked of each action"


def line(kind: ActionType) -> str:
    """One type, a cell for each thing that is said of it."""
    owners = ", ".join(owner.label for owner in kind.usual_owner) or (OFFICE if kind.by_panel else ANYBODY)
    cells = (
        kind.code, kind.label, owners, term_words(kind.term), kind.check.label,
        kind.visibility.label + (ADDRESS if kind.reveals_address else ""), kind.purpose.label,
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def page() -> str:
    """The whole page."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield TOP
    for group in ActionGroup:
        kinds = [kind for kind in ROWS if kind.group is group]
        if kinds:
            yield from (f"## {group.label}", "", *HEAD, *map(line, kinds), "")


def test_every_type_stands_in_the_docs_as_it_counts() -> None:
    assert PAGE.read_text() == page()
    assert all(sum(text.startswith(f"| {kind.code} |") for text in page().splitlines()) == 1 for kind in ROWS)


if __name__ == "__main__":
    PAGE.write_text(page())
