#!/bin/sh
# backup.sh DIR KEEP: a backup at once and then every day, the newest KEEP stay. One that fails is said and tried again in
# an hour.
set -u
while :; do
  if node scripts/backup.ts --keep "$2" "$1"; then pause=86400; else pause=3600; fi
  # As a child, so that a signal ends it at once.
  sleep "$pause" & wait $!
done
