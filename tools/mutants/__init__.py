"""A hundred small faults, and who sees them: `make mutants` plants each and runs its tests.

A fault is kept as a patch of a line or two (`patches/`), with a sentence that says what it does
("a claim that ends on the day counts as over") and the tests that are run for it. `mutants.json`
lists them, with the test that failed first, or why it is accepted that none does.

`drawing.py` draws faults from the code with a seed, so that nobody chooses the easy ones. Half are
of `tracker/public`, half of everything below it. Drawn faults that change nothing that anybody
could see are listed as skipped, with the reason.
"""
