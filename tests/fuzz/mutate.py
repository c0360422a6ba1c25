"""One payload made into another that nobody meant: by a seed, so that each can be had again."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from random import Random
from typing import Any

WORD = "zqxfuzz"  # in everything that is put in: it must turn up in no log
HOSTILE: tuple[Any, ...] = (
    None, "", WORD, 0, -1, 2**31, 10**30, 1.5, True, False, [], {}, [[]], {"a": {"b": [WORD]}}, [None, WORD],
    f"<!channel> <@U123> <https://{WORD}|y> *{WORD}* `", f"{{{{ 7*7 }}}} {{% raw %}} {WORD} {{reason}} %s",
    f'=cmd()|" /C {WORD}"!A1', f"../../../../etc/{WORD}", f"' OR 1=1; DROP TABLE item; -- {WORD}",
    f"{WORD}\r\nSet-Cookie: a=b\r\n\r\n", f"\u202e\u2067\u200f\u200b\u200d\ufeff{WORD}\u2069", f"{WORD}\x00\x1b[31m",
    f"{WORD}\ud800", WORD * 1_500, "\U0001f9d1\u200d\U0001f9b2" * 900, "2026-13-45", "9999-12-31", "25:61", "null",
    '{"v": 1}', '{"v": 1, "panel": 1, "case": 1}', "[" * 900, "K-041", "1", "NaN", "-0", "١٢٣",
)  # fmt: skip

Path = tuple[str | int, ...]


def mutated(body: dict[str, Any], chance: Random) -> dict[str, Any]:
    """The payload with one to four things in it changed. It stays an object: nothing else arrives by a socket."""
    made = copy.deepcopy(body)
    for _ in range(chance.choice((1, 1, 1, 2, 2, 4))):
        paths = [*_paths(made)]
        if paths:
            _change(made, chance.choice(paths), chance)
    return made


def _paths(tree: Any, at: Path = ()) -> Iterator[Path]:
    entries: Any = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in entries:
        yield (*at, key)
        yield from _paths(value, (*at, key))


def _change(tree: Any, path: Path, chance: Random) -> None:
    *above, last = path
    for key in above:
        tree = tree[key]
    was = tree[last]
    match chance.randrange(8):
        case 0:
            del tree[last]
        case 1:
            tree[last] = [was]
        case 2 if isinstance(tree, dict):
            tree[f"{last}{WORD}"] = tree.pop(last)
        case 3 if isinstance(was, str) and was.startswith('{"'):
            tree[last] = json.dumps(mutated(json.loads(was), chance))
        case 4 if isinstance(was, str):
            tree[last] = was + chance.choice([WORD, "\x00", " ", "\u202e", was])
        case _:
            tree[last] = copy.deepcopy(chance.choice(HOSTILE))
