#!/usr/bin/env bash
# Makes an AppImage of the portable folder with appimagetool, which no Debian package brings. Never run here.
#
# Usage: make.sh PORTABLE_FOLDER OUTPUT.AppImage
set -euo pipefail

folder=$1
image=$2
packaging=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
app=$work/Stakeout.AppDir

mkdir -p "$app/usr/share/applications" "$app/usr/share/metainfo" "$app/usr/share/icons/hicolor/scalable/apps"
cp -a "$folder" "$app/usr/stakeout"
ln -s usr/stakeout/stakeout "$app/AppRun"
cp "$packaging/linux/stakeout.desktop" "$app/usr/share/applications/"
python3 "$packaging/metainfo.py" >"$app/usr/share/metainfo/io.stakeout.Stakeout.metainfo.xml"
cp "$packaging/../resources/icons/stakeout.svg" "$app/usr/share/icons/hicolor/scalable/apps/"
ln -s usr/share/applications/stakeout.desktop usr/share/icons/hicolor/scalable/apps/stakeout.svg "$app/"
appimagetool "$app" "$image"
