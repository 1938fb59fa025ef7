#!/usr/bin/env bash
# Shows Paydesk at work: builds and starts it, lets a coffee shop walk through the guide, and keeps serving.
# `make demo` runs it; with EXIT=1 it stops after the walk. It may be run again and again.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly folder=target/demo
readonly usual_port=4242
readonly oldest_node=20
server=

main() {
  trap stop_server EXIT
  check_tools
  install_client
  build_server
  start_server
  node demo/walk.mjs "$url"
  if [ "${EXIT:-}" = 1 ]; then
    return
  fi
  keep_serving
}

say() {
  printf '%s\n' "• $*"
}

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

check_tools() {
  if ! has node || ! has npm; then
    install_node
  fi
  local version
  version=$(node --print 'parseInt(process.versions.node)')
  [ "$version" -ge "$oldest_node" ] ||
    fail "The demo needs Node $oldest_node or newer; this is Node $version."
  has cargo || fail "The demo needs Rust's cargo: install it with rustup (https://rustup.rs) and run it again."
  has cc || fail "The demo needs a C compiler (cc) for SQLite: install gcc or clang and run it again." \
    "On Debian and Ubuntu: apt-get install gcc libc6-dev"
}

has() {
  command -v "$1" >/dev/null
}

install_node() {
  if [ "$(id -u)" -ne 0 ] || ! has apt-get; then
    fail "The demo needs Node $oldest_node or newer with npm: install both and run it again." \
      "On Debian and Ubuntu: sudo apt-get install nodejs npm"
  fi
  say "Installing Node with apt-get (a minute or so)"
  run_quietly "$folder/apt.log" apt-get update -q
  has node || run_quietly "$folder/apt.log" apt-get install -q -y --no-install-recommends nodejs
  # Some packages of Node bring npm along, and then refuse Debian's own npm beside them.
  has npm || run_quietly "$folder/apt.log" apt-get install -q -y --no-install-recommends npm
}

install_client() {
  # npm leaves this file behind when it is done, so a second run has nothing to do.
  if [ node_modules/.package-lock.json -nt package-lock.json ]; then
    return
  fi
  say "Installing the official Stripe client with npm"
  run_quietly "$folder/npm.log" npm ci --loglevel=error --no-audit --no-fund
}

# Runs a command whose output only matters when it fails.
run_quietly() {
  local log=$1
  shift
  mkdir -p "$folder"
  "$@" >"$log" 2>&1 || fail "This failed: $*" "$(tail -n 20 "$log")"
}

build_server() {
  say "Building the server (the first time takes a few minutes)"
  cargo build --release -p paydesk
}

# Sets $server and $url. The database starts fresh, so that the walk always tells the same story.
start_server() {
  local port=$usual_port line=
  if is_taken "$port"; then
    say "Port $port is taken, so another free one is used"
    port=0
  fi

  mkdir -p "$folder"
  rm -f "$folder"/paydesk.db* "$folder/stdout"
  mkfifo "$folder/stdout"
  "${CARGO_TARGET_DIR:-target}/release/paydesk" serve --listen "127.0.0.1:$port" --database "$folder/paydesk.db" \
    >"$folder/stdout" 2>"$folder/paydesk.log" &
  server=$!

  # The first line says that it is ready; a server that dies instead closes the pipe, which ends the wait.
  exec 3<"$folder/stdout"
  read -r line <&3 || true
  url=${line#listening on }
  [ "$url" != "$line" ] || fail "The server did not start:" "$(tail -n 20 "$folder/paydesk.log")"
  say "Paydesk listens on $url"
  echo
}

is_taken() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

keep_serving() {
  cat <<END

Your turn: point any Stripe client at it.

  Base URL          $url
  Secret key        sk_test_demo   (the walk's carts are in it; any other sk_test_… opens a sandbox of its own)
  Publishable key   pk_test_demo

  curl $url/v1/checkout/sessions -u sk_test_demo:

It serves until you press Ctrl-C.
END
  trap 'exit 0' INT TERM
  wait "$server"
}

stop_server() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
}

main
