"""What a member of a code list is."""

from enum import StrEnum
from typing import Self


class Code(StrEnum):
    """A code with a plain-English label."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:  # the default lets `Code(value)` look a member up
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member
