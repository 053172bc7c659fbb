# shellcheck shell=bash
# Sourced by the scripts that people and machines start: goes to the root of the repository and sees to it that the packages of
# .ci/packages are there. Where nothing is missing it touches nothing.
# Usage: source …/.ci/setup.sh [ci]

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

guiju_say() { printf '\n== %s\n' "$*"; }
guiju_fail() { printf '%s\n' "$*" >&2; exit 1; }

guiju_is_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# The alternatives of each line of the list, a line each, without the mark.
guiju_wanted_packages() {
  local mark line
  mark=${1:-}
  while IFS= read -r line; do
    case $line in
      '' | '#'*) continue ;;
      'ci '*) [ "$mark" = ci ] || continue; line=${line#ci } ;;
      'amd64 '*) [ "$(dpkg --print-architecture)" = amd64 ] || continue; line=${line#amd64 } ;;
    esac
    printf '%s\n' "${line//|/ }"
  done < .ci/packages
}

# Lines of which no alternative is installed.
guiju_missing_packages() {
  local line name found
  while IFS= read -r line; do
    found=no
    for name in $line; do
      if guiju_is_installed "$name"; then found=yes; fi
    done
    [ $found = yes ] || printf '%s\n' "$line"
  done < <(guiju_wanted_packages "${1:-}")
}

guiju_as_root() {
  if [ "$(id -u)" = 0 ]; then
    env DEBIAN_FRONTEND=noninteractive "$@"
  elif command -v sudo > /dev/null; then
    sudo env DEBIAN_FRONTEND=noninteractive "$@"
  else
    guiju_fail "Packages are missing (see .ci/packages). Run this as root, or install sudo."
  fi
}

# The first alternative that the machine's package lists have. The whole output is read, in one language: a reader that leaves
# early makes the pipe fail, and apt speaks the language of the machine.
guiju_choose_package() {
  local name
  for name in "$@"; do
    if [ -n "$(LC_ALL=C apt-cache policy "$name" 2>/dev/null | sed -n '/^ *Candidate: *[^ (]/p')" ]; then
      printf '%s\n' "$name"
      return 0
    fi
  done
  return 1
}

guiju_install_missing() {
  local missing line chosen
  local packages=()
  if ! command -v dpkg-query > /dev/null; then
    guiju_say "No Debian packages here: going on with what is installed"
    return 0
  fi
  missing=$(guiju_missing_packages "${1:-}")
  [ -n "$missing" ] || return 0
  guiju_say "Installing what is missing"
  guiju_as_root apt-get update -q || guiju_fail "The package lists could not be read."
  while IFS= read -r line; do
    # shellcheck disable=SC2086  # the alternatives are words
    chosen=$(guiju_choose_package $line) || guiju_fail "This system has none of these packages: $line"
    packages+=("$chosen")
  done <<< "$missing"
  guiju_as_root apt-get install -q -y --no-install-recommends "${packages[@]}" || guiju_fail "Installing failed: ${packages[*]}"
}

# Configures and builds one tree: `guiju_build PRESET TARGET [CMake options]`.
guiju_build() {
  local preset=$1 target=$2 log
  shift 2
  log=$(mktemp)
  if ! cmake --preset "$preset" "$@" > "$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    guiju_fail "Configuring failed."
  fi
  rm -f "$log"
  cmake --build "build/$preset" --target "$target"
}

guiju_install_missing "${1:-}"
