"""Reading a month file: every problem in one message, with key and line and without the file's words."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path as FilePath

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.month.checks import problems
from bot.month.lines import Document, LineError, Path, parse
from bot.month.model import Month


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong: where (line counted from 1, key path) and what."""

    line: int
    path: str
    message: str

    def __str__(self) -> str:
        line = f", line {self.line}" if self.line else ""
        return f"{self.path}{line}: {self.message}"


class MonthFileError(Exception):
    """This month file cannot be used; every problem is listed with its key and line."""

    def __init__(self, file: FilePath, found: Iterable[Problem]) -> None:
        self.problems = sorted(set(found))
        count = f"{len(self.problems)} problem{'s' if len(self.problems) != 1 else ''}"
        super().__init__("\n  ".join([f"{file} cannot be used: {count}.", *map(str, self.problems)]))


def read_month(path: FilePath) -> Month:
    """Read and check a month file (UTF-8 YAML).

    Raises MonthFileError, with every problem found, when it cannot be opened, is no YAML, has an unknown key
    or an impossible value, or does not agree with itself.
    """
    try:
        document = parse(path.read_text(encoding="utf-8-sig"))
        month = Month.model_validate(document.value)
    except OSError as error:
        raise MonthFileError(path, [Problem(0, "file", error.strerror or "cannot be read")]) from error
    except UnicodeDecodeError as error:
        raise MonthFileError(path, [Problem(1, "file", "is not UTF-8 text")]) from error
    except LineError as error:
        raise MonthFileError(path, [Problem(error.line, "file", str(error))]) from error
    except ValidationError as error:
        raise MonthFileError(path, [_of_pydantic(detail, document) for detail in error.errors()]) from None
    found = [_problem(where, message, document) for where, message in problems(month)]
    if found:
        raise MonthFileError(path, found)
    return month


def _problem(where: Path, message: str, document: Document) -> Problem:
    return Problem(document.line(where), _written(where) or "file", message)


def _written(path: Path) -> str:
    """A path as people write it: cycle.attendance[3].who, list positions from 0."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def _of_pydantic(detail: ErrorDetails, document: Document) -> Problem:
    missing = detail["type"] == "missing"
    path = _path_in_file(detail["loc"], document, missing)
    sentence = _SENTENCES.get(detail["type"]) or _plain(detail)
    return _problem(path, sentence, document)


def _path_in_file(loc: Path, document: Document, missing: bool) -> Path:
    """Pydantic's path without the parts that are not in the file, but with the key that is missing there."""
    path: Path = ()
    for index, part in enumerate(loc):
        if part == "[key]":
            continue
        if (*path, part) in document.lines or (index == len(loc) - 1 and missing):
            path = (*path, part)
    return path


def _plain(detail: ErrorDetails) -> str:
    """Pydantic's own sentence, which names the rule and never the value."""
    return detail["msg"].removeprefix("Value error, ").replace("Input should be", "must be")


_MAPPING = "must be a mapping of keys"
_SENTENCES = {
    "missing": "is missing",
    "extra_forbidden": "unknown key",
    "string_type": "must be text: put it in quotes",
    "string_too_short": "must not be empty",
    "string_pattern_mismatch": "is not written as this key needs it",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "dict_type": _MAPPING,
    "tuple_type": "must be a list",
    "too_short": "must not be empty",
    "union_tag_not_found": "needs a type: every_n_weeks or nth_weekday",
    "union_tag_invalid": "type must be every_n_weeks or nth_weekday",
}
