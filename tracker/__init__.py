"""The tracker: how China and Russia work together in the world."""
