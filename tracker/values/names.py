"""Names as a person types them, one per line, and as they are kept; nothing kept is lost by being
written out.

    Stokes, Jacob                   {"family": "Stokes", "given": "Jacob"}
    King, Martin Luther, Jr.        … with a suffix
    Sukarno,                        {"family": "Sukarno"}: one name only
    United Nations                  {"literal": "United Nations"}: a body
    "Foreign Ministry, Beijing"     a body whose name has a comma
    zh: 中国                        a name by its language, a BCP 47 tag

Whatever else CSL knows may be written as JSON, one name a line, and so may the whole:
`{"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"}`.
"""

import json
import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

Author = dict[str, Any]
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
PERSON = ("family", "given", "suffix")
PARTS = {
    *PERSON,
    "literal",
    "dropping-particle",
    "non-dropping-particle",
    "comma-suffix",
    "static-ordering",
    "parse-names",
}
QUOTED = re.compile(r"[\"“„](?P<name>[^\"“”„]+)[\"”“]")
NOT_JSON = "“{}” is not JSON: check quotes, commas and brackets."


class InvalidNamesError(ValueError):
    """Names that can't be kept; `wrong` says of each why, and what to write instead."""

    def __init__(self, *wrong: str) -> None:
        super().__init__(" ".join(wrong))
        self.wrong = wrong


def read_authors(text: str) -> list[Author]:
    """Return CSL names as they were typed, in order; raise InvalidNamesError."""
    if text.lstrip().startswith("["):
        return checked_authors(_json(text))
    return _each(_author, _lines(text), "Author {}: ")


def checked_authors(authors: list[Any], *, may_be_blank: bool = False) -> list[Author]:
    """Return CSL names as they are kept, of blanks only if those may be;
    raise InvalidNamesError.
    """
    return _each(partial(_author_of_json, may_be_blank=may_be_blank), authors, "Author {}: ")


def write_authors(authors: list[Author]) -> str:
    """Return CSL names as a person would type them."""
    return "\n".join(map(_author_line, authors))


def read_names(text: str) -> dict[str, str]:
    """Return names by language as they were typed; raise InvalidNamesError."""
    if text.lstrip().startswith("{"):
        return checked_names(_json(text).items())
    return checked_names(_each(_pair, _lines(text)))


def checked_names(
    pairs: Iterable[tuple[str, Any]], *, may_be_blank: bool = False
) -> dict[str, str]:
    """Return names by language as they are kept, of blanks only if those may be;
    raise InvalidNamesError.
    """
    pairs = list(pairs)
    tags = [tag for tag, _ in pairs]
    wrong = [
        f"“{tag}” is not a language tag like zh or pt-BR."
        for tag in tags
        if not LANGUAGE.fullmatch(tag)
    ]
    wrong += [
        f"“{tag}” is given twice; keep one."
        for tag in sorted({tag for tag in tags if tags.count(tag) > 1})
    ]
    wrong += [
        f"The name for “{tag}” must be a text."
        for tag, name in pairs
        if not _is_text(name, may_be_blank)
    ]
    if wrong:
        raise InvalidNamesError(*wrong)
    return dict(pairs)


def write_names(names: dict[str, str]) -> str:
    """Return names by language as a person would type them."""
    lines = "\n".join(f"{tag}: {name}" for tag, name in names.items())
    return lines if _reads(read_names, lines, names) else json.dumps(names, ensure_ascii=False)


def _author(line: str) -> Author:
    if line.startswith("{"):
        return _author_of_json(_json(line))
    if quoted := QUOTED.fullmatch(line):
        return {"literal": quoted["name"].strip()}
    family, *rest = (part.strip() for part in line.split(","))
    if not rest:
        return {"literal": family}
    if len(rest) > 2:
        raise InvalidNamesError(f"“{line}” has too many commas; put the name of a body in quotes.")
    if not family:
        raise InvalidNamesError(f"“{line}” has no family name before its comma.")
    return {part: name for part, name in zip(PERSON, (family, *rest), strict=False) if name}


def _author_line(author: Author) -> str:
    parts = ", ".join(str(author.get(part, "")) for part in PERSON[: max(2, len(author))]).rstrip(
        " "
    )
    typed = (str(author.get("literal", "")), f'"{author.get("literal", "")}"', parts)
    return next(
        (line for line in typed if _reads(read_authors, line, [author])),
        json.dumps(author, ensure_ascii=False),
    )


def _author_of_json(author: Any, may_be_blank: bool = False) -> Author:
    if not isinstance(author, dict):
        raise InvalidNamesError(
            "write an object with “family” and “given”, or with “literal” for a body."
        )
    if unknown := author.keys() - PARTS:
        raise InvalidNamesError(
            f"“{min(unknown)}” is not a part of a CSL name; use family, given or literal."
        )
    if not any(_is_text(author.get(part), may_be_blank) for part in ("family", "literal")):
        raise InvalidNamesError("give it a “family” name, or a “literal” one for a body.")
    if wrong := [
        part for part, value in author.items() if not isinstance(value, str | bool | None)
    ]:
        raise InvalidNamesError(f"“{wrong[0]}” must be a text.")
    return author


def _pair(line: str) -> tuple[str, str]:
    tag, colon, name = line.replace("：", ":", 1).partition(":")
    if not colon:
        raise InvalidNamesError(
            f"“{line}” does not say in which language: write one name per line, like “zh: 中国”."
        )
    return tag.strip(), name.strip()


def _each(read: Callable[[Any], Any], items: list[Any], where: str = "") -> list[Any]:
    values, wrong = [], []
    for place, item in enumerate(items, 1):
        try:
            values.append(read(item))
        except InvalidNamesError as error:
            wrong += [where.format(place) + complaint for complaint in error.wrong]
    if wrong:
        raise InvalidNamesError(*wrong)
    return values


def _reads(read: Callable[[str], Any], line: str, value: Any) -> bool:
    try:
        return bool(read(line) == value)
    except InvalidNamesError:
        return False


def _lines(text: str) -> list[str]:
    # not splitlines(), which would cut JSON at characters that JSON leaves as they are
    return [line.strip() for line in text.split("\n") if line.strip()]


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise InvalidNamesError(NOT_JSON.format(text.strip())) from error


def _is_text(value: Any, may_be_blank: bool = False) -> bool:
    return isinstance(value, str) and bool(value if may_be_blank else value.strip())
