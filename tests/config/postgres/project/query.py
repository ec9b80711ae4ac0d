"""Run statements on a connection of the settings, print what the last answers,
and stay until standard input ends.

`python query.py ALIAS STATEMENT…`
"""

import sys

import django
from django.db import connections

if __name__ == "__main__":
    django.setup()
    with connections[sys.argv[1]].cursor() as cursor:
        for statement in sys.argv[2:]:
            cursor.execute(statement)
        print(cursor.fetchone()[0] if cursor.description else "", flush=True)
    sys.stdin.read()
