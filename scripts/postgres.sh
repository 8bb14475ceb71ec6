# Sourced by test.sh: a PostgreSQL for one run of the tests. It listens on
# 127.0.0.1 alone, on a free port, with a password of its own, and is gone when
# the run ends. fsync stays on: the product refuses a server without it.

postgres_dir=
postgres_container=

# Exports CAIRN_TEST_POSTGRES, the address of a role that may create databases
# and roles: the one already named there, else local binaries, else Docker.
need_postgres() {
  if [ -n "${CAIRN_TEST_POSTGRES:-}" ]; then
    export CAIRN_TEST_POSTGRES
    return
  fi
  local password
  password=$(node -p 'crypto.randomBytes(16).toString("hex")')
  if find_postgres; then
    start_cluster "$password"
  elif docker info >/dev/null 2>&1; then
    start_container "$password"
  else
    install 'The tests need PostgreSQL 15 or later; name one in CAIRN_TEST_POSTGRES, install its server, or start Docker.' postgresql
    find_postgres || give_up 'PostgreSQL was installed and initdb cannot be found.'
    start_cluster "$password"
  fi
}

# find_postgres sets postgres_bin to the folder of initdb and pg_ctl.
find_postgres() {
  local candidate
  for candidate in "$(dirname "$(command -v initdb || echo /nowhere/initdb)")" \
    "$(pg_config --bindir 2>/dev/null)" /usr/lib/postgresql/*/bin; do
    if [ -x "$candidate/initdb" ] && [ -x "$candidate/pg_ctl" ]; then
      postgres_bin=$candidate
      return 0
    fi
  done
  return 1
}

start_cluster() {
  local password=$1 port
  postgres_dir=$(mktemp -d)
  port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })')
  printf '%s' "$password" >"$postgres_dir/password"
  if [ "$(id -u)" -eq 0 ]; then
    chown -R "$(unprivileged)" "$postgres_dir"
  fi
  as_unprivileged "$postgres_bin/initdb" --pgdata="$postgres_dir/data" --username=cairn_test \
    --pwfile="$postgres_dir/password" --auth=scram-sha-256 --encoding=UTF8 --locale=C >"$out/postgres.log" 2>&1 ||
    { tail -n 20 "$out/postgres.log" >&2; give_up 'initdb failed.'; }
  rm -f "$postgres_dir/password"
  as_unprivileged "$postgres_bin/pg_ctl" start --pgdata="$postgres_dir/data" --log="$postgres_dir/log" --wait --silent \
    --options="-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200" ||
    { cat "$postgres_dir/log" >&2; give_up 'PostgreSQL did not start.'; }
  export CAIRN_TEST_POSTGRES="postgres://cairn_test:$password@127.0.0.1:$port/postgres?sslmode=disable"
}

# PostgreSQL refuses to run as root.
as_unprivileged() {
  if [ "$(id -u)" -eq 0 ]; then
    (cd / && runuser -u "$(unprivileged)" -- "$@")
  else
    "$@"
  fi
}

unprivileged() {
  if id postgres >/dev/null 2>&1; then echo postgres; else echo nobody; fi
}

start_container() {
  local password=$1 address
  postgres_container=$(POSTGRES_USER=cairn_test POSTGRES_PASSWORD=$password docker run --detach --rm \
    --env POSTGRES_USER --env POSTGRES_PASSWORD --publish 127.0.0.1::5432 postgres:15) ||
    give_up 'Docker could not start PostgreSQL.'
  for _ in $(seq 60); do
    # Its set-up phase listens on a socket only, so ask by address.
    docker exec "$postgres_container" pg_isready --quiet --host=127.0.0.1 && break
    sleep 1
  done
  address=$(docker port "$postgres_container" 5432/tcp | head -n 1)
  export CAIRN_TEST_POSTGRES="postgres://cairn_test:$password@$address/postgres?sslmode=disable"
}

stop_postgres() {
  if [ -d "$postgres_dir" ]; then
    as_unprivileged "$postgres_bin/pg_ctl" stop --pgdata="$postgres_dir/data" --mode=immediate --silent || true
    rm -rf "$postgres_dir"
    unset CAIRN_TEST_POSTGRES
  fi
  if [ -n "$postgres_container" ]; then
    docker rm --force "$postgres_container" >/dev/null || true
    postgres_container=
    unset CAIRN_TEST_POSTGRES
  fi
}
