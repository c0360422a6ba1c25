"""JSON from outside, read strictly: what can't be read, kept and told again as it is comes no further."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from aiohttp.http_exceptions import BadHttpMessage

DEEPEST = 60
"""Levels of lists and objects in one another: Block Kit needs less than twenty."""


HALF = re.compile(r"\\u[dD][89a-fA-F]")
"""What may be half a character, written as JSON writes it; the other half need not follow."""


NO_FORM = (ValueError, LookupError, BadHttpMessage)
"""What aiohttp raises for a form that is none."""


class NotJson(ValueError):
    """The text is no JSON that is taken here; the argument is the sentence."""


def read_json(raw: bytes | str) -> Any:
    """The value in a text. Raises NotJson.

    Refused beyond the grammar: NaN and infinities (no JSON), lone surrogates (no text), what is nested too deeply.
    """
    try:
        text = raw.decode("utf-8") if isinstance(raw, bytes) else raw
        value = json.loads(text, parse_constant=_no_number)
        _flat_enough(value)
        if HALF.search(text):
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except RecursionError:
        raise NotJson("the body is nested too deeply") from None
    except UnicodeEncodeError:
        raise NotJson("the body holds half a character (a lone surrogate)") from None
    except UnicodeDecodeError:
        raise NotJson("the body must be UTF-8") from None
    except NotJson:
        raise
    except ValueError:
        raise NotJson("the body must be JSON") from None
    return value


def _flat_enough(value: Any) -> None:
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for one in level for inner in _inside(one)]
        if not level:
            return
    raise NotJson("the body is nested too deeply")


def _inside(value: Any) -> list[Any]:
    found = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [one for one in found if isinstance(one, (dict, list))]


def _no_number(name: str) -> NoReturn:
    raise NotJson(f"{name} is not a number in JSON")
