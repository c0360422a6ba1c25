"""What a change of keys takes, and that it loses nothing: 100,000 encrypted rows, somebody writing all the while, the
command ended by force in the middle and begun again. `python -m tests.bench.vault` prints it alone."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator

from storage import migrate
from storage.engine import make_engine
from storage.secrets import Cipher, new_key
from tests.storage.rotating import rotate

ROWS = 100_000


def lines() -> Iterator[str]:
    """The figures, as sentences."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/rotated.db"
        engine = make_engine(url, Cipher(new_key()))
        migrate.upgrade(engine)
        engine.dispose()
        went = rotate(url, ROWS)
    yield (
        f"A change of keys over {went.rows:,} encrypted rows, ended by force with {went.left_at_kill:,} to do: the "
        f"rest took {went.seconds:.1f} s beside {went.written:,} rows written, the slowest in {went.slowest:.2f} s; "
        f"{went.lost} lost; old key retired: {'yes' if went.old_key_retired else 'no'}"
    )


if __name__ == "__main__":
    for line in lines():
        print(line)
