# Installs Debian packages by group. Sourced by ./dev.
# shellcheck shell=bash

package_list=packaging/debian-packages.txt

# Prints the packages of the groups given that are not installed.
missing_packages() {
    local wanted installed
    wanted=$(awk -v groups=" $* " '!/^#/ && NF == 2 && index(groups, " " $1 " ") { print $2 }' "$package_list")
    # shellcheck disable=SC2086 # one word a package
    installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' $wanted 2>/dev/null \
        | awk '$2 == "installed" { print $1 }') || true
    comm -23 <(sort -u <<<"$wanted") <(sort -u <<<"$installed")
}

# Installs what is missing; asks nothing of apt when nothing is.
install_packages() {
    if ! command -v dpkg-query >/dev/null; then
        say "This is not Debian, so nothing is installed here; $package_list lists what must be present."
        return 0
    fi
    local missing
    mapfile -t missing < <(missing_packages "$@")
    [ "${#missing[@]}" -gt 0 ] || return 0

    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || die "These Debian packages are missing: ${missing[*]}
Install them as root, or install sudo, then run this again."
        as_root=(sudo)
    fi
    say "Installing ${#missing[@]} Debian packages: ${missing[*]}"
    local log=build/apt.log
    mkdir -p build
    if ! apt_install "$log" "${missing[@]}"; then
        # An empty or old package list is the usual cause: fetch it once, then try again.
        "${as_root[@]}" apt-get update -q >>"$log" 2>&1 || true
        apt_install "$log" "${missing[@]}" || {
            tail -n 15 "$log" >&2
            die "The packages could not be installed. The whole log is in $log."
        }
    fi
}

apt_install() {
    local log=$1
    shift
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -q -y --no-install-recommends -o Dpkg::Use-Pty=0 "$@" >>"$log" 2>&1
}
