# Read by the other scripts of this folder.
#   POSTGRES  what runs a client program of PostgreSQL 17. Default: the container of the stack.
#   SERVER    how it reaches the server (libpq's keywords, without dbname). Default: as the container's own user.
#   NAME      the database. Default: parley.
POSTGRES=${POSTGRES:-docker compose -f docker-compose.prod.yml exec -T postgres}
SERVER=${SERVER:-user=parley}
NAME=${NAME:-parley}

fail() {
  echo "$1" >&2
  exit 1
}

case $NAME in
'' | *[!a-z0-9_]*) fail "NAME is $NAME: small letters, digits and _ only." ;;
esac

# query DATABASE SQL: the rows, their columns apart by one space
query() {
  echo "$2" | run_sql "$1"
}

# run_sql DATABASE: the same with the SQL on stdin, which may be longer than an argument
run_sql() {
  $POSTGRES psql --no-psqlrc --quiet --tuples-only --no-align --field-separator=' ' -v ON_ERROR_STOP=1 \
    --dbname="$SERVER dbname=$1" --file=-
}

# in_list: a list of SQL texts of the ids on stdin
in_list() {
  grep -E '^[0-9A-Za-z_-]+$' | sed "s/.*/'&'/" | paste -s -d , - | sed "s/^$/''/"
}

# A dump that was cut off is found here, and not in the middle of a restore.
readable() {
  $POSTGRES pg_restore --file=/dev/null <"$1"
}
