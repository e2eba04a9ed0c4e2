# Sourced by tools/run and tools/test: everything both need before they do their own work.
# Quick when there is nothing to do; says what it does; failure says what to do next.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export CCACHE_BASEDIR="$root" CCACHE_NOHASHDIR=1

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

# install_packages [LIST]: installs what is missing of the Debian packages of LIST, tools/dev/packages.txt if none is named.
install_packages() {
  local wanted missing
  wanted=$(sed -e 's/#.*//' -e '/^\s*$/d' "${1:-$root/tools/dev/packages.txt}")
  # shellcheck disable=SC2086
  missing=$(comm -23 <(printf '%s\n' $wanted | sort -u) \
    <(dpkg-query -W -f='${Package} ${Status}\n' $wanted 2>/dev/null | awk '$NF == "installed" {print $1}' | sort -u))
  [ -z "$missing" ] && return 0
  command -v apt-get >/dev/null || die "these packages are missing and there is no apt-get to install them: $missing"
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || die "run as root, or install sudo, or install by hand: $missing"
    as_root=(sudo)
  fi
  say "installing $(wc -w <<<"$missing") Debian packages"
  "${as_root[@]}" apt-get update -qq || die "apt-get update failed; check the network and the package sources"
  # RUNLEVEL=1: the servers are started by the sandbox and the tests when needed, not by their packages.
  # shellcheck disable=SC2086
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
    apt-get install -y -qq --no-install-recommends $missing >/dev/null ||
    die "apt-get install failed; run it by hand to see why: apt-get install $missing"
  keep_off redis-server redis-server.service
  keep_off memcached memcached.service
  keep_off openssh-server ssh.service
}

# keep_off PACKAGE UNIT: a server that came with us must not start at the next boot either; one that was there
# before is left as it was.
keep_off() {
  case $'\n'"$missing"$'\n' in *$'\n'"$1"$'\n'*) ;; *) return 0 ;; esac
  command -v systemctl >/dev/null || return 0
  "${as_root[@]}" systemctl disable --quiet "$2" 2>/dev/null || true
}

# build PRESET TARGET…
build() {
  local preset=$1
  shift
  if [ ! -f "$root/build/$preset/build.ninja" ]; then
    say "configuring (preset $preset)"
    (cd "$root" && cmake --preset "$preset" >"$root/build-$preset.log" 2>&1) || {
      cat "$root/build-$preset.log" >&2
      die "configuring failed; the lines above say what is missing"
    }
    rm -f "$root/build-$preset.log"
  fi
  say "building (preset $preset)"
  cmake --build "$root/build/$preset" --parallel "${JOBS:-$(nproc)}" --target "$@" >&2 ||
    die "the build failed; the first error above is the one to look at"
}
