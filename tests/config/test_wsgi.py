"""What the web server loads: it stays, so it is set aside from the search for garbage."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.config.test_settings import ENVIRONMENT

ROOT = Path(__file__).parents[2]
PROGRAM = """
import gc, sys
import config.wsgi
settled = gc.get_freeze_count() > 100_000, gc.get_threshold()[0] > 700
print(*settled, "tracker.public.site.urls" in sys.modules)
print(config.wsgi.application in gc.get_objects())
"""


def test_what_is_loaded_is_looked_through_for_garbage_no_more() -> None:
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert result.stdout.split() == ["True", "True", "True", "False"], result.stderr


@pytest.mark.parametrize(("plans", "first"), [("0", "WSGIHandler"), ("7", "PlannedFirst")])
def test_plans_are_kept_unless_the_settings_say_of_none(plans: str, first: str) -> None:
    """And counted where there are metrics, whose processes have a number each all the same."""
    program = """
import config.wsgi
application = config.wsgi.application
print(type(application).__name__, getattr(getattr(application, "count", None), "__module__", ""))
"""
    environment = {
        **ENVIRONMENT,
        "TRACKER_PLANS": plans,
        "TRACKER_METRICS_TOKEN": "0123456789abcdef0123456789abcdef",
    }
    command = [sys.executable, "-c", program]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)

    name, *counts = result.stdout.splitlines()[0].split()
    assert (name, counts) == (first, ["tracker.public.api.metrics"] if plans != "0" else []), (
        result.stderr
    )
