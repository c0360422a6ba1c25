"""One thing wrong with what a person entered."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """The field it belongs to, and the sentence shown there: what is wrong and how to mend it."""

    field: str
    sentence: str
