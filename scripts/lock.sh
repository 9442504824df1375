#!/bin/sh
# Pins requirements.txt and requirements-dev.txt anew, with hashes and without the address of any index.
set -u
cd "$(dirname "$0")/.." || exit 1
export UV_SYSTEM_CERTS=1 UV_NATIVE_TLS=1 # a machine behind a proxy has its certificates in the system store
if ! command -v uv >/dev/null 2>&1; then
    sh scripts/bootstrap.sh || exit 1
    [ -x .venv/bin/uv ] || .venv/bin/python -m pip install -q --disable-pip-version-check uv || {
        echo "dengta: make lock needs uv on PATH" >&2
        exit 1
    }
    PATH="$PWD/.venv/bin:$PATH"
fi
upgrade=${1:-}
pin() {
    file=$1
    shift
    uv pip compile -q $upgrade --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-emit-find-links \
        --custom-compile-command "make lock" "$@" pyproject.toml -o "$file"
}
pin requirements.txt && pin requirements-dev.txt --group dev || exit 1
if grep -nE 'https?://' requirements.txt requirements-dev.txt; then
    echo "dengta: a requirements file holds an address" >&2
    exit 1
fi
