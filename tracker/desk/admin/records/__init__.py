"""The pages of each noun's records, of people and of tokens."""
