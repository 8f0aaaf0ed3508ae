# SPDX-License-Identifier: MIT
# To be sourced by bash scripts: what a fresh Debian or Ubuntu needs.

# install_packages PACKAGE...
# Installs those that are missing. Asks nobody and touches no network where none is. On a system without apt-get it
# only says what is needed: the build then finds it, or says what it did not find.
install_packages() {
  if ! command -v apt-get > /dev/null || ! command -v dpkg-query > /dev/null; then
    echo "This is no Debian or Ubuntu. What is needed has these names there: $*"
    return 0
  fi

  local package missing=()
  for package in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null) == installed ]] || missing+=("$package")
  done
  [[ ${#missing[@]} -gt 0 ]] || return 0

  local as_root=()
  if [[ $(id -u) -ne 0 ]]; then
    if ! command -v sudo > /dev/null; then
      echo "Going on without these packages, for want of root or sudo: ${missing[*]}" >&2
      return 0
    fi
    as_root=(sudo)
  fi
  echo "Installing ${missing[*]}"
  "${as_root[@]}" apt-get update -qq < /dev/null &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -qq --no-install-recommends "${missing[@]}" < /dev/null
}
