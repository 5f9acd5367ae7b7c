#!/usr/bin/env bash
# launcher_test.sh SCA: runs a copy of the launcher in a scratch checkout, with stand-ins for dpkg-query,
# apt-get, sudo, cmake and ninja that record how they were called.
set -euo pipefail
unset SCA_PRESET SCA_JOBS  # the caller may have chosen its own build with them

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
checkout="$scratch/a checkout"
tools=$scratch/tools
calls=$scratch/calls
mkdir -p "$checkout" "$tools"
cp "$1" "$checkout/sca"
launcher=$checkout/sca

fail() {
  printf 'FAILED: %s\n' "$*" >&2
  [[ ! -f $scratch/out ]] || cat "$scratch/out" >&2
  exit 1
}
expect_output() { grep -q -- "$1" "$scratch/out" || fail "expected: $1"; }
forbid_output() { ! grep -q -- "$1" "$scratch/out" || fail "not expected: $1"; }

stand_in() {
  printf '#!/usr/bin/env bash\necho "%s $*" >>"%s"\n%s\n' "$1" "$calls" "$2" >"$tools/$1"
  chmod +x "$tools/$1"
}
# As somebody who is not root, whoever runs this test.
run() {
  local status=0
  : >"$calls"
  sed 's/((EUID == 0))/false/; s/((EUID != 0))/true/' "$launcher" >"$checkout/sca.user"
  chmod +x "$checkout/sca.user"
  (cd / && PATH=$tools:$PATH bash "$checkout/sca.user" "$@") >"$scratch/out" 2>&1 || status=$?
  return $status
}

# Missing packages, no root: one line to run, exit 2, nothing called that could change the machine.
stand_in dpkg-query 'case ${!#} in libmpfi-dev) exit 1 ;; *) printf installed ;; esac'
stand_in sudo 'exit 1'
stand_in apt-get 'exit 0'
status=0
run prove || status=$?
((status == 2)) || fail "exit code $status without root, not 2"
expect_output "apt-get install .*--no-remove .*libmpfi-dev"
forbid_output "libgmp-dev"
! grep -q '^apt-get' "$calls" || fail "apt-get was called without root"

# With sudo: it installs, and never lets apt remove anything.
stand_in sudo 'shift; exec "$@"'
run setup || fail "setup with sudo"
grep -q '^apt-get .*install -y --no-remove .*libmpfi-dev' "$calls" || fail "apt-get install --no-remove was not called"
! grep -E '^apt-get' "$calls" | grep -qE 'remove( |$)|purge' | grep -v no-remove || fail "apt-get could remove"

# A build that fails shows the compiler's words and stops.
mkdir -p "$checkout/build"
stand_in cmake 'exit 0'
stand_in ninja 'echo "[1/2] Building CXX object x.o"; echo "x.cpp:1: error: the compiler says so"; exit 1'
status=0
run prove || status=$?
((status == 1)) || fail "exit code $status after a failed build, not 1"
expect_output "the compiler says so"
forbid_output "Building CXX object"

# A build that works: the command gets its arguments unchanged, and its exit code comes back.
mkdir -p "$checkout/build/release"
printf '#!/bin/sh\nprintf "<%%s>" "$@"\nexit 3\n' >"$checkout/build/release/sca"
chmod +x "$checkout/build/release/sca"
stand_in ninja 'exit 0'
status=0
run prove 'two words' --json || status=$?
((status == 3)) || fail "exit code $status, not the command's 3"
expect_output '^<prove><two words><--json>$'

# Later calls ask neither dpkg nor CMake anything.
: >"$checkout/build/release/build.ninja"
touch -d '+1 minute' "$checkout"/build/.packages-*
run prove || true
run prove || true
! grep -qE '^(dpkg-query|cmake)' "$calls" || fail "a later call asked again: $(<"$calls")"

# A plan's texts are installed where its profile learns from them, and only there.
printf '[profile.tiny]\ntasks = ["mqar", "bytes:text=excerpt"]\n[profile.smoke]\ntasks = ["group",\n  "bytes"]\n' >"$scratch/plan.toml"
printf '[profile.full]\ntasks = ["needle"]\n' >>"$scratch/plan.toml"
stand_in dpkg-query 'case ${!#} in bible-*|r-cran-*) exit 1 ;; *) printf installed ;; esac'
for run in 'report' 'run --profile tiny' 'run --profile=none'; do
  # shellcheck disable=SC2086  # words of a command line
  run ablate $run "$scratch/plan.toml" || true
  ! grep -q '^apt-get' "$calls" || fail "ablate $run installed something: $(<"$calls")"
done
run ablate run "$scratch/plan.toml" --profile full || true
grep -q '^apt-get .*install .* r-cran-janeaustenr$' "$calls" || fail "the full profile's text was not installed"
run ablate plan "$scratch/plan.toml" || true
grep -q '^apt-get .*install .* bible-kjv bible-kjv-text$' "$calls" || fail "the smoke profile's text was not installed"
echo "the launcher keeps its promises"
