# What the package feeds of this machine have, for run.sh and test.sh, which set root.
# Written for bash 3.2, which is what macOS has.

# What NuGet says is read below.
export DOTNET_CLI_UI_LANGUAGE=en

# Restores a project or a solution; $said is what NuGet said. To NuGet a solution is restored where it has skipped
# a project because its SDK is missing, with a warning (NU1503); not here.
restore() {
  said=$(dotnet restore "$root/$1" -v quiet -warnaserror:NU1503 2>&1)
}

# "a", "a and b", "a, b and c", of the lines "a", "b", "c".
listed() {
  sort -u | paste -s -d , - | sed 's/,/, /g; s/\(.*\), /\1 and /'
}

# Why packages could not be restored, from what NuGet said; fails if it was for any other reason.
why_not() {
  local codes feeds names
  codes=$(printf '%s\n' "$1" | sed -n 's/.*: error \([A-Z][A-Z]*[0-9][0-9]*\):.*/\1/p' | sort -u)
  if [ -z "$codes" ] || printf '%s\n' "$codes" | grep -qvE '^(NU110[0-3]|NU1301|NU1603|MSB4236)$'; then
    return 1
  fi
  feeds=$(printf '%s\n' "$1" | sed -nE \
    -e "s|.* service index for source '?(https?://[^/ ']*).*|\1|p" \
    -e "s|.* remote source '(https?://[^/']*).*|\1|p" \
    -e "s|.* local source '(.*)' doesn't exist.*|\1|p" | listed)
  if [ -n "$feeds" ]; then
    echo "no answer from $feeds"
  elif printf '%s\n' "$codes" | grep -q NU1301; then
    echo "no feed answers"
  else
    names=$(printf '%s\n' "$1" | sed -nE \
      -e "s|.*: error NU110[0-3]: .* package ([A-Za-z0-9._-]*[A-Za-z0-9]) with version \([^0-9]*([^ ,)]*).*|\1 \2|p;t" \
      -e "s|.*: error NU110[0-3]: .* package ([A-Za-z0-9._-]*[A-Za-z0-9]).*|\1|p;t" \
      -e "s|.*: error NU1100: Unable to resolve '([^ ']*) \([^0-9]*([^ ,)]*).*|\1 \2|p;t" \
      -e "s|.*: error NU1603: .* but ([^ ]*) ([^ ]*) was not found.*|\1 \2|p;t" \
      -e "s|.*: error MSB4236: The SDK '([^'/]*)/?([^']*)'.*|\1 \2|p" | listed)
    echo "the feed lacks $names"
  fi
}

# The configuration that NuGet reads here: from AppHost upwards, and the user's and the machine's.
nuget_configuration() {
  local folder="$root/AppHost" file
  while :; do
    for file in "${folder%/}"/[Nn]u[Gg]et.[Cc]onfig; do
      [ ! -f "$file" ] || echo "$file"
    done
    [ "$folder" != / ] || break
    folder=$(dirname "$folder")
  done
  find "${HOME:-}/.nuget/NuGet" "${HOME:-}/.nuget/config" "${HOME:-}/.config/NuGet" /etc/opt/NuGet \
    "/Library/Application Support/NuGet" "${NUGET_COMMON_APPLICATION_DATA:-/etc/opt}/NuGet" \
    -type f -iname '*.config' 2>/dev/null | sort || true
}

# A number that stays the same as long as NuGet is told the same, and as feeds that are folders have the same packages.
feed_settings() {
  {
    env | grep -iE '^(nuget|restore)' | sort || true
    nuget_configuration | while IFS= read -r file; do
      echo "$file"
      cat "$file"
      { grep -oE ' value="[^"]*"' "$file" || true; } | cut -d '"' -f 2 | while IFS= read -r folder; do
        case $folder in
          /*) ;;
          *) folder=$(dirname "$file")/$folder ;;
        esac
        [ ! -d "$folder" ] || find "$folder" -maxdepth 2
      done
    done
  } | cksum
}
