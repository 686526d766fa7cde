"""Start Stakeout from a bundle."""

import sys

from desktop_app.__main__ import main

sys.exit(main())
