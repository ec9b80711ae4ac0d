#!/usr/bin/env python
"""Run an administrative command of the tracker."""

import os
import sys


def main() -> None:
    """Run the command of the command line; wrong settings and Ctrl-C end it without a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line

        try:
            execute_from_command_line(sys.argv)
        except ImproperlyConfigured as problem:
            sys.exit(str(problem))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
