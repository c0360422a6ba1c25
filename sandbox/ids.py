"""Identifiers and secrets that look like Slack's."""

from __future__ import annotations

import random
import string

ALPHABET = string.ascii_uppercase + string.digits


class Ids:
    """Makes identifiers; with a `seed` always the same ones in the same order."""

    def __init__(self, seed: int | None = None) -> None:
        self._random = random.Random(seed)  # nosec B311  # made-up ids, the same for the same seed

    def new(self, prefix: str, length: int = 10) -> str:
        """An id such as `C0AB12CD34`: `prefix` and `length` of A-Z0-9."""
        return prefix + "".join(self._random.choices(ALPHABET, k=length))

    def short(self) -> str:
        """Five letters and digits, as Slack gives to blocks and elements that came without an id."""
        return "".join(self._random.choices(string.ascii_letters + string.digits, k=5))

    def hex(self, length: int = 32) -> str:
        """`length` hexadecimal digits, for secrets and tickets."""
        return "".join(self._random.choices("0123456789abcdef", k=length))

    def uuid(self) -> str:
        """An envelope's id: 8-4-4-4-12 hexadecimal digits."""
        return "-".join(self.hex(length) for length in (8, 4, 4, 4, 12))

    def number(self, digits: int) -> str:
        """A decimal number of exactly so many digits."""
        return str(self._random.randrange(10 ** (digits - 1), 10**digits))
