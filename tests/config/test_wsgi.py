"""What the web server loads: it stays, so it is set aside from the search for garbage."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = """
import gc, sys
import config.wsgi
print(gc.get_freeze_count() > 100_000, gc.get_threshold()[0] > 700, "tracker.public.site.urls" in sys.modules)
print(config.wsgi.application in gc.get_objects())
"""


def test_what_is_loaded_is_looked_through_for_garbage_no_more() -> None:
    result = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True)

    assert result.stdout.split() == ["True", "True", "True", "False"], result.stderr
