"""JSON read strictly, so that nothing is lost in silence and PostgreSQL can keep what comes out;
and written.

A file of objects, as a list of them or one after the other (NDJSON), is read one by one,
in flat memory.
"""

import json
import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from math import isinf
from typing import Any, BinaryIO

from tracker.public.formats.lists import About, Chunks
from tracker.public.formats.rows import UnreadableError
from tracker.public.formats.text_files import MARKS

UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
MOST_LEVELS = 50  # levels
LONGEST_TOLD = 80
PIECE = 1 << 18
LONGEST_OBJECT = 8_000_000  # characters of one object
# to find where it ends
ANY_JSON = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
BETWEEN = re.compile(r"[\s,\[\]\ufeff]*")


class NotJsonError(ValueError):
    """Text that is no JSON, or JSON that can't be kept; the message says why."""


def read_json(text: str) -> Any:
    """Return the value; raise NotJsonError for what isn't JSON, has a key twice,
    or has text that can't be kept.
    """
    try:
        value = DECODER.decode(text)
    except NotJsonError:
        raise
    except json.JSONDecodeError as error:
        raise NotJsonError(f"{error.msg}, at character {error.pos + 1}") from error
    except RecursionError as error:
        raise NotJsonError("too deeply nested") from error
    except ValueError as error:
        raise NotJsonError(str(error)) from error
    if "\\u" in text or text.count("[") + text.count("{") > MOST_LEVELS:
        check_text(value)
    return value


def write_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise NotJsonError(f"the key “{twice[:LONGEST_TOLD]}” comes twice")
    return fields


def _number(text: str) -> int | float:
    """Return what a number with a point or an exponent is: 3.0 is as whole as 3."""
    number = float(text)
    if isinf(number):
        raise NotJsonError(f"the number {text[:LONGEST_TOLD]} is too large")
    return int(number) if number.is_integer() else number


def _refuse(constant: str) -> None:
    raise NotJsonError(f"{constant} is no JSON")


def check_text(value: Any) -> None:
    """Refuse what is nested deeply, and what only an escape can write:
    NUL, and halves of surrogate pairs.
    """
    level, depth = [value], 0
    while level:
        if depth > MOST_LEVELS:
            raise NotJsonError(f"too deeply nested, over {MOST_LEVELS} levels")
        if any(isinstance(item, str) and UNKEEPABLE.search(item) for item in level):
            raise NotJsonError("it has a character that no text can hold (NUL, or half of a pair)")
        level, depth = [inner for item in level for inner in _inside(item)], depth + 1


def _inside(value: Any) -> list[Any]:
    return (
        [*value, *value.values()]
        if isinstance(value, dict)
        else value
        if isinstance(value, list)
        else []
    )


DECODER = json.JSONDecoder(
    object_pairs_hook=_without_doubles, parse_float=_number, parse_constant=_refuse
)


def read_objects(file: BinaryIO) -> Iterator[tuple[int, dict[str, Any] | UnreadableError]]:
    """Yield the objects, numbered from 1, or why one can't be taken;
    raise UnreadableError where it is JSON no more.
    """
    file.seek(0)
    encoding = MARKS.get(file.read(2), "utf-8")
    file.seek(0)
    decoder, buffer, number, piece, is_last = getincrementaldecoder(encoding)(), "", 0, PIECE, False
    open_lists = 0
    while True:
        between = BETWEEN.match(buffer)[0]  # type: ignore[index]
        open_lists += between.count("[") - between.count("]")
        buffer = buffer[len(between) :]
        first = _first(buffer, number + 1, is_last) if buffer else None
        if first is not None:
            number += 1
            yield number, first[0]
            buffer, piece = buffer[first[1] :], PIECE
        elif is_last and open_lists:
            raise UnreadableError(
                number + 1, "the list has no end", "is the file whole? it must end in ]"
            )
        elif is_last:
            return
        elif len(buffer) > LONGEST_OBJECT:
            raise UnreadableError(
                number + 1, f"an object is longer than {LONGEST_OBJECT:,} characters", "shorten it"
            )
        else:
            read = file.read(piece)
            piece *= 2  # an object that needs many pieces isn't tried as often
            is_last = not read
            buffer += _decoded(decoder, read, is_last, number + 1)


def read_lines(file: BinaryIO) -> Iterator[tuple[int, dict[str, Any] | UnreadableError]]:
    """Yield the objects of NDJSON by line, or why one can't be taken;
    raise UnreadableError for a line without end.
    """
    file.seek(0)
    for number, line in enumerate(iter(lambda: file.readline(LONGEST_OBJECT), b""), 1):
        if len(line) == LONGEST_OBJECT:
            raise UnreadableError(
                number,
                f"the line is longer than {LONGEST_OBJECT:,} bytes",
                "write one object on each line",
            )
        try:
            text = line.decode().strip("\ufeff \t\r\n")
            value = read_json(text) if text else None
        except UnicodeDecodeError:
            yield number, UnreadableError(number, "this is not UTF-8", "save the file as UTF-8")
        except NotJsonError as error:
            yield (
                number,
                UnreadableError(
                    number, "this is no JSON that can be taken", "correct it", str(error)
                ),
            )
        else:
            if isinstance(value, dict):
                yield number, value
            elif text:
                yield number, UnreadableError(number, "this is no object", "write an object: {…}")


def _first(
    buffer: str, number: int, is_last: bool
) -> tuple[dict[str, Any] | UnreadableError, int] | None:
    """Return the first object of a text, or why it can't be taken, and where it ends;
    None if it may go on.
    """
    try:
        value, end, unread = _decode(buffer, number)
    except json.JSONDecodeError as error:
        if not is_last:
            return None
        raise UnreadableError(
            number, f"this is not JSON ({error.msg})", "write a list of objects: [{…},{…}]"
        ) from error
    except RecursionError as error:
        raise UnreadableError(
            number, "it is too deeply nested", "write a list of objects: [{…},{…}]"
        ) from error
    if not isinstance(value, dict) and end == len(buffer) and not is_last:
        return None
    return unread or value, end


def _decode(buffer: str, number: int) -> tuple[Any, int, UnreadableError | None]:
    """Return the first value of a text, where it ends, and why it can't be taken."""
    try:
        value, end = DECODER.raw_decode(buffer)
        check_text(value)
    except json.JSONDecodeError:
        raise
    except ValueError as error:  # NotJson, or a number of too many digits
        unread = UnreadableError(
            number, "this is no JSON that can be taken", "correct it", str(error)
        )
        return *ANY_JSON.raw_decode(buffer), unread
    is_object = isinstance(value, dict)
    return (
        value,
        end,
        None
        if is_object
        else UnreadableError(number, "this is no object", "write objects: [{…},{…}]"),
    )


def _decoded(decoder: Any, read: bytes, is_last: bool, number: int) -> str:
    try:
        return str(decoder.decode(read, is_last))
    except UnicodeDecodeError as error:
        raise UnreadableError(number, "this is not UTF-8", "save the file as UTF-8") from error


def write(chunks: Chunks, about: About) -> Iterator[bytes]:
    """Yield the records as NDJSON, as they are."""
    return filter(None, chunks)
