"""Logs as one JSON object a line: when, where from, what; never an answer, an address or a query."""

import json
import logging
from datetime import UTC, datetime


class JsonLines(logging.Formatter):
    """Formats a record without its arguments' context: no request, no user, no network address."""

    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON; an exception keeps its traceback, which holds code but no values of variables."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "what": record.getMessage(),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
