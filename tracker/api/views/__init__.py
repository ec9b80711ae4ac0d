"""The bases of all views: of the publication, and of the desk."""
