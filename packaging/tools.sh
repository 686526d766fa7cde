#!/usr/bin/env bash
# Installs the system tools with which "make package" builds and tries what people install, and says which.
#
# Each line names a tool and the Debian package that holds it.
set -euo pipefail
source "$(dirname "$0")/apt.sh"

tools="
Xvfb                  xvfb
appstreamcli          appstream
desktop-file-validate desktop-file-utils
dpkg-shlibdeps        dpkg-dev
lintian               lintian
mmdebstrap            mmdebstrap
readelf               binutils
"

main() {
    local tool package packages=()
    while read -r tool package; do
        [[ -z $tool ]] || command -v "$tool" >/dev/null || packages+=("$package")
    done <<<"$tools"
    [[ ${#packages[@]} != 0 ]] || return 0
    echo "Installing from the system's packages what building and trying the packages needs: ${packages[*]}"
    apt_install "${packages[@]}"
}

main "$@"
