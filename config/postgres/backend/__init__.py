"""Django's PostgreSQL, on the embedded server where the settings name no other."""
