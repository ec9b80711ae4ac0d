"""How fast the tracker is, against two other ways to build it: `make bench`, described in
docs/performance.md.

options     what to measure, from the command line
place       the database of its own, and its state
desk        the rows of a desk, from a seed; words
copying     those rows into the desk's tables, by COPY
editions    publishing them: once whole, then 1,000
contestants the three applications, and the one's SQL
serving     gunicorn, the same for all three
processes   processor time, memory, the machine
work        what is asked of them: R1 to R7
writing     what is written: W1
responses   whether all three say the same
load        wrk, rotating over addresses
exports     whole lists, against COPY: R6
following   following all editions: F1
query_counts  how many SQL statements a request takes
rounds      interleaved, round by round
report      medians, ratios, aims, growth
tables      the same in Markdown

Nothing here is a test and pytest collects none of it: what depends on how busy a machine is, does
not fail a build.
"""
