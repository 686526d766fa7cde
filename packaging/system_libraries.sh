#!/usr/bin/env bash
# Installs what Qt needs from the system and pip cannot bring; where it may not, says what is missing.
#
# Usage: system_libraries.sh [PYTHON]     PYTHON: the interpreter that is to make the virtual environment
#
# Each line below names a shared library and the Debian package that holds it. The list is what ldd finds
# missing, on Debian 12 without a desktop, behind QtWidgets, QtSvg, QtDBus, QtNetwork, QtPrintSupport and the
# platform plugins xcb, wayland and offscreen of PySide6 6.11.
set -euo pipefail
source "$(dirname "$0")/apt.sh"

libraries="
libEGL.so.1             libegl1
libGL.so.1              libgl1
libX11.so.6             libx11-6
libX11-xcb.so.1         libx11-xcb1
libbrotlidec.so.1       libbrotli1
libcups.so.2            libcups2
libdbus-1.so.3          libdbus-1-3
libfontconfig.so.1      libfontconfig1
libfreetype.so.6        libfreetype6
libglib-2.0.so.0        libglib2.0-0
libgssapi_krb5.so.2     libgssapi-krb5-2
libwayland-client.so.0  libwayland-client0
libwayland-cursor.so.0  libwayland-cursor0
libxcb.so.1             libxcb1
libxcb-cursor.so.0      libxcb-cursor0
libxcb-icccm.so.4       libxcb-icccm4
libxcb-image.so.0       libxcb-image0
libxcb-keysyms.so.1     libxcb-keysyms1
libxcb-randr.so.0       libxcb-randr0
libxcb-render.so.0      libxcb-render0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0       libxcb-shape0
libxcb-shm.so.0         libxcb-shm0
libxcb-sync.so.1        libxcb-sync1
libxcb-util.so.1        libxcb-util1
libxcb-xfixes.so.0      libxcb-xfixes0
libxcb-xkb.so.1         libxcb-xkb1
libxkbcommon.so.0       libxkbcommon0
libxkbcommon-x11.so.0   libxkbcommon-x11-0
"

# missing PYTHON: prints the packages that are not there, one a line.
missing() {
    local known library package
    known=$(ldconfig -p)
    while read -r library package; do
        [[ -z $library || $known == *"$library "* ]] || echo "$package"
    done <<<"$libraries"
    [[ -n $(find -L /usr/share/fonts /usr/local/share/fonts "${HOME:-/root}/.local/share/fonts" \
        -name '*.[ot]tf' -print -quit 2>/dev/null) ]] || echo fonts-dejavu-core
    command -v Xvfb >/dev/null || echo xvfb # a screen for the tests that no one sees
    command -v dbus-daemon >/dev/null || echo dbus-daemon # a bus for the tests alone
    "$1" -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
}

main() {
    local packages
    PATH=$PATH:/usr/sbin:/sbin # where Debian keeps ldconfig from ordinary users
    [[ $(uname -s) == Linux ]] && command -v ldconfig >/dev/null || return 0
    mapfile -t packages < <(missing "${1:-python3}")
    [[ ${#packages[@]} != 0 ]] || return 0
    if command -v apt-get >/dev/null && as_root true 2>/dev/null; then
        echo "Installing from the system's packages what Qt and the tests need: ${packages[*]}"
        if apt_install "${packages[@]}"; then return 0; fi
    fi
    echo "Please install these system packages (Debian's names), which Qt and the tests need: ${packages[*]}" >&2
}

main "$@"
