-- The logins of docker-compose.yml, one for each role; passwords come from the environment, each time anew.
\getenv owner TRACKER_OWNER_PASSWORD
\getenv app TRACKER_APP_PASSWORD
\getenv reader TRACKER_READER_PASSWORD

SELECT format('CREATE ROLE %I LOGIN', login)
FROM unnest(ARRAY['owner_login', 'app_login', 'reader_login']) AS logins (login)
WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = login)
\gexec

ALTER ROLE owner_login PASSWORD :'owner';
ALTER ROLE app_login PASSWORD :'app';
ALTER ROLE reader_login PASSWORD :'reader';
