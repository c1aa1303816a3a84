#!/bin/sh
# docker/backup/erase-again.sh FILE.erased-since
# Erases the meetings that a restore has brought back. Twice is as good as once.
#   INGESTION    where the service ingestion is. Default: http://localhost:8001
#   SERVICE_KEY  a file with the operator's key. Default: secrets/service_api_key
set -eu
INGESTION=${INGESTION:-http://localhost:8001}
SERVICE_KEY=${SERVICE_KEY:-secrets/service_api_key}
[ $# -eq 1 ] && [ -r "$1" ] || {
  echo 'usage: docker/backup/erase-again.sh FILE.erased-since' >&2
  exit 1
}

# That an address knows nothing of a meeting counts only where ingestion answers.
curl --silent --fail --max-time 10 --output /dev/null "$INGESTION/readyz" || {
  echo "Ingestion is not ready at $INGESTION." >&2
  exit 1
}

failed=0
while read -r workspace meeting; do
  # The key goes through stdin: arguments can be read by everybody on the machine.
  status=$(printf 'header = "Authorization: Bearer %s"\n' "$(cat "$SERVICE_KEY")" |
    curl --config - --silent --output /dev/null --write-out '%{http_code}' --max-time 60 --request DELETE \
      --header "X-Workspace-Id: $workspace" "$INGESTION/v1/meetings/$meeting") || true
  echo "$meeting: $status"
  case $status in
  2?? | 404) ;;
  *) failed=1 ;;
  esac
done <"$1"
[ "$failed" -eq 0 ] || {
  echo 'Not all could be erased: run this again.' >&2
  exit 1
}
