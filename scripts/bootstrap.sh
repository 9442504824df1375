#!/bin/sh
# Makes .venv right: re-used while the requirements are the same, remade when they changed or it was left half made.
# Needs a Python 3.11 or newer with venv or pip, nothing else; says in one line what is missing.
set -u
cd "$(dirname "$0")/.." || exit 1
export UV_SYSTEM_CERTS=1 UV_NATIVE_TLS=1 # a machine behind a proxy has its certificates in the system store
requirements=requirements-dev.txt

say() { printf 'dengta: %s\n' "$*" >&2; }
stamp() { pwd; cat "$requirements"; }
right() { stamp 2>/dev/null | cmp -s - .venv/made-for && .venv/bin/python -c '' 2>/dev/null; }

runs() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
pythons() {
    for name in ${PYTHON:-} python3.14 python3.13 python3.12 python3.11 python3 python; do
        if command -v "$name" >/dev/null 2>&1 && runs "$name"; then echo "$name"; fi
    done
}

with_uv() {
    command -v uv >/dev/null 2>&1 || return 1
    uv venv -q --no-config --python "$(command -v "$1")" .venv &&
        uv pip install -q --python .venv/bin/python --require-hashes -r "$requirements"
}
with_venv() {
    "$1" -m venv .venv >/dev/null 2>&1 && install_by .venv/bin/python
}
with_pip_alone() { # Debian has pip without ensurepip: an empty venv, filled from outside
    "$1" -m pip --version >/dev/null 2>&1 && "$1" -m venv --without-pip .venv >/dev/null 2>&1 && install_by "$1" --python .venv/bin/python
}
install_by() {
    python=$1
    shift
    "$python" -m pip "$@" install -qq --no-input --disable-pip-version-check --root-user-action=ignore --require-hashes -r "$requirements"
}
with_apt() { # only where a machine is made for one run
    [ -n "${CI:-}" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
    apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv >/dev/null && with_venv python3
}

make_it() {
    found=$(pythons)
    if [ -z "$found" ]; then
        say "no Python 3.11 or newer on PATH"
        return 1
    fi
    for way in with_uv with_venv with_pip_alone; do
        for python in $found; do
            rm -rf .venv
            if $way "$python"; then return 0; fi
        done
    done
    rm -rf .venv
    with_apt && return 0
    rm -rf .venv
    say "could not make .venv; if venv is missing: apt-get install python3-venv. If the package index cannot be reached, see above."
    return 1
}

if command -v flock >/dev/null 2>&1; then
    exec 9<"$requirements"
    flock 9
fi
right && exit 0
say "making .venv (once, until the requirements change); it takes about a minute"
make_it || exit 1
stamp >.venv/made-for
