"""Builds all that people install, tries it out, and ends with a table of what there is and has passed.

python packaging/package.py [FOLDER]    (dist/ unless told otherwise)
"""

import os
import sys
import tempfile
import venv
from collections.abc import Sequence
from pathlib import Path

import deb
import portable
import python_package
import smoke
import stage
from stage import ROOT, VERSION, RecipeError, run

Row = tuple[Path, Sequence[str]]
"""A file that was built, and the checks that it passed."""


def python_files(target: Path) -> list[Row]:
    """Build the source archive and the wheel, install the wheel into an empty environment and use it."""
    say("the source archive and the wheel")
    sdist, wheel = python_package.build(target)
    python_package.check(sdist, wheel)
    with tempfile.TemporaryDirectory(prefix="stakeout-wheel-") as name:
        passed = try_out(python_package.environment(Path(name, "environment"), wheel))
    return [
        (sdist, ["same twice", "gives the wheel"]),
        (wheel, ["whole", "same twice", "pip check", *passed]),
    ]


def debian_package(target: Path) -> list[Row]:
    """Build the Debian package twice, let Debian's own tools judge it, and try it on a clean Debian."""
    say("the Debian package")
    wheel = target / python_package.WHEEL
    made = deb.build(wheel, target)
    passed = ["same twice", "lintian", "appstreamcli", "desktop-file-validate", "CycloneDX"]
    with tempfile.TemporaryDirectory(prefix="stakeout-again-") as name:
        again = deb.build(wheel, Path(name))
        if stage.sha256(made) != stage.sha256(again):
            raise RecipeError(f"Two builds of {made.name} differ.")
        tree = Path(name, "tree")
        run(["dpkg-deb", "--extract", again, tree])
        share = tree / "usr" / "share"
        run(["lintian", "--fail-on", "error", "--tag-display-limit", "5", again])
        run(["appstreamcli", "validate", "--no-net", *(share / "metainfo").iterdir()])
        run(["desktop-file-validate", share / "applications" / "stakeout.desktop"])
        run(
            [
                tools(Path(name, "tools")),
                "packaging/check_sbom.py",
                share / "doc" / "stakeout" / "stakeout.cdx.json",
            ]
        )
    if os.getuid() == 0:
        say("the Debian package on a clean Debian 12")
        print(run(["packaging/check_deb.sh", made, sys.executable]), end="", flush=True)
        passed += ["apt install", "smoke test there", "opens by type", "purge"]
    else:
        passed += ["not installed: only root may"]
    return [(made, passed)]


def tools(folder: Path) -> Path:
    """Make an environment with the tools pinned beside this file; return its Python."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    run([python, "-m", "pip", "install", "--quiet", "--require-hashes", "--requirement", portable.TOOLS])
    return python


def portable_folder(target: Path) -> list[Row]:
    """Build the folder that runs without installing, unpack its archive elsewhere, and use it there."""
    say("the portable folder")
    folder = portable.build(target / python_package.WHEEL, target)
    archive = target / f"{folder.name}.tar.xz"
    size = f"{portable.size(folder) / 1e6:.0f} MB unpacked"
    with tempfile.TemporaryDirectory(prefix="stakeout-unpacked-") as name:
        run(["tar", "-C", name, "-xf", archive])
        passed = try_out(Path(name, folder.name, "stakeout"))
    return [(archive, [size, *passed])]


def try_out(program: Path) -> list[str]:
    """Do the smoke test."""
    with tempfile.TemporaryDirectory(prefix="stakeout-smoke-") as name:
        return smoke.try_out(smoke.Artefact([str(program)], Path(name)))


def say(what: str) -> None:
    """Tell what is under way: some of it takes minutes."""
    print(f"Stakeout {VERSION}: {what} …", flush=True)


def table(rows: Sequence[Row]) -> str:
    """Return the table: file, size, SHA-256, checks."""
    lines = [("artefact", "MB", "sha256", "passed")]
    lines += [
        (file.name, f"{file.stat().st_size / 1e6:.1f}", stage.sha256(file), ", ".join(passed))
        for file, passed in rows
    ]
    widths = [max(len(line[column]) for line in lines) for column in range(3)]
    return "\n".join(
        f"{name:<{widths[0]}}  {size:>{widths[1]}}  {digest:<{widths[2]}}  {passed}"
        for name, size, digest, passed in lines
    )


def main() -> None:
    """Take everything through."""
    os.chdir(ROOT)
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "dist").resolve()
    rows = [*python_files(target), *debian_package(target), *portable_folder(target)]
    print(table(rows))


if __name__ == "__main__":
    try:
        main()
    except RecipeError as error:
        sys.exit(f"packaging: {error}")
