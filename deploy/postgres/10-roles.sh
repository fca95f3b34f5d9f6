#!/bin/sh
# Runs once, when the database cluster is made. The owner makes tables and changes them (the migrate job); the
# runtime role, which web and worker sign in with, owns nothing. The rest is in grants.sql.
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    -v owner_password="$(cat /run/secrets/owner_password)" \
    -v runtime_password="$(cat /run/secrets/runtime_password)" <<'SQL'
CREATE ROLE portal_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE portal_runtime LOGIN PASSWORD :'runtime_password';
CREATE DATABASE portal OWNER portal_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE CONNECT, TEMPORARY ON DATABASE portal FROM PUBLIC;
GRANT CONNECT ON DATABASE portal TO portal_runtime;
SQL
