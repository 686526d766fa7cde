# Two functions for the scripts beside this one: installing system packages where that is allowed.

# as_root COMMAND...: runs it with root's rights, or fails without asking for a password.
as_root() {
    if [[ $(id -u) == 0 ]]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

# apt_install PACKAGE...: quiet if all goes well; reads the package lists anew only when the old ones fail.
apt_install() {
    local log status=0
    local install=(env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends
        -o DPkg::Lock::Timeout=300 "$@")
    log=$(mktemp)
    as_root "${install[@]}" >"$log" 2>&1 </dev/null ||
        { as_root apt-get update -q && as_root "${install[@]}"; } >"$log" 2>&1 </dev/null || status=$?
    [[ $status == 0 ]] || tail -n 20 "$log" >&2
    rm -f "$log"
    return "$status"
}
