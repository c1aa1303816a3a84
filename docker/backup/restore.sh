#!/bin/sh
# docker/backup/restore.sh FILE
# Puts the database of FILE in the place of the present one, which is kept under another name: what fails on the way
# changes nothing. Stop the services first. Meetings that were erased since FILE was written come back with it: they
# are named in FILE.erased-since, and erase-again.sh erases them once the services are up.
set -eu
. "$(dirname "$0")/postgres.sh"
[ $# -eq 1 ] || fail 'usage: docker/backup/restore.sh FILE'
FILE=$1
[ -r "$FILE" ] || fail "$FILE cannot be read."
DRAFT=${NAME}_restored
BEFORE=${NAME}_before_restore

readable "$FILE" || fail "$FILE is no whole backup. Nothing was changed."
connected=$(query postgres "SELECT count(*) FROM pg_stat_activity WHERE datname = '$NAME'")
[ "$connected" -eq 0 ] || fail "$connected connections to $NAME are open: stop the services first. Nothing was changed."
[ "$(query postgres "SELECT count(*) FROM pg_database WHERE datname = '$BEFORE'")" -eq 0 ] ||
  fail "$BEFORE is there from an earlier restore: drop it first (DROP DATABASE $BEFORE). Nothing was changed."

query postgres "DROP DATABASE IF EXISTS $DRAFT"
query postgres "CREATE DATABASE $DRAFT TEMPLATE template0"
$POSTGRES pg_restore --no-owner --exit-on-error --single-transaction --dbname="$SERVER dbname=$DRAFT" <"$FILE"

umask 077
erased=$(query "$NAME" 'SELECT meeting_id FROM ingestion.erased_meetings' 2>/dev/null || true)
list=$(printf '%s\n' "$erased" | grep -E '^[0-9A-Za-z_-]+$' | sed "s/.*/'&'/" | paste -s -d , - || true)
query "$DRAFT" "SELECT workspace_id, id FROM ingestion.meetings WHERE id::text IN (${list:-''})" >"$FILE.erased-since"

query postgres "ALTER DATABASE $NAME RENAME TO $BEFORE"
query postgres "ALTER DATABASE $DRAFT RENAME TO $NAME"
echo "$NAME is as it was in $FILE. The one before is $BEFORE: once all is well, DROP DATABASE $BEFORE."
echo "$(wc -l <"$FILE.erased-since" | tr -d ' ') meetings were erased since. Start the services, then:"
echo "  docker/backup/erase-again.sh $FILE.erased-since"
