"""How gunicorn serves smartby: gevent workers with guarded web sockets."""

from gevent import monkey

# First of all: gunicorn imports our worker class before it patches by itself.
monkey.patch_all()

import gc  # noqa: E402
import os  # noqa: E402
import shutil  # noqa: E402
import tempfile  # noqa: E402
from typing import Any  # noqa: E402

from environs import env  # noqa: E402

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
if env.bool("SMARTBY_LOG_JSON", False):
    logger_class = "smartby.operations.server_log.JsonLogger"
if workers > 1:
    # Each worker counts into files of its own, and whichever is asked adds them all up.
    counted = tempfile.mkdtemp(prefix="smartby-figures-")
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = counted


def post_worker_init(worker: Any) -> None:
    """Take what was loaded at start out of the collector's sight."""
    gc.collect()
    gc.freeze()
    # Larger first steps save no time, and let some twenty megabytes of rubbish lie.
    gc.set_threshold(10_000, 20, 50)


def child_exit(_server: Any, worker: Any) -> None:
    """Let what an ended worker had open no longer count."""
    if workers > 1:
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(_server: Any) -> None:
    """Take the figures' files away."""
    if workers > 1:
        shutil.rmtree(counted, ignore_errors=True)
