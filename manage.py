#!/usr/bin/env python
"""Run an administrative command of the tracker."""

import os
import sys


def main() -> None:
    """Run the command of the command line.

    Wrong settings, a machine or database that can't do it now,
    and Ctrl-C end it without a traceback.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
        from django.db import DatabaseError, InterfaceError

        from config.log import visible
        from tracker.public.http.unavailable import in_a_line, reason

        try:
            execute_from_command_line(sys.argv)
        except ImproperlyConfigured as problem:
            sys.exit(str(problem))
        except (DatabaseError, InterfaceError, OSError) as error:
            if "--traceback" in sys.argv or not (why := reason(error)):
                raise
            sys.exit(f"{why} ({visible(in_a_line(error))})")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
