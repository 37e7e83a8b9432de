"""`python -m bench.steps CODE PEOPLE`, inside an installation: what a step costs, and whom.

Prints JSON: for each step milliseconds of CPU, of waiting for the commit, and each layer's share.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections import Counter
from cProfile import Profile
from pstats import Stats
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from smartby import create_app

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
KEY = re.compile(r'name="key"[^>]*value="([^"]+)"')
ACTIVITY = re.compile(r'name="activity" value="(\d+)"')
COMMIT = "method 'commit' of"
LAYERS = {
    "sqlalchemy": "SQLAlchemy", "psycopg": "driver", "sqlite3": "driver", "jinja2": "templates",
    "templates/": "templates", "markupsafe": "templates", "smartby/": "smartby",
    "bench/": "", "werkzeug/test": "", "http/cookiejar": "", "urllib/": "",
}  # fmt: skip


class Steps:
    """People who go through the door and vote, step by step and all of them at each."""

    def __init__(self, app: Flask, code: str, people: int) -> None:
        self.app, self.door = app, f"/j/{code}"
        self.clients = [app.test_client() for _ in range(people)]
        self.pages = [""] * people

    def all(self) -> dict[str, Any]:
        """Take every step; return what each cost."""
        found = {"door": self.step(lambda client, _n: client.get(self.door))}
        found["join"] = self.step(self.joins)
        found["room"] = self.step(lambda client, _n: client.get(self.room))
        found["ballot"] = self.step(self.votes)
        return found

    def joins(self, client: FlaskClient, number: int) -> Any:
        """Come in."""
        answer = self.sends(client, number, self.door, key=KEY.findall(self.pages[number])[0])
        self.room = answer.location
        return answer

    def votes(self, client: FlaskClient, number: int) -> Any:
        """Give one dot, as the page's script does."""
        sent = {"mark": f"option:{number % 6 + 1}=1", "key": f"{number:032d}"}
        on = ACTIVITY.findall(self.pages[number])[0]
        return self.sends(client, number, self.room, activity=on, **sent)

    def sends(self, client: FlaskClient, number: int, path: str, **form: str) -> Any:
        """Send a form with its token."""
        token = TOKEN.findall(self.pages[number])[0]
        headers = {"Origin": self.app.config["ORIGINS"][0], "Accept": "application/json"}
        return client.post(path, data={"csrf_token": token, **form}, headers=headers)

    def step(self, take: Any) -> dict[str, Any]:
        """Let everybody take a step."""
        profile, cpu = Profile(), time.process_time()
        profiled = len(self.clients) // 2
        for number, client in enumerate(self.clients):
            if number == profiled:  # the second half tells where it goes, which costs more
                cpu = time.process_time() - cpu
                profile.enable()
            answer = take(client, number)
            if answer.status_code >= 400:
                raise RuntimeError(answer.get_data(as_text=True))
            if page := answer.get_data(as_text=True):
                self.pages[number] = page
        profile.disable()
        many = len(self.clients) - profiled
        return {"cpu_ms": round(1000 * cpu / profiled, 2), **shares(Stats(profile), many)}


def shares(stats: Stats, many: int) -> dict[str, Any]:
    """Return how long a commit was waited for, and how much of the rest each layer took."""
    layers: Counter[str] = Counter()
    waited = 0.0
    found: Any = stats.stats  # type: ignore[attr-defined]
    for (file, _line, name), (_calls, _all, own, _with, callers) in found.items():
        if COMMIT in name:
            waited += own
        elif file != "~":
            layers[layer_of(file)] += own
        else:  # what is built in belongs to whoever calls it
            for (caller, _at, _by), (_n, _m, its, _w) in callers.items():
                layers["driver" if "sqlite3" in name else layer_of(caller)] += its
    layers.pop("", None)
    whole = layers.total() or 1.0
    said = {name: round(100 * took / whole) for name, took in layers.most_common()}
    return {"commit_wait_ms": round(1000 * waited / many, 2), "percent": said}


def layer_of(file: str) -> str:
    """Name the layer that a file belongs to; "" for what only measures."""
    return next((name for part, name in LAYERS.items() if part in file), "Flask and others")


def main(code: str, people: int) -> dict[str, Any]:
    """Warm up, then measure."""
    app = create_app({"ASYNC": "threading", "PUBLIC_URL": "http://localhost"})
    Steps(app, code, 4).all()
    return Steps(app, code, people).all()


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], int(sys.argv[2]))))
    sys.stdout.flush()
    os._exit(0)  # background threads of the application do not keep this process
