"""What every page of the desk stands on: names of records, people, status, messages; logging in."""
