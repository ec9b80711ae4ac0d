"""The admin: the desk at which analysts edit and editors publish.

Its pages are registered by the modules of `records` and `history`, which
`tracker.desk.apps.AdminConfig` imports once the site is made; importing them here would ask for the
site while it is being imported.
"""
