#!/usr/bin/env bash
# Tries the Debian package on a clean Debian 12, made for it in a folder: installs it with apt, runs the smoke
# test there as a user, opens a portfolio by its type, purges the package and looks at what is left.
#
# Usage (as root): check_deb.sh PACKAGE.deb [PYTHON]     PYTHON: the interpreter of the smoke test
#
# The new system's packages come from where this machine's own come from. Its windows open on a screen of this
# machine; it holds nothing but the smallest Debian, the package and what apt brings with it, and for the last
# step what every desktop has: the tool that lists who opens what, and one that opens files (gio).
set -euo pipefail

deb=$(readlink -f "$1")
python=${2:-python3}
here=$(dirname "$(readlink -f "$0")")
work=$(mktemp -d -t stakeout-debian.XXXXXX)
root=$work/root
mine=home/tester/.local/share/stakeout/portfolio.stakeout

say() { echo "check_deb: $*"; }
fail() {
    echo "check_deb: $*" >&2
    exit 1
}

# those_inside: the processes whose root is the new system.
those_inside() {
    local process
    for process in /proc/[0-9]*; do
        [[ $(readlink "$process/root") != "$root" ]] || echo "${process#/proc/}"
    done
}

clean_up() {
    local left
    mapfile -t left < <(those_inside)
    [[ ${#left[@]} == 0 ]] || kill "${left[@]}" || true
    umount -q "$root/dev" || true
    rm -rf --one-file-system "$work"
}
trap clean_up EXIT

# inside [USER:GROUP] COMMAND...: runs a command in the new system, as root unless told otherwise.
inside() {
    local user=0:0
    if [[ $1 =~ ^[0-9]+:[0-9]+$ ]]; then
        user=$1
        shift
    fi
    chroot --userspec="$user" "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
        HOME="$([[ $user == 0:0 ]] && echo /root || echo /home/tester)" DEBIAN_FRONTEND=noninteractive "$@"
}

apt_inside() {
    inside apt-get -y -q -o DPkg::Use-Pty=0 --no-install-recommends "$@" >"$work/apt.log" 2>&1 || {
        tail -n 30 "$work/apt.log" >&2
        fail "apt-get $* failed"
    }
}

# traces: every file of the new system that is named after the program, but for people's own and apt's notes.
traces() {
    (cd "$root" && find . -xdev -iname '*stakeout*' ! -path './home/*' ! -path './tmp/*' ! -path './var/lib/apt/*' | sort)
}

make_system() {
    say "making a clean Debian 12"
    local sources=/etc/apt/sources.list.d/debian.sources
    [[ -f $sources ]] || sources=/etc/apt/sources.list
    mmdebstrap --quiet --mode=root --variant=minbase bookworm "$work/root.tar" "$sources" 2>"$work/make.log" || {
        tail -n 20 "$work/make.log" >&2
        fail "mmdebstrap failed"
    }
    mkdir "$root"
    tar -C "$root" -xf "$work/root.tar"
    rm "$work/root.tar"
    mount --bind /dev "$root/dev"
    cp /etc/resolv.conf /etc/hosts "$root/etc/"
    apt-config dump | grep '^Acquire::' >"$root/etc/apt/apt.conf.d/90machine" || true
    inside useradd --create-home --uid 1000 tester
    apt_inside update
}

install_package() {
    say "installing $(basename "$deb") with apt"
    cp "$deb" "$root/tmp/stakeout.deb"
    apt_inside install /tmp/stakeout.deb
    say "apt brought $(inside dpkg-query -W -f '.\n' | wc -l) packages in all; stakeout is $(inside dpkg-query -W -f '${Status}' stakeout)"
    say "$(inside stakeout --version | head -1)"
    [[ -f $root/usr/share/man/man1/stakeout.1.gz ]] || fail "there is no manual page"
}

use_it() {
    "$python" "$here/smoke.py" --root "$root" --user 1000:1000 stakeout
    apt_inside install desktop-file-utils libglib2.0-bin
    cp "$here/../tests/data/wealthfolio_holdings.csv" "$root/tmp/holdings.csv"
    inside 1000:1000 stakeout import /tmp/holdings.csv >/dev/null
    sum=$(sha256sum "$root/$mine")
    kind_of /home/tester/.local/share/stakeout/portfolio.stakeout
    install -m 644 "$root/$mine" "$root/tmp/nameless"
    kind_of /tmp/nameless
    local opener
    opener=$(inside 1000:1000 gio mime application/x-stakeout | head -n 1)
    [[ $opener == *stakeout.desktop ]] || fail "application/x-stakeout is opened by: $opener"
    "$python" "$here/smoke.py" --root "$root" --user 1000:1000 --opener "gio open" stakeout
    say "opened by its type with gio"
}

# kind_of FILE: fails unless the desktop takes the file for a portfolio.
kind_of() {
    local told
    told=$(inside 1000:1000 gio info -a standard::content-type "$1" | sed -n 's/.*content-type: //p')
    [[ $told == application/x-stakeout ]] || fail "$1 is taken for “$told”"
    say "$1 is taken for $told"
}

purge_it() {
    apt_inside purge stakeout
    local left
    left=$(traces)
    [[ -z $left ]] || fail "purge left: $left"
    [[ $(sha256sum "$root/$mine") == "$sum" ]] || fail "the user's portfolio is not what it was"
    say "purged: no file of the program is left, the user's portfolio is untouched"
}

[[ $(id -u) == 0 ]] || fail "must be run by root: it makes a system in a folder and enters it"
make_system
install_package
use_it
purge_it
