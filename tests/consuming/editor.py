"""The editor: a few editions a second, by the services, as the admin and the desk's API make them.

A process of its own (`python -m tests.consuming.editor SEED SECONDS RATE`), which prints how many of which it made as
JSON. What a rule forbids is refused, as it would be anybody, and counted.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

from tests.benchmarks.place import use_django

if __name__ == "__main__":
    use_django()

from django.db import connection

from tracker import history
from tracker.desk.merge import merge
from tracker.models import Edition
from tracker.models.nouns import RECORDS
from tracker.models.tree import below
from tracker.publishing.publish import Chosen, publish, retract
from tracker.values.nouns import Noun
from tracker.values.problems import RefusedError
from tracker.values.vocabularies import Channel

NAMES = {Noun.ACTOR: "name", Noun.ISSUE: "title", Noun.SOURCE: "title"}


class Editor:
    """Somebody who edits and publishes at random."""

    def __init__(self, seed: int) -> None:
        self.chance, self.made, self.turns = Random(seed), Counter[str](), 0
        self.acts: dict[Callable[[], Edition | None], int] = {
            self.revise: 8, self.add: 3, self.rename: 3, self.move_slug: 1, self.retract: 3, self.bring_back: 2,
            self.merge: 2, self.move: 1,
        }  # fmt: skip

    def turn(self) -> None:
        """Do one thing; a change of its own."""
        [act] = self.chance.choices(list(self.acts), list(self.acts.values()))
        self.turns += 1
        try:
            with history.changeset(made_by=None, reason="consumed", channel=Channel.COMMAND):
                edition = act()
        except RefusedError:
            self.made["refused"] += 1
        else:
            self.made[act.__name__ if edition else "nothing new"] += 1

    def revise(self) -> Edition | None:
        """Edit some stances, publish them, and leave another one edited at the desk."""
        stances = self._public(Noun.STANCE, self.chance.randint(2, 6))
        self._edit(Noun.STANCE, stances, summary=f"Read again at turn {self.turns}: “as before”.")
        return self._publish(Noun.STANCE, stances[1:])

    def add(self) -> Edition | None:
        """Make a contested stance like another one, and publish it."""
        like = RECORDS[Noun.STANCE]._default_manager.get(pk=self._public(Noun.STANCE)[0])
        cited = list(like.citations.all())  # type: ignore[attr-defined]
        like.pk, like.ref, like.standing, like.standing_note = None, None, "contested", "Another source says so."
        like._state.adding = True
        like.save()
        for citation in cited:
            citation.pk, citation.stance = None, like
            citation._state.adding = True
            citation.save()
        return self._publish(Noun.STANCE, [like.pk])

    def rename(self) -> Edition | None:
        """Call an actor, an issue or a source otherwise, which many documents name."""
        noun = self.chance.choice(list(NAMES))
        records = self._public(noun)
        self._edit(noun, records, **{NAMES[noun]: f"{noun} renamed at turn {self.turns}"})
        return self._publish(noun, records)

    def move_slug(self) -> Edition | None:
        """Give an actor or an issue another slug."""
        noun = self.chance.choice((Noun.ACTOR, Noun.ISSUE))
        records = self._public(noun)
        self._edit(noun, records, slug=f"{noun}-at-turn-{self.turns}-{records[0]}")
        return self._publish(noun, records)

    def retract(self) -> Edition | None:
        return retract(records=[Chosen(Noun.STANCE, key) for key in self._public(Noun.STANCE, 2)], note="Retracted.")

    def bring_back(self) -> Edition | None:
        stances = self._ask(
            "SELECT c.record FROM tracker_change c WHERE c.noun = 'stance' AND c.operation = 'retracted' "
            "AND NOT EXISTS (SELECT FROM tracker_stancedocument d WHERE d.record = c.record AND d.closed IS NULL) "
            "ORDER BY random() LIMIT 1"
        )
        return self._publish(Noun.STANCE, stances)

    def merge(self) -> Edition | None:
        """Make one of two sources, or of two actors, one."""
        noun = self.chance.choice((Noun.SOURCE, Noun.SOURCE, Noun.ACTOR))
        loser, survivor = self._public(noun, 2)
        return merge(loser=Chosen(noun, loser), survivor=Chosen(noun, survivor), note="They are the same.")

    def move(self) -> Edition | None:
        """Put an issue below another one; if that lies below it already, put it directly below."""
        issue, parent = self._public(Noun.ISSUE, 2)
        if parent in below([issue]):
            issue, parent = parent, issue
        self._edit(Noun.ISSUE, [issue], parent_id=parent)
        return self._publish(Noun.ISSUE, [issue])

    def _publish(self, noun: Noun, records: list[int]) -> Edition | None:
        return publish(records=[Chosen(noun, key) for key in records], note=f"Turn {self.turns}.")

    def _edit(self, noun: Noun, records: list[int], **fields: Any) -> None:
        RECORDS[noun]._default_manager.filter(pk__in=records).update(**fields)

    def _public(self, noun: Noun, count: int = 1) -> list[int]:
        return self._ask(
            f"SELECT record FROM tracker_{noun}document WHERE closed IS NULL ORDER BY random() LIMIT {count}"
        )

    def _ask(self, sql: str) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return [record for (record,) in cursor.fetchall()]


def work(seed: int, seconds: float, rate: float) -> dict[str, int]:
    """Edit for so many seconds, so many times a second, and return what was made."""
    editor, begin = Editor(seed), time.monotonic()
    while (now := time.monotonic() - begin) < seconds:
        time.sleep(max(0.0, editor.turns / rate - now))
        editor.turn()
    return dict(editor.made)


if __name__ == "__main__":
    print(json.dumps(work(int(sys.argv[1]), *map(float, sys.argv[2:]))))
