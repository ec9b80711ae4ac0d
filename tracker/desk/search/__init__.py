"""Finding records at the desk."""
