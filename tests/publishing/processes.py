"""Processes of their own that work on the test's database:
publishers, editors and followers are not threads.

What a process does is a function of `tests.publishing.crew`, by name.
They are forked from a server that has Django loaded and no connection open, so each starts at once.
"""

from multiprocessing import get_context
from queue import Empty
from typing import Any

from django.db import connection, connections

CONTEXT = get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.publishing.crew"])
# in seconds; a statement that takes most of it is cancelled, and its process answers what it was
MOST_SECONDS = 60


def together(*tasks: tuple[str, tuple[Any, ...]]) -> list[Any]:
    """Run each task (the name of a function, its arguments) in a process;
    return their results in that order.

    Raises TimeoutError that says which processes didn't answer, and as what they ended,
    if they did.
    """
    database = connection.settings_dict["NAME"]
    queue = CONTEXT.Queue()
    processes = [
        CONTEXT.Process(target=_work, args=(queue, place, database, name, arguments), daemon=True)
        for place, (name, arguments) in enumerate(tasks)
    ]
    for process in processes:
        process.start()
    results: dict[int, Any] = {}
    try:
        while len(results) < len(tasks):
            results.update([queue.get(timeout=MOST_SECONDS)])
    except Empty:
        silent = {
            f"{place}, {name}": processes[place].exitcode
            for place, (name, _) in enumerate(tasks)
            if place not in results
        }
        for process in processes:
            process.kill()
        raise TimeoutError(f"no answer in {MOST_SECONDS} seconds, by exit code: {silent}") from None
    for process in processes:
        process.join(timeout=MOST_SECONDS)
    return [results[place] for place in range(len(tasks))]


def _work(queue: Any, place: int, database: str, name: str, arguments: tuple[Any, ...]) -> None:
    from tests.publishing import crew

    for alias in connections:
        connections[alias].settings_dict["NAME"] = database
    connections["default"].settings_dict["OPTIONS"]["options"] += (
        f" -c statement_timeout={MOST_SECONDS - 10}s"
    )
    try:
        result = getattr(crew, name)(*arguments)
    except Exception as error:
        result = (
            error
            if type(error).__module__.startswith("builtins")
            else RuntimeError(f"{type(error)}: {error}")
        )
    connections.close_all()
    queue.put((place, result))
