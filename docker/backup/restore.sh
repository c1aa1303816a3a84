#!/bin/sh
# docker/backup/restore.sh FILE
# Puts the database of FILE in the place of the present one, which is kept under another name: what fails on the way
# changes nothing. Stop the services first. Meetings that were erased since FILE was written come back with it: they
# are named in FILE.erased-since, and erase-again.sh erases them once the services are up. Those that became notes-only
# since are marked, and the services take their words out again.
#   ERASED_UNKNOWN=ok  restores although the present database cannot tell what was erased since
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

# Since the backup meetings may have been erased, or lost their words (notes-only). Both are remembered for ever.
remembered() {
  known=$(query "$NAME" "SELECT to_regclass('$1') IS NOT NULL") || return 1
  [ "$known" != t ] || query "$NAME" "SELECT meeting_id FROM $1"
}
umask 077
if ! remembered ingestion.erased_meetings >"$FILE.erased" || ! remembered ingestion.reductions >"$FILE.reduced"; then
  [ "${ERASED_UNKNOWN:-}" = ok ] ||
    fail "What was erased since cannot be read from $NAME. ERASED_UNKNOWN=ok restores all the same. Nothing was changed."
fi
echo "SELECT workspace_id, id FROM ingestion.meetings WHERE id::text IN ($(in_list <"$FILE.erased"))" |
  run_sql "$DRAFT" >"$FILE.erased-since"
if [ -s "$FILE.reduced" ]; then
  # The services take the words out again by themselves.
  echo "UPDATE ingestion.meetings SET notes_only = true, privacy_mode = 'notes-only', status = 'ended',
      ended_at = coalesce(ended_at, now()) WHERE id::text IN ($(in_list <"$FILE.reduced"))" | run_sql "$DRAFT"
fi
rm -f "$FILE.erased" "$FILE.reduced"

# Both or neither: statements of one message are one transaction.
$POSTGRES psql --no-psqlrc --quiet -v ON_ERROR_STOP=1 --dbname="$SERVER dbname=postgres" \
  --command="ALTER DATABASE $NAME RENAME TO $BEFORE; ALTER DATABASE $DRAFT RENAME TO $NAME" </dev/null
echo "$NAME is as it was in $FILE. The one before is $BEFORE: once all is well, DROP DATABASE $BEFORE."
echo "$(wc -l <"$FILE.erased-since" | tr -d ' ') meetings were erased since. Start the services, then:"
echo "  docker/backup/erase-again.sh $FILE.erased-since"
