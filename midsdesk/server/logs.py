"""Logs of the server: one JSON object a line on standard error, with the request's number.

No token, password, code or content is ever logged: routes are logged as templates.
"""

import json
import logging
import sys
import time
from typing import Final

_FIELDS: Final = ("request_id", "method", "route", "status", "ms", "speed", "sqlstate")


class JsonLines(logging.Formatter):
    """Formats a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line = {
            "time": f"{stamp}.{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        line.update({name: value for name in _FIELDS if (value := getattr(record, name, None))})
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=True, default=repr)


def start_logs(level: str) -> None:
    """Send everything to standard error in this form."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("midsdesk").setLevel(level)
