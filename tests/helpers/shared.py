"""Where the real files are that no checkout holds."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("MIDSDESK_SHARED", Path(__file__).parents[2].parent / "shared"))
HOMECOMING = SHARED / "data" / "homecoming-2020"
SERVER_EXPORT = SHARED / "data" / "server-export-2025-12" / "homecoming-20251209_7415.zip"

_ABSENT = not HOMECOMING.is_dir()
_REQUIRED = os.environ.get("MIDSDESK_REQUIRE_SHARED") == "1"

# With MIDSDESK_REQUIRE_SHARED=1 nothing is skipped: the tests run and fail for want of files.
needs_shared = pytest.mark.skipif(
    _ABSENT and not _REQUIRED, reason=f"the real data files are not at {SHARED}"
)
