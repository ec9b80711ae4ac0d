"""What the pages of the admin cost with few and with many records:
`python -m tests.benchmarks.admin`.

One desk of 1,000 stances and one of 100,000, each with ten thousand to thirty thousand sources, a
history by import and by hand, work in review and editions; the same pages of both are asked for as
a browser does, and counted: SQL statements, milliseconds within the server, and the rows that
PostgreSQL read for the statement that read the most.
"""
