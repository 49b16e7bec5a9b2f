#!/usr/bin/env bash
# Have Chromium and PostgreSQL for the tests: installed as root on Debian or Ubuntu, otherwise named.
# The Chromium without a screen needs half the time; where it cannot be had, the usual one does its work.
set -u
light=chromium-headless-shell
can_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }
install() { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }
missing=()
command -v chromium >/dev/null || missing+=(chromium)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
if [ ${#missing[@]} = 0 ]; then
  if ! command -v $light >/dev/null && can_install; then install $light 2>/dev/null || true; fi
  exit 0
fi
if can_install; then
  echo "Installing ${missing[*]} for the tests ..."
  install "${missing[@]}" && exit 0
fi
echo "The tests need: ${missing[*]}. Install them, for example: sudo apt-get install ${missing[*]}"
exit 1
