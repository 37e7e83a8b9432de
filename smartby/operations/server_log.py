"""gunicorn's own log as JSON, like everything that its workers say."""

from __future__ import annotations

from logging.config import dictConfig
from typing import Any

from gunicorn.glogging import Logger

from .logs import CONFIG


class JsonLogger(Logger):
    """gunicorn's logger with our handler and form.

    By gunicorn's own `logconfig_dict` it would also write an access log, which has addresses.
    """

    def setup(self, config: Any) -> None:
        """Set gunicorn's logs up, then ours in their place."""
        super().setup(config)
        dictConfig(CONFIG)
