"""Filters by numbers within bounds: by any of several, or by one."""

import re
from dataclasses import KW_ONLY, dataclass
from typing import Any

from tracker.schema.filters import BadValueError, Filter, Single

# of whole and of other numbers: their form, what they are called, and how one is written
NUMBERS = {
    int: (r"-?[0-9]{1,10}", "a whole number", ""),
    float: (r"-?[0-9]{1,15}(\.[0-9]{1,15})?", "a number", "; write e.g. 0.5"),
}


@dataclass(frozen=True, slots=True)
class Numbers(Filter):
    """Numbers within bounds, any of:
    whole ones or, of the kind `float`, with a point or without.
    """

    _: KW_ONLY
    minimum: float
    maximum: float
    kind: type[int] | type[float] = int

    def parse_one(self, value: str) -> float:
        """Return the number; raise BadValueError."""
        pattern, called, example = NUMBERS[self.kind]
        if not re.fullmatch(pattern, value) or not self.minimum <= self.kind(value) <= self.maximum:
            least, most = (
                str(end) if self.kind is int else f"{end:g}" for end in (self.minimum, self.maximum)
            )
            raise BadValueError(f"“{value}” is not {called} from {least} to {most}{example}")
        return self.kind(value)

    def near(self, value: str) -> str:
        """Return the bound beyond which a whole number is."""
        return (
            str(min(max(int(value), self.minimum), self.maximum))
            if re.fullmatch(r"-?[0-9]{1,30}", value)
            else ""
        )

    def schema(self) -> dict[str, Any]:
        name = "integer" if self.kind is int else "number"
        return {"type": name, "minimum": self.minimum, "maximum": self.maximum, **self.examples()}


@dataclass(frozen=True, slots=True)
class Number(Single, Numbers):
    """One such number."""
