"""The REST API: machinery that names no noun here, the versions of the contract below."""
