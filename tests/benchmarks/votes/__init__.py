"""Votes at scale, V1 to V5: `python -m tests.benchmarks.votes`, the last part of `make bench`.

files       the votes and what their members cast, from a seed, as files to import
phases      importing them in both forms, undoing, publishing, verifying: V5, each in a process of
            its own
questions   how much two, twenty, all of them agree, beside the same by pandas; a page of votes:
            V1 to V4
"""
