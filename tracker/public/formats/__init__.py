"""Documents in, bytes out, and back for import; pure: no models, no ORM."""
