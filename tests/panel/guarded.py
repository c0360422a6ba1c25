"""How well the guard guards: `make guard` prints it, and docs/guard.md states it."""

from __future__ import annotations

from collections import Counter

from rich.console import Console

from panel.guard import Kind, suspects
from tests.panel.guard_corpus import BEARING, clean
from tests.panel.guard_unseen import BEARING as UNSEEN
from tests.panel.guard_unseen import CLEAN

AREA = ("Fenhallow (Oxmarsh, Tidebury, Lower Sallow)",)


def sets() -> dict[str, tuple[list[tuple[Kind, str]], list[str]]]:
    """Sentences that bear something and clean ones: the author's own; of those that somebody else wrote without having
    seen the guard every other one, which it was mended against; and the rest, which it was not."""
    bearing = [(Kind(kind), text) for kind, text in UNSEEN]
    return {
        "own": (BEARING, clean()),
        "mended against": (bearing[::2], CLEAN[::2]),
        "unseen": (bearing[1::2], CLEAN[1::2]),
    }


def measured() -> list[str]:
    """A line of the table for each kind: of how many sentences how many were missed, set by set; false alarms last."""
    columns = []
    for bearing, said in sets().values():
        asked = Counter(kind for kind, _text in bearing)
        missed = Counter(kind for kind, text in bearing if kind not in {one.kind for one in suspects(text)})
        alarms = sum(bool(suspects(text, AREA)) for text in said)
        columns.append([*(f"{missed[kind]} of {asked[kind]}" for kind in Kind), f"{alarms} of {len(said)}"])
    names = [*(kind.label for kind in Kind), "nothing of the kind, asked about"]
    return [f"| {' | '.join(cells)} |" for cells in zip(names, *columns, strict=True)]


def main() -> None:
    """Print the table, and below it each sentence in which the guard was wrong."""
    console = Console(width=140)
    console.print("\n".join(["| what is looked for | own | mended against | unseen |", *measured()]))
    for name, (bearing, said) in sets().items():
        for kind, text in bearing:
            if kind not in {one.kind for one in suspects(text)}:
                console.print(f"{name}: missed {kind.label}: {text}")
        for text in said:
            if found := suspects(text, AREA):
                console.print(f"{name}: asked for nothing: {text} ({found[0].words})")


if __name__ == "__main__":
    main()
