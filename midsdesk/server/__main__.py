"""`python -m midsdesk.server`."""

import sys

from midsdesk.server.main import main

sys.exit(main())
