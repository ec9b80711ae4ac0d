"""Editions that must not be shown, for a legal reason:
which these are, and what is still told of them.

They stay in lists, with their digests; what shows something as of one raises WithheldError. What
the feed and histories say of one is left out here, and so is what the edition after it changed,
since that has the values of both.
"""

from typing import Any

from django.conf import settings


class WithheldError(Exception):
    """What is asked for is of an edition that must not be shown;
    `nearest` are those before and after it that may.
    """

    def __init__(self, edition: int, nearest: list[int]) -> None:
        self.edition, self.nearest = edition, nearest
        super().__init__(f"Edition {edition} is withheld for a legal reason.")


def is_withheld(edition: int) -> bool:
    """Tell whether an edition must not be shown."""
    return any(first <= edition <= last for first, last in settings.WITHHELD)


def check_shown(edition: int | None, latest: int) -> None:
    """Raise WithheldError if an edition must not be shown;
    the latest is what is public now, and always is.
    """
    if edition is None or edition >= latest or not is_withheld(edition):
        return
    before = after = edition
    for first, last in sorted(settings.WITHHELD):
        after = max(after, last + 1) if first <= after else after
    for first, last in sorted(settings.WITHHELD, reverse=True):
        before = first - 1 if first <= before <= last else before
    raise WithheldError(edition, [*([before] if before else []), min(after, latest)])


def spans_without_fields() -> tuple[list[int], list[int]]:
    """Return the first and the last editions of the spans of which `changed_in` tells nothing."""
    return [first for first, _ in settings.WITHHELD], [last + 1 for _, last in settings.WITHHELD]


def note_in(edition: int, note: str) -> str:
    """Return what is told of an edition's note, or of a reason that it gives."""
    return "" if is_withheld(edition) else note


def changed_in(edition: int, changed: dict[str, Any]) -> dict[str, Any]:
    """Return what is told of the fields that an edition changed:
    what they were is in the edition before.
    """
    return {} if is_withheld(edition) or is_withheld(edition - 1) else changed
