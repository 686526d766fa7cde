"""Puts the resources into the installed package, where ``desktop_app.paths`` finds them."""

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class WithResources(build_py):
    """Builds the package with ``resources/`` inside; an editable install reads them where they stand."""

    def run(self) -> None:
        """Build the modules, then copy the resources beside them."""
        super().run()
        if not self.editable_mode:
            self.copy_tree("resources", str(Path(self.build_lib, "desktop_app", "resources")))


setup(cmdclass={"build_py": WithResources})
