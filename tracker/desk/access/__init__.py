"""Who may come in, and how often: tokens, failed attempts, throttling, and leaving the team."""
