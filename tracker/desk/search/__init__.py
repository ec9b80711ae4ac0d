"""Finding records at the desk: by words, and by what they want."""
