"""Checks bills of materials against the schema of CycloneDX; needs the tools pinned in requirements.txt here.

python packaging/check_sbom.py FILE…
"""

import sys
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

for name in sys.argv[1:]:
    error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(Path(name).read_text("utf-8"))
    if error is not None:
        sys.exit(f"{name} is no CycloneDX 1.6: {error}")
