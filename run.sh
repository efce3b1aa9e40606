#!/usr/bin/env bash
# Starts the network of a peers.json. Written for bash 3.2, which is what macOS has.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
state="$root/.run"
. "$root/feed.sh"

usage() {
  cat <<'TEXT'
./run.sh [peers.json] [--for 60s] [--data DIR] [--fresh] [--scrape DIR] [--open] [--form aspire|local]
         [options of the local form]

  peers.json          the network; default: the eleven peers of this repository
  --for 60s           stop after this time
  --data DIR          each peer keeps its blocks and bans there; the next time the network goes on
  --fresh             begin anew: delete first what the peers have kept
  --scrape DIR        write the Prometheus configuration of the running network there
  --open              let everybody on this machine act in the Observatory, without the token in its address
  --form aspire       run it in Aspire, with its dashboard
  --form local        run it without Aspire; its further options:
    --addresses single    all peers on 127.0.0.1, for machines that lack 127.x.y.z
    --keep-logs DIR       keep the output of each node
    --observatory-port N  port of the Observatory; --no-observatory: start none
    --dashboard           start the Aspire dashboard too, if an aspire command or npx is there;
                          --dashboard-port N
TEXT
}

refuse() {
  echo "run.sh: $1" >&2
  exit 2
}

check_time() {
  if ! [[ $1 =~ ^[0-9]+(\.[0-9]+)?(ms|s|min|m|h)?$ && $1 =~ [1-9] ]]; then
    refuse "--for must be a time such as 60s or 5min, not $1"
  fi
}

# Whether anything that the program is made of is newer than its last build. A folder changes when a file is deleted.
is_stale() {
  local stamp=$1
  shift
  [ -f "$stamp" ] || return 0
  local sources=("$root/global.json" "$root/Directory.Build.props" "$root/Directory.Packages.props") folder
  for folder in "$@"; do
    sources+=("$root/$folder")
  done
  [ -n "$(find "${sources[@]}" \( -name bin -o -name obj \) -prune -o -newer "$stamp" -print | head -n 1)" ]
}

# Shows what a command says only where it fails.
quietly() {
  local said
  if ! said=$("$@" 2>&1); then
    printf '%s\n' "$said" >&2
    return 1
  fi
}

build() {
  echo "building $1 ..."
  quietly dotnet build "$root/$1" -c Release --nologo -v quiet || exit 1
}

packages_are_there() {
  local restored="$root/AppHost/obj/project.nuget.cache" file
  grep -q '"success": true' "$restored" || return 1
  while IFS= read -r file; do
    [ -f "$file" ] || return 1
  done < <(sed -n 's/^ *"\(.*\.nupkg\.sha512\)",*$/\1/p' "$restored")
}

# Whether AppHost can be restored; if not, $reason is why. Asking takes seconds, so the answer is remembered as long as
# nobody has changed or restored anything in between: a refusal for an hour, or a minute where no feed answered, and not
# at all for who asks "again".
can_restore_apphost() {
  local memory="$state/apphost-restored" minutes=60
  if ! is_stale "$memory" AppHost && ! [ "$root/AppHost/obj/project.nuget.cache" -nt "$memory" ] &&
    [ "$(head -n 1 "$memory")" = "$(feed_settings)" ]; then
    reason=$(tail -n +2 "$memory")
    if [ -z "$reason" ]; then
      ! packages_are_there || return 0
    elif [ "$1" != again ]; then
      [[ $reason == "the feed lacks"* ]] || minutes=1
      [ -z "$(find "$memory" -mmin -$minutes)" ] || return 1
    fi
  fi
  mkdir -p "$state" "$root/AppHost/bin" "$root/AppHost/obj"
  reason=""
  if ! restore AppHost && ! reason=$(why_not "$said"); then
    printf '%s\n' "$said" >&2
    exit 1
  fi
  { feed_settings; [ -z "$reason" ] || echo "$reason"; } >"$memory"
  [ -z "$reason" ]
}

file="" form="" scrape="" data="" common=()
rest=()
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage; exit 0 ;;
    --form | --for | --data | --scrape | --addresses | --keep-logs | --observatory-port | --dashboard-port)
      [ $# -ge 2 ] || refuse "$1 needs a value"
      case $1 in
        --form) form=$2 ;;
        --for) check_time "$2"; common+=(--for "$2") ;;
        --data) data=$2 ;;
        --scrape) scrape=$2 ;;
        *) rest+=("$1" "$2") ;;
      esac
      shift 2
      ;;
    --form=*) form=${1#*=}; shift ;;
    --for=*) check_time "${1#*=}"; common+=(--for "${1#*=}"); shift ;;
    --data=*) data=${1#*=}; shift ;;
    --fresh) common+=(--fresh); shift ;;
    --scrape=*) scrape=${1#*=}; shift ;;
    --open) common+=(--open); shift ;;
    --no-observatory | --dashboard | --addresses=* | --keep-logs=* | --observatory-port=* | --dashboard-port=*)
      rest+=("$1")
      shift
      ;;
    -*) refuse "$1 is not an option; ./run.sh --help lists them all" ;;
    *)
      [ -z "$file" ] || refuse "give one file, not two: $file and $1"
      file=$1
      shift
      ;;
  esac
done

case $form in
  "" | aspire | local) ;;
  *) refuse "--form is aspire or local, not $form" ;;
esac
file=${file:-$root/peers.json}
[ -f "$file" ] || refuse "$file does not exist"
file=$(cd "$(dirname "$file")" && pwd)/$(basename "$file")

if [ -n "$scrape" ]; then
  case $scrape in
    /*) ;;
    *) scrape=$PWD/$scrape ;;
  esac
  common+=(--scrape "$scrape")
fi

if [ -n "$data" ]; then
  case $data in
    /*) ;;
    *) data=$PWD/$data ;;
  esac
  common+=(--data "$data")
fi

command -v dotnet >/dev/null 2>&1 || refuse "the .NET 10 SDK is missing; see https://dotnet.microsoft.com/download"
(cd "$root" && dotnet --version >/dev/null 2>&1) ||
  refuse "this needs the .NET 10 SDK (global.json); see https://dotnet.microsoft.com/download"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

if [ -z "$form" ]; then
  if [ ! -d "$root/AppHost" ]; then
    form=local
    echo "starting without Aspire: there is no AppHost here"
  elif ! can_restore_apphost ""; then
    form=local
    echo "starting without Aspire: $reason"
  else
    form=aspire
    echo "starting in Aspire; --form local starts the same network without it"
  fi
elif [ "$form" = aspire ]; then
  [ -d "$root/AppHost" ] || refuse "--form aspire: there is no AppHost here"
  can_restore_apphost again || refuse "--form aspire: $reason"
fi

if [ "$form" = aspire ]; then
  [ ${#rest[@]} -eq 0 ] || refuse "${rest[0]} belongs to --form local"
  build AppHost
  exec dotnet run --project "$root/AppHost" -c Release --no-build -v quiet -- "$file" ${common[@]+"${common[@]}"}
fi

build Lab
exec dotnet "$root/Lab/bin/Release/net10.0/Blockchain.Lab.dll" up "$file" \
  ${common[@]+"${common[@]}"} ${rest[@]+"${rest[@]}"}
