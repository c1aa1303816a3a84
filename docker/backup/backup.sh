#!/bin/sh
# docker/backup/backup.sh FILE
# Writes the whole database into FILE, which restore.sh takes. The services may go on meanwhile: it is one moment's view.
set -eu
. "$(dirname "$0")/postgres.sh"
[ $# -eq 1 ] || fail 'usage: docker/backup/backup.sh FILE'
FILE=$1
[ ! -e "$FILE" ] || fail "$FILE is there already."

umask 077
trap 'rm -f "$FILE.partial"' EXIT
$POSTGRES pg_dump --format=custom --no-owner --dbname="$SERVER dbname=$NAME" </dev/null >"$FILE.partial"
readable "$FILE.partial"
mv "$FILE.partial" "$FILE"
echo "$FILE: $(wc -c <"$FILE" | tr -d ' ') bytes. Keep secrets/connections_key and secrets/approval_signing_key with it, elsewhere."
