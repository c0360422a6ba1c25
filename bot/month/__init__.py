"""The month file: one panel's month in YAML, read and checked as a whole before anything uses it."""

from bot.month.dates import Difference, Sittings, calendar_of, changed_by, differences, settings_of, sittings
from bot.month.model import Month
from bot.month.read import MonthFileError, Problem, read_month

__all__ = [
    "Difference",
    "Month",
    "MonthFileError",
    "Problem",
    "Sittings",
    "calendar_of",
    "changed_by",
    "differences",
    "read_month",
    "settings_of",
    "sittings",
]
