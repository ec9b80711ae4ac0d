"""How fast the tracker is: `make bench`, or `python -m tools.bench --help`.

desk       a desk to measure with, made from a seed
place      the database of the benchmark: a cluster in a directory of its own
editions   publishing the desk, as the admin does: whole, and in many small editions
serving    the contestants, each behind gunicorn: the tracker, the limit, the floor
work       what is asked of them, and responses, whether they say the same
rounds     every work by every contestant, in each round all of them, in another order
load       one server under the load of wrk, and the processor time that it cost
exports, writing   whole lists; stances made at the desk
report     medians, ratios, and the tables of docs/performance.md

The limit is how fast PostgreSQL itself builds the same JSON from the desk's tables; the floor is a
constant answer.
"""
