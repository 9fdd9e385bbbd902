#!/bin/bash
# First start of the database container: the application's own role and the queue's database.
set -euo pipefail
psql -v ON_ERROR_STOP=1 -v password="$APP_PASSWORD" --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
create role huiyin_app login password :'password';
create database huiyin_queue owner huiyin_app;
SQL
