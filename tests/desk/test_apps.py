"""What all processes of the tracker have in common once they are loaded."""

import gc


def test_what_was_loaded_is_not_gone_through_for_garbage() -> None:
    assert gc.get_freeze_count() > 50_000
