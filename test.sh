#!/usr/bin/env bash
# Every test that can run on this machine. Written for bash 3.2, which is what macOS has.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$root"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
. ./feed.sh
work=.run
mkdir -p "$work"

finish() {
  echo "$1 passed, $2 failed, $3 skipped"
  [ "$2" -eq 0 ] && [ "$1" -gt 0 ]
}

broken() {
  printf '%s\n' "$1" >&2
  finish 0 1 0
  exit 1
}

# Says that something is left out, and why, by what NuGet said of it; another reason than the feed is a failure.
leave_out() {
  local why
  why=$(why_not "$2") || broken "$2"
  echo "left out: $1 ($why)"
}

command -v dotnet >/dev/null 2>&1 && dotnet --version >/dev/null 2>&1 || {
  echo "test.sh: this needs the .NET 10 SDK (global.json); see https://dotnet.microsoft.com/download" >&2
  exit 1
}

# Only what is about Aspire may be left out; anything else that cannot be restored is a failure.
solution=Blockchain.Aspire.sln more="" restored=--no-restore
if ! restore "$solution"; then
  all_said=$said
  solution=Blockchain.WithoutAspire.slnf restored=""
  if ! restore AppHost; then
    leave_out "AppHost, tests/AppHost.Tests" "$said"
  elif ! restore tests/AppHost.Tests; then
    more=AppHost
    leave_out tests/AppHost.Tests "$said"
  else
    broken "$all_said"
  fi
fi

tests=()
while IFS= read -r project; do
  tests+=("$project")
done < <(grep -oE 'tests\\+[A-Za-z.]+\.Tests\\+[A-Za-z.]+\.csproj' "$solution" | tr -s '\\' '/' | sort -u)
[ ${#tests[@]} -gt 0 ] || broken "test.sh: the solution has no tests"

for built in "$solution" $more; do
  echo "building $built ..."
  if ! dotnet build "$built" $restored -c Release --nologo -v quiet >"$work/build.log" 2>&1; then
    broken "$(grep -E '(error|warning) ' "$work/build.log" | sort -u || cat "$work/build.log")"
  fi
done

run() {
  local start=$SECONDS name
  name=$(basename "$1" .csproj)
  dotnet test --project "$1" -c Release --no-build --no-ansi --no-progress \
    --hangdump --hangdump-timeout 5m --hangdump-type None >"$work/$name.log" 2>&1 || true
  echo $((SECONDS - start)) >"$work/$name.time"
}

passed=0 failed=0 skipped=0 failures=()
report() {
  local name log ok bad out
  name=$(basename "$1" .csproj)
  log="$work/$name.log"
  count() { sed -n "s/^ *$1: *\([0-9][0-9]*\).*/\1/p" "$log" | tail -n 1; }
  ok=$(count succeeded) bad=$(count failed) out=$(count skipped)
  if [ -z "$ok" ] || [ -z "$bad" ] || [ $((ok + bad + ${out:-0})) -eq 0 ]; then
    # No summary, or an empty one: the runner itself broke, or the project has lost its tests.
    ok=${ok:-0} bad=1
  fi
  printf '%-18s %4d passed, %d failed, %d skipped in %d s\n' "$name" "$ok" "$bad" "${out:-0}" "$(cat "$work/$name.time")"
  if [ "$bad" -gt 0 ]; then
    sed 's/^/  | /' "$log"
    failures+=("$name")
  elif [ "${out:-0}" -gt 0 ]; then
    grep -A 1 -E '^ *skipped ' "$log" | sed 's/^/  | /' || true
  fi
  passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + ${out:-0}))
}

# Suites that start no network of processes run beside the first of those that do, which mostly waits. Those run one
# after the other: two networks at once would disturb each other.
beside=() alone=()
for project in "${tests[@]}"; do
  case $project in
    *Conformance.Tests* | *Grading.Tests* | *Shared.Tests* | *Simulation.Tests* | *Trials.Tests* | *Observatory.Tests* \
      | *PeerNode.Tests*) beside+=("$project") ;;
    *) alone+=("$project") ;;
  esac
done

for project in "${beside[@]}"; do run "$project"; done &
for project in "${alone[@]}"; do
  run "$project"
  report "$project"
done

wait
for project in "${beside[@]}"; do report "$project"; done

# Once more at the end what failed and why: the whole output is long, and who reads it may have only its last part.
for name in ${failures[@]+"${failures[@]}"}; do
  echo "failed in $name:"
  awk '/^(skipped|passed) / || /^\// || /^  Standard output:/ || /^Test run summary/ { shown = 0 } /^failed / { shown = 1 } shown' \
    "$work/$name.log" | sed 's/^/  | /'
done

finish "$passed" "$failed" "$skipped"
