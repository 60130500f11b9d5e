"""What holds for every test: no display is needed, and a slow machine alone fails nothing."""

import os

from hypothesis import settings

from tests.helpers.services import account, parts, server

__all__ = ["account", "parts", "server"]  # fixtures for all folders

# Before anything imports Qt; a display that somebody asks for by name is still used.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("midsdesk", deadline=None)
settings.load_profile("midsdesk")
