"""How gunicorn serves smartby: gevent workers with guarded web sockets."""

from gevent import monkey

# First of all: gunicorn imports our worker class before it patches by itself.
monkey.patch_all()

import gc  # noqa: E402
import os  # noqa: E402
from typing import Any  # noqa: E402

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("SMARTBY_WORKERS", "1"))
worker_class = "smartby.core.server.Worker"
worker_connections = 20_000
graceful_timeout = 15
timeout = 60
keepalive = 30
accesslog = "-" if os.environ.get("SMARTBY_ACCESS_LOG") else None
control_socket_disable = True
limit_request_line = 8190


def post_worker_init(worker: Any) -> None:
    """Take what was loaded at start out of the collector's sight."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
