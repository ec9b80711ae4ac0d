"""The files of a release:
tables with their description, how it is cited, and what moved since the one before.
"""
