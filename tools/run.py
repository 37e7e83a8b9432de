"""`make run`: database, demo, jobs and the production server, stopped together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from types import FrameType
from urllib.parse import urlsplit

from tools.environment import PYTHON, variables
from tools.processes import start, stop
from tools.stamps import ROOT, alone

PATIENCE = 30.0
SECOND_TRY = 5.0


def main() -> int:
    """Serve until told to stop; return the server's exit status."""
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, _leave)
    env = {**variables(), "PYTHONUNBUFFERED": "1"}
    env.setdefault("HOST", "127.0.0.1")
    env.setdefault("PORT", "8000")
    env.setdefault("SMARTBY_DRAIN", "0")  # there is no other process that pages could move to
    if not env["PORT"].isdecimal():
        print(
            f"PORT is {env['PORT']}: it must be a number. Try: make run PORT=8080", file=sys.stderr
        )
        return 1
    if _taken(env):
        print(f"Port {env['PORT']} is in use. Try: make run PORT=8080", file=sys.stderr)
        return 1
    with alone():  # two first starts must not both plant the demo
        _flask(env, "init")
        greeting = _flask(env, "seed", "--if-empty") if _wants_demo(env) else ""
    return _serve(env, greeting)


def _serve(env: dict[str, str], greeting: str) -> int:
    server = start(_gunicorn(), env=env, cwd=ROOT)
    jobs = start(_jobs(), env=env, cwd=ROOT)
    try:
        if _answers(env, server):
            told = f"{_address(env)}{_unnamed(env)}"
            print(f"\nsmartby is at {told}\n{greeting}\nCtrl-C stops it.", flush=True)
        else:
            print("The server does not answer; what it says is above.", file=sys.stderr)
        while server.poll() is None:
            if jobs.poll() is not None:
                print("The job worker stopped; starting it again.", file=sys.stderr)
                time.sleep(SECOND_TRY)
                jobs = start(_jobs(), env=env, cwd=ROOT)
            time.sleep(0.5)
        return server.returncode
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        stop(server)
        stop(jobs)


def _gunicorn() -> list[str]:
    return [str(PYTHON), "-m", "gunicorn", "-c", "smartby/gunicorn_conf.py", "wsgi:app"]


def _jobs() -> list[str]:
    return [str(PYTHON), "-m", "smartby.jobs"]


def _flask(env: dict[str, str], *arguments: str) -> str:
    command = [str(PYTHON), "-m", "flask", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{done.stdout}`flask {' '.join(arguments)}` did not succeed.")
    return done.stdout


def _wants_demo(env: dict[str, str]) -> bool:
    # An installation with a public address is no demo: its people are real.
    return urlsplit(env.get("PUBLIC_URL", "")).scheme != "https"


def _taken(env: dict[str, str]) -> bool:
    try:
        with socket.create_connection((_reachable(env), int(env["PORT"])), timeout=1):
            return True
    except OSError:
        return False


def _answers(env: dict[str, str], server: subprocess.Popen[bytes]) -> bool:
    address = f"http://{_reachable(env)}:{env['PORT']}/healthz"
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 (our own)
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False


def _reachable(env: dict[str, str]) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(env["HOST"], env["HOST"])  # noqa: S104


def _address(env: dict[str, str]) -> str:
    return env.get("PUBLIC_URL") or f"http://{_reachable(env)}:{env['PORT']}"


def _unnamed(env: dict[str, str]) -> str:
    if env.get("PUBLIC_URL") or _reachable(env) == env["HOST"]:
        return ""
    return (
        "\nOthers reach it by any name of this machine, but links in mails and codes for phones"
        f" need one: PUBLIC_URL=http://NAME:{env['PORT']}"
    )


def _leave(number: int, frame: FrameType | None) -> None:
    os.write(1, b"\nStopping ...\n")
    raise SystemExit(0)


if __name__ == "__main__":
    sys.exit(main())
