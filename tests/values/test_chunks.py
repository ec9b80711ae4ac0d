"""Cutting what is long into pieces."""

import pytest

from tracker.values.chunks import chunks


@pytest.mark.parametrize("length", [0, 1, 2, 3, 4, 7])
def test_chunks_put_together_are_what_was_cut(length):
    pieces = list(chunks(iter(range(length)), size=3))

    assert [item for piece in pieces for item in piece] == list(range(length))
    assert all(len(piece) == 3 for piece in pieces[:-1])
    assert all(pieces)
