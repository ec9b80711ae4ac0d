"""JSON as a cell holds it: read strictly, so that nothing is lost in silence and PostgreSQL can keep what comes out."""

import json
import re
from math import isinf
from typing import Any

UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
DEEPEST = 50  # levels
SHOWN = 80


class NotJson(ValueError):
    """Text that is no JSON, or JSON that can't be kept; the message says why."""


def read_json(text: str) -> Any:
    """Return the value; raise NotJson for what isn't JSON, has a key twice, or has text that can't be kept."""
    try:
        value = DECODER.decode(text)
    except NotJson:
        raise
    except json.JSONDecodeError as error:
        raise NotJson(f"{error.msg}, at character {error.pos + 1}") from error
    except RecursionError as error:
        raise NotJson("too deeply nested") from error
    except ValueError as error:
        raise NotJson(str(error)) from error
    if "\\u" in text or text.count("[") + text.count("{") > DEEPEST:
        check_text(value)
    return value


def write_json(value: Any) -> str:
    """Return the value as compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise NotJson(f"the key “{twice[:SHOWN]}” comes twice")
    return found


def _number(text: str) -> int | float:
    """Return what a number with a point or an exponent is: 3.0 is as whole as 3."""
    number = float(text)
    if isinf(number):
        raise NotJson(f"the number {text[:SHOWN]} is too large")
    return int(number) if number.is_integer() else number


def _refused(constant: str) -> None:
    raise NotJson(f"{constant} is no JSON")


def check_text(value: Any) -> None:
    """Refuse what is nested deeply, and what only an escape can write: NUL, and halves of surrogate pairs."""
    level, depth = [value], 0
    while level:
        if depth > DEEPEST:
            raise NotJson(f"too deeply nested, over {DEEPEST} levels")
        if any(isinstance(one, str) and UNKEEPABLE.search(one) for one in level):
            raise NotJson("it has a character that no text can hold (NUL, or half of a pair)")
        level, depth = [inner for one in level for inner in _inside(one)], depth + 1


def _inside(value: Any) -> list[Any]:
    return [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else []


DECODER = json.JSONDecoder(object_pairs_hook=_without_doubles, parse_float=_number, parse_constant=_refused)
