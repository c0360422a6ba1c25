"""How well the guard guards: `make guard` prints it, and docs/guard.md states it."""

from __future__ import annotations

from collections import Counter

from rich.console import Console
from rich.table import Table

from panel.guard import Kind, suspects
from tests.panel.guard_corpus import BEARING, clean

AREA = ("Fenhallow (Oxmarsh, Tidebury, Lower Sallow)",)


def measured() -> list[tuple[str, int, int]]:
    """What was looked for, in how many sentences, in how many of them it was not found; false alarms last."""
    missed = Counter(kind for kind, text in BEARING if kind not in {one.kind for one in suspects(text)})
    asked = Counter(kind for kind, _text in BEARING)
    said = clean()
    alarms = sum(bool(suspects(text, AREA)) for text in said)
    return [*((kind.label, asked[kind], missed[kind]) for kind in Kind), ("nothing of the kind", len(said), alarms)]


def main() -> None:
    """Print the table, and below it each sentence in which the guard was wrong."""
    console, table = Console(), Table("what is looked for", "sentences", "missed, or asked about for nothing")
    for what, sentences, wrong in measured():
        table.add_row(what, str(sentences), str(wrong))
    console.print(table)
    for kind, text in BEARING:
        if kind not in {one.kind for one in suspects(text)}:
            console.print(f"missed {kind.label}: {text}")
    for text in clean():
        if found := suspects(text, AREA):
            console.print(f"asked for nothing: {text} ({found[0].words})")


if __name__ == "__main__":
    main()
