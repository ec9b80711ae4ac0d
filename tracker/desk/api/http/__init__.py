"""What only the API of the desk has: who may, bodies, conditions, answers once."""
