"""JSON as a cell holds it: read strictly, so that nothing is lost in silence and PostgreSQL can keep what comes out."""

import json
import re
from typing import Any

UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


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
    if "\\u" in text:
        check_text(value)
    return value


def write_json(value: Any) -> str:
    """Return the value as compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise NotJson(f"the key “{next(key for key in keys if keys.count(key) > 1)}” comes twice")
    return found


def _number(text: str) -> int | float:
    """Return what a number with a point or an exponent is: 3.0 is as whole as 3."""
    number = float(text)
    return int(number) if number.is_integer() else number


def _refused(constant: str) -> None:
    raise NotJson(f"{constant} is no JSON")


def check_text(value: Any) -> None:
    """Refuse what only an escape can write: the character NUL, and halves of surrogate pairs."""
    if isinstance(value, dict):
        check_text(list(value))
        check_text(list(value.values()))
    elif isinstance(value, list):
        for item in value:
            check_text(item)
    elif isinstance(value, str) and UNKEEPABLE.search(value):
        raise NotJson("it has a character that no text can hold (NUL, or half of a pair)")


DECODER = json.JSONDecoder(object_pairs_hook=_without_doubles, parse_float=_number, parse_constant=_refused)
