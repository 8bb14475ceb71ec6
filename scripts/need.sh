# Sourced by test.sh: what the tests need beyond Go and Node. Each function
# finds it, or installs it (on Debian, as root), or stops the run and says what
# to install. None goes on without.

# give_up SENTENCE...
give_up() {
  printf 'make test: %s\n' "$*" >&2
  exit 1
}

# install SENTENCE PACKAGE...
install() {
  local sentence=$1
  shift
  if [ ! -e /etc/debian_version ] || [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    give_up "$sentence (on Debian: apt-get install $*)"
  fi
  echo "installing $*"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } \
    >"$out/apt.log" 2>&1 || { tail -n 20 "$out/apt.log" >&2; give_up "$sentence"; }
}

need_go_and_node() {
  command -v go >/dev/null || give_up 'Go 1.26 or later is needed.'
  command -v npm >/dev/null || give_up 'Node 20 or later with npm is needed.'
}

# A C compiler, for the race detector alone.
need_compiler() {
  local compiler
  compiler=$(go env CC)
  command -v "${compiler%% *}" >/dev/null ||
    install "The race detector needs a C compiler; $compiler is not here." gcc libc6-dev
}

# Python and R, which load a data package with nothing but themselves.
need_python_and_r() {
  command -v python3 >/dev/null || install 'A data package is loaded with Python; python3 is not here.' python3
  command -v Rscript >/dev/null || install 'A data package is loaded with R; Rscript is not here.' r-base-core
}

# Exports CAIRN_TEST_BROWSER. Chromium without windows does the same in three
# quarters of the time.
need_browser() {
  local found
  if [ -n "${CAIRN_TEST_BROWSER:-}" ]; then
    [ -x "$CAIRN_TEST_BROWSER" ] || give_up "CAIRN_TEST_BROWSER=$CAIRN_TEST_BROWSER cannot be run."
    export CAIRN_TEST_BROWSER
    return
  fi
  found=$(find_browser) || {
    (install 'This system has no Chromium without windows.' chromium-headless-shell fonts-liberation) ||
      install 'The browser tests need Chromium or Chrome; name one in CAIRN_TEST_BROWSER.' chromium fonts-liberation
    found=$(find_browser) || give_up 'Chromium was installed and cannot be found.'
  }
  export CAIRN_TEST_BROWSER=$found
}

find_browser() {
  local mac='/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
  command -v chromium-headless-shell || command -v chromium || command -v chromium-browser || command -v google-chrome ||
    { [ -x "$mac" ] && echo "$mac"; }
}
