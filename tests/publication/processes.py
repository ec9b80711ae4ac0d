"""Processes of their own that work on the test's database: publishers, editors and followers are not threads.

What a process does is a function of `tests.publication.crew`, by name. They are forked from a server that has Django
loaded and no connection open, so each starts at once.
"""

from multiprocessing import get_context
from typing import Any

from django.db import connection, connections

CONTEXT = get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.publication.crew"])
LONGEST = 60


def together(*tasks: tuple[str, tuple[Any, ...]]) -> list[Any]:
    """Run each task (the name of a function, its arguments) in a process; return their results in that order."""
    database = connection.settings_dict["NAME"]
    answers = CONTEXT.Queue()
    processes = [
        CONTEXT.Process(target=_work, args=(answers, place, database, name, arguments), daemon=True)
        for place, (name, arguments) in enumerate(tasks)
    ]
    for process in processes:
        process.start()
    results = dict(answers.get(timeout=LONGEST) for _ in processes)
    for process in processes:
        process.join(timeout=LONGEST)
    return [results[place] for place in range(len(tasks))]


def _work(answers: Any, place: int, database: str, name: str, arguments: tuple[Any, ...]) -> None:
    from tests.publication import crew

    for alias in connections:
        connections[alias].settings_dict["NAME"] = database
    try:
        result = getattr(crew, name)(*arguments)
    except Exception as error:
        result = error if type(error).__module__.startswith("builtins") else RuntimeError(f"{type(error)}: {error}")
    connections.close_all()
    answers.put((place, result))
