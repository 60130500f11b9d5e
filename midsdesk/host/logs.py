"""Logs: structlog over `logging`, one JSON object a line, and the last lines for the bundle."""

import logging
import logging.handlers
from collections import deque
from pathlib import Path

import structlog

_KEPT_LINES = 400
_FILE_BYTES, _FILES = 1_000_000, 3


class RingHandler(logging.Handler):
    """Keeps the last lines in memory, for the support bundle."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: deque[str] = deque(maxlen=_KEPT_LINES)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line."""
        self.lines.append(self.format(record))


def start_logs(folder: Path | None, level: int = logging.INFO) -> RingHandler:
    """Send all logs to a file in `folder` and to a ring buffer.

    A folder that cannot be written costs the file, never the start of the program.
    """
    formatter = structlog.stdlib.ProcessorFormatter(
        processor=structlog.processors.JSONRenderer(),
        foreign_pre_chain=[structlog.stdlib.add_log_level],
    )
    ring = RingHandler()
    handlers: list[logging.Handler] = [ring]
    if folder is not None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handlers.append(
                logging.handlers.RotatingFileHandler(
                    folder / "midsdesk.log",
                    maxBytes=_FILE_BYTES,
                    backupCount=_FILES,
                    encoding="utf-8",
                )
            )
        except OSError:
            ring.lines.append("the log file could not be opened")
    root = logging.getLogger("midsdesk")
    root.setLevel(level)
    for handler in handlers:
        handler.setFormatter(formatter)
        root.addHandler(handler)
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return ring
