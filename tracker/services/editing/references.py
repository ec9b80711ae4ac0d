"""The records that the keys in one body mean."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from tracker.services.imports.faults import Faults
from tracker.services.imports.parsing import Parsed
from tracker.services.imports.references import Key, References
from tracker.services.imports.survey import Survey
from tracker.services.keys import NAMED, look_up
from tracker.values.nouns import Noun
from tracker.values.problems import Path, Problem


class BodyReferences(References):
    """The records that the keys in one body mean."""

    def __init__(self) -> None:
        super().__init__(Survey((), Faults()))

    def resolve(self, parsed: Parsed) -> list[Problem]:
        """Look up all keys, and take those out that mean no record, or several; return what is wrong with these."""
        self.learn(parsed.references())
        places: list[tuple[str, dict[str, Any], Path]] = [("", parsed.values, ())]
        for name, items in parsed.parts.items():
            places += [(name, item, (name, place)) for place, item in enumerate(items)]
        wrong = []
        for part, values, path in places:
            for name, key in [pair for pair in values.items() if isinstance(pair[1], Key)]:
                if len(found := self.find(key)) != 1:
                    del values[name]
                    parsed.faulty.add(part or name)
                    wrong.append(self._problem((*path, name), key, found))
        return wrong

    def learn(self, keys: Iterable[Key]) -> None:
        """Look up keys that are not known yet."""
        wanted: dict[Noun, list[str | int]] = defaultdict(list)
        for key in dict.fromkeys(key for key in keys if key not in self._here):
            wanted[key.noun].append(key.written)
        for noun, written in wanted.items():
            meant, here = look_up(noun, written, NAMED[noun])
            self._here |= {Key(noun, one): ids for one, ids in meant.items()}
            for row in here:
                self.remember(noun, row)
            self.learn_ids(noun, {record for ids in meant.values() for record in ids})

    def find(self, key: Key) -> tuple[int, ...]:
        """Return the records that a key means."""
        return self._here[key]

    def _problem(self, path: Path, key: Key, found: tuple[int, ...]) -> Problem:
        params: dict[str, Any] = {"key": key.written}
        if found:
            params["found"] = ", ".join(map(str, found))
            says = f"“{{key}}” is {len(found)} {key.noun.plural}: {{found}}; give the number"
        elif near := self.near(key):
            says, params["near"] = f"there is no {key.noun} “{{key}}”; did you mean {{near}}?", near
        else:
            says = f"there is no {key.noun} “{{key}}”; give its {', '.join(NAMED[key.noun][:-1])} or number"
        return Problem("unknown", says, path, params)
