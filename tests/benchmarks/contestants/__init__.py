"""Those that are compared: the tracker's API, the limit, and plain Django REST framework;
and the floor.

ours is `config.wsgi`, as `manage.py up` serves it.
The two others read the desk's tables, and the floor nothing.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contestant:
    """An application to serve: `application` is what gunicorn imports."""

    name: str
    application: str


OURS = Contestant("ours", "config.wsgi:application")
LIMIT = Contestant("limit", "tests.benchmarks.contestants.limit:application")
PLAIN = Contestant("plain", "tests.benchmarks.contestants.plain.wsgi:application")
FLOOR = Contestant("floor", "tests.benchmarks.contestants.floor:application")
ALL = (OURS, LIMIT, PLAIN)
