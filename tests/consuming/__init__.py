"""A day of consumers in a few minutes: `python -m tests.consuming`.

Readers read what an editor goes on publishing, and compare.

editor      publishes, renames, retracts, merges, moves and puts back, a few editions a second
asking      one reader's line to the server; what was answered under which tag
checks      what must be so of pages, of a feed, and of whole lists: pure functions
readers     those that page, read the feed, export and ask conditionally, each in a thread
followers   `manage.py follow` in processes of their own, killed at random and started again
ending      when nothing is published any more: do all copies agree, and do old addresses say what
            became of them?

The server is the one of production: gunicorn in several processes, on a database of its own.
Readers know the API by its documentation; nothing of the server's is used by them.
"""
