"""The embedded PostgreSQL: it comes with the checkout, starts when first needed, and stops with its
last user.

trouble     what a person must change, in one line
binaries    where the programs are
account     as whom the server runs, also for root
postmaster  which process serves a directory, if any
sockets     where its socket is
locks       between processes
cluster     one data directory: create, start, stop
users       who keeps it running, and who stops it
watch       the process that stops it after a `kill -9`
roles       the three roles, here and on an own server
embedded    the server of these settings
backend     the Django backend that starts it
own_server  a PostgreSQL of one's own (DATABASE_URL)

port, progress, serve and management/commands/up make `manage.py up`.

Everything down to `watch` knows nothing of Django.
"""
