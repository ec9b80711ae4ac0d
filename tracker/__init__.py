"""The tracker: who takes which position in the world, and how two work together."""
