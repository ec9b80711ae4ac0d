"""The desk over REST: what the team does, by the same services as in the admin."""
