#!/bin/sh
# Runs a command with a Docker engine that builds and composes: the machine's own if it answers, else one of ours, made from
# Debian's packages in a folder and a network namespace of its own. Whatever was started or written is gone at the end.
set -eu
cd "$(dirname "$0")/.."
standins=tests/container/standins
place=''
daemon=''
namespace="dengta-$$"
image="dengta-test:$$"

say() { printf 'with_engine: %s (%s s)\n' "$*" "$(($(date +%s) - began))" >&2; }
fail() { printf 'with_engine: %s\n' "$*" >&2; exit 1; }
began=$(date +%s)

clean_up() {
    if [ -z "$place" ]; then
        docker image rm --force "$image" >/dev/null 2>&1 || true
        return
    fi
    stop_engine
    ip netns del "$namespace" 2>/dev/null || true
    rm -rf "$place"
}

machine_has_one() { docker version >/dev/null 2>&1 && docker buildx version >/dev/null 2>&1 && docker compose version >/dev/null 2>&1; }

install_packages() {
    { [ "$(uname -s)" = Linux ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; } ||
        fail "no Docker engine answers here (docker, buildx and compose), and one of our own needs root on a Debian: nothing was shown"
    held=${POLICY:-/usr/sbin/policy-rc.d} # says that no service may start by itself
    if [ -e "$held" ]; then held=''; else printf '#!/bin/sh\nexit 101\n' >"$held" && chmod +x "$held"; fi
    done=0
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        docker.io iptables iproute2 mmdebstrap ca-certificates; } >"$place/apt.log" 2>&1 || done=1
    rm -f "$held"
    [ "$done" = 0 ] || { tail -5 "$place/apt.log" >&2; fail "the engine could not be installed from Debian"; }
}

# compose and buildx of Debian 12 are too old or missing: the next release's are unpacked beside the system.
install_plugins() {
    next="$place/next"
    mkdir -p "$next/lists/partial" "$next/cache/archives/partial" "$DOCKER_CONFIG/cli-plugins"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" >"$next/sources.list"
    set -- -qq -o Dir::Etc::sourcelist="$next/sources.list" -o Dir::Etc::sourceparts=/dev/null \
        -o Dir::State::lists="$next/lists" -o Dir::Cache="$next/cache" -o APT::Sandbox::User=root
    apt-get "$@" update >/dev/null 2>&1 || true
    (cd "$next" && apt-get "$@" download docker-compose docker-buildx >/dev/null &&
        for package in *.deb; do dpkg -x "$package" unpacked; done) || fail "compose and buildx could not be had from Debian"
    install -m 755 "$next"/unpacked/usr/libexec/docker/cli-plugins/* "$DOCKER_CONFIG/cli-plugins/"
}

start_engine() { # $1: more settings of the daemon; the rest: what it runs within
    more=$1
    shift
    cat >"$place/daemon.json" <<END
{"data-root": "$place/data", "exec-root": "$place/exec", "pidfile": "$place/docker.pid", "hosts": ["$DOCKER_HOST"]$more}
END
    "$@" dockerd --config-file "$place/daemon.json" >>"$place/dockerd.log" 2>&1 &
    daemon=$!
    for _ in $(seq 150); do
        if docker version >/dev/null 2>&1; then return; fi
        kill -0 "$daemon" 2>/dev/null || break
        sleep 0.1
    done
    tail -5 "$place/dockerd.log" >&2
    fail "the engine does not start"
}

stop_engine() {
    [ -n "$daemon" ] || return 0
    kill "$daemon" 2>/dev/null || true
    wait "$daemon" 2>/dev/null || true
    daemon=''
}

# No registry of images is needed: what stands under the official names is Debian's own Python and PostgreSQL.
# How this machine reaches its package index (certificates, pip's settings) is in the stand-in and nowhere else.
stand_in() {
    mkdir -p "$place/context"
    cp /etc/ssl/certs/ca-certificates.crt "$place/context/"
    { echo '[global]'; env | sed -n 's/^PIP_\(INDEX_URL\|EXTRA_INDEX_URL\|TRUSTED_HOST\|PROXY\)=\(.*\)/\1 = \2/p' | tr '[:upper:]_' '[:lower:]-'; } >"$place/context/pip.conf"
    docker import "$place/base.tar" dengta-base:1 >/dev/null
    docker buildx build --quiet --load --network=host --file "$standins/python.Dockerfile" --tag python:3.12-slim-bookworm "$place/context" >/dev/null
    docker buildx build --quiet --load --network=host --file "$standins/postgres.Dockerfile" --tag postgres:17-bookworm "$standins" >/dev/null
}

# In memory where there is plenty: a busy disk takes a minute to remove what was unpacked.
folder() {
    if [ -z "${TMPDIR:-}" ] && [ -w /dev/shm ] && ! grep -q ' /dev/shm .*noexec' /proc/mounts &&
        awk '/^MemAvailable/ {exit $2 < 6000000}' /proc/meminfo &&
        [ "$(df -Pk /dev/shm | awk 'NR == 2 {print $4}')" -gt 4000000 ]; then
        echo /dev/shm
    else
        echo "${TMPDIR:-/tmp}"
    fi
}

own_engine() {
    room=$(folder)
    place=$(mktemp -d "$room/dengta-engine.XXXXXX")
    mkdir -p "$place/config"
    export DOCKER_HOST="unix://$place/docker.sock" DOCKER_CONFIG="$place/config"
    unset DOCKER_CONTEXT
    install_packages
    say "engine installed"
    mirror=$(awk '/^URIs:/ {print $2; exit}' /etc/apt/sources.list.d/debian.sources 2>/dev/null || true)
    mirror=${mirror:-http://deb.debian.org/debian}
    TMPDIR="$room" mmdebstrap --quiet --variant=minbase --include=ca-certificates,python3,python3-venv bookworm "$place/base.tar" "$mirror" >"$place/base.log" 2>&1 &
    base=$!
    install_plugins
    say "compose and buildx unpacked"
    start_engine ', "bridge": "none", "iptables": false, "ip6tables": false, "ip-forward": false' env # touches no network
    wait "$base" || { tail -5 "$place/base.log" >&2; fail "the stand-in for the base image could not be made"; }
    say "base made"
    stand_in
    say "stand-ins made"
}

build() { # $@: more options
    docker buildx build --quiet --load "$@" --tag "$image" . >/dev/null || fail "the image does not build"
    export TEST_IMAGE="$image"
}

trap clean_up EXIT
trap 'exit 130' INT TERM
if machine_has_one; then
    build
    say "image built by the machine's own engine"
    "$@"
else
    own_engine
    build --network=host
    say "image built"
    stop_engine
    ip netns add "$namespace"
    within="nsenter --net=/run/netns/$namespace"
    $within ip link set lo up
    start_engine '' $within # bridges and packet filters of its own, none of the machine's
    $within "$@"
fi
say "done"
