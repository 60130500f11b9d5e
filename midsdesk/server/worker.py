"""What each worker process makes: the application, with its settings from the environment."""

from fastapi import FastAPI

from midsdesk.server.app import create_app
from midsdesk.server.logs import start_logs
from midsdesk.server.settings import settings


def make() -> FastAPI:
    """The application of this process."""
    start_logs(settings().log_level)
    return create_app(settings())
