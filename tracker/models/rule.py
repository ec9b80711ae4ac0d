"""What a rule of the publication is:
a query that finds what breaks it, and its words (`rules.py` has them all).
"""

import dataclasses
import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from string import Formatter
from typing import Any

from tracker.values.nouns import Noun
from tracker.values.problems import Key, Problem


@dataclasses.dataclass(frozen=True, eq=False)
class Rule:
    """A rule: its code, which triggers of the desk share;
    which records it is told of, at which field, in what words.

    In `message` and `remedy` {0} is the other record that the query yields, which is a `concerned`,
    and names are those of its parameters. `desk` has what to do about it there, by field: that of
    the record first, then that of the one concerned, where {others} are records. `text` is empty of
    one that was given up; `superseded` are the texts that held before, which yield all that the
    words name. `from_first`: it binds from the first edition on.
    """

    code: str
    noun: Noun
    field: str
    message: str
    text: str
    remedy: str = ""
    desk: Mapping[str, str] = dataclasses.field(default_factory=dict)
    concerned: Noun | None = None
    superseded: tuple[str, ...] = ()
    from_first: bool = False

    @property
    def asked_of(self) -> set[Noun]:
        """Return the nouns of whose documents it is asked, as an edition opens them."""
        return {noun for kind, noun in relations_in(self.text) if kind in ("opened", "changed")}

    def text_of(self, digest: str) -> str:
        """Return the text with a digest, or with one that begins so.
        Raises KeyError if there is none.
        """
        for text in (self.text, *self.superseded):
            if text and digest_of(text).startswith(digest):
                return text
        raise KeyError(f"{self.code} has no text of digest {digest}")

    def problem(self, record: int, other: int | None = None, params: str | None = None) -> Problem:
        """Return what a row of the query says; parameters are JSON."""
        filled, others = self.filled(other, params)
        about = (self.noun, record)
        return Problem(
            "refused",
            self.message,
            (self.field,),
            filled,
            about,
            others,
            self.remedy,
            rule=self.code,
        )

    def filled(
        self, other: int | None, params: str | None
    ) -> tuple[dict[str, Any], tuple[Key, ...]]:
        """Return the parameters that a row of the query has, as JSON,
        and the records that it is about.
        """
        filled = json.loads(params or "{}")
        named = filled.pop("others", [other] if other else [])
        return filled, tuple((self.concerned, each) for each in named if self.concerned)

    def beside(self, record: int, others: Sequence[int], more: int = 0, **about: Any) -> Problem:
        """Return that a record beside which others are is to become what breaks it, at the desk."""
        assert self.concerned
        named, params = (
            tuple((self.noun, pk) for pk in others),
            {"more": f" and {more} more" if more else ""},
        )
        field = [*self.desk][-1]
        return self.at_desk(
            field, record=(self.concerned, record), others=named, params=params, **about
        )

    def at_desk(self, field: str = "", *, code: str = "invalid", **about: Any) -> Problem:
        """Return that what is to be written at the desk breaks it:
        at a field, with what else a Problem says.
        """
        field = field or self.field
        return Problem(
            code, self.message, (field,), remedy=self.desk[field], rule=self.code, **about
        )


def digest_of(text: str) -> str:
    """Return the SHA-256 of a rule's text, in hexadecimal, however it is indented;
    nothing for no text.
    """
    return text and sha256(" ".join(text.split()).encode()).hexdigest()


def relations_in(text: str) -> set[tuple[str, Noun]]:
    """Return the relations that a text names: of which kind, and of which noun."""
    names = (name.rpartition("_") for _, name, _, _ in Formatter().parse(text) if name)
    return {(kind, Noun(noun)) for kind, _, noun in names}
