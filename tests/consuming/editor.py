"""The editor: a few editions a second, by the services, as the admin and the desk's API make them.

A process of its own (`python -m tests.consuming.editor SEED SECONDS RATE`), which prints how many
of which it made as JSON. What a rule forbids is refused, as it would be anybody, and counted.
"""

import json
import sys
import time
from random import Random

from tools.bench.place import use_django

if __name__ == "__main__":
    use_django()

from tests.consistency.walker import Walker

ACTS = {"revise": 12, "add": 3, "bring_back": 5, "retract": 3, "merge": 2}


def work(seed: int, seconds: float, rate: float) -> dict[str, int]:
    """Edit for so many seconds, so many times a second, and return what was made."""
    editor, begin = Walker(Random(seed), ACTS), time.monotonic()
    while (now := time.monotonic() - begin) < seconds:
        time.sleep(max(0.0, editor.turns / rate - now))
        editor.turn()
    return dict(editor.made)


if __name__ == "__main__":
    print(json.dumps(work(int(sys.argv[1]), *map(float, sys.argv[2:]))))
