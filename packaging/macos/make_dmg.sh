#!/usr/bin/env bash
# Signs the bundle that portable.py has made on macOS and packs it as a disk image. Never run here.
#
# Usage: make_dmg.sh STAKEOUT.app OUTPUT.dmg [IDENTITY]     IDENTITY: of codesign; "-" signs for this machine only
set -euo pipefail

bundle=$1
image=$2
identity=${3:--}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

codesign --force --deep --timestamp --options runtime --entitlements "$here/entitlements.plist" \
    --sign "$identity" "$bundle"
codesign --verify --deep --strict "$bundle"
cp -R "$bundle" "$work/"
ln -s /Applications "$work/Applications"
hdiutil create -volname Stakeout -srcfolder "$work" -format ULFO -ov "$image"
