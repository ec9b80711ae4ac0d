#!/bin/sh
# Make the database ready: logins, roles, tables, datasets, an administrator. It can be repeated, and is, by each
# `docker compose up`: a new version's migrations and a changed password take effect by it.
set -eu
cd "$(dirname "$0")/.."

psql=$(python -c 'from config.postgres import binaries; print(binaries.find().program("psql"))')
roles=$(python manage.py roles)
administer() {
    "$psql" --no-psqlrc --quiet --single-transaction --set=ON_ERROR_STOP=1 --file="$1" "$DATABASE_ADMINISTRATOR_URL"
}

export PGOPTIONS=--client-min-messages=warning
administer docker/logins.sql
printf '%s\n' "$roles" | administer -
unset PGOPTIONS
python manage.py migrate
python manage.py bootstrap
