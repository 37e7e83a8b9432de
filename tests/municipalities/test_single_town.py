"""One town at the root: its pages have no town in their address, and none of them is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.conventions.sources import ROOT

# In a process of its own: the extensions belong to one application at a time.
SCRIPT = """
import json
from smartby import create_app
from smartby.core.fragments import absolute
from smartby.extensions import db
from tests.people import Visitor, plant

app = create_app({"TESTING": True, "ASYNC": "threading", "PUBLIC_URL": "http://localhost"})
assert app.test_cli_runner().invoke(args=["init"]).exit_code == 0
with app.app_context():
    plant()
    link = absolute("municipalities.invitation", town="havnvik", token="abc")
kari, hanne = Visitor(app, "kari"), Visitor(app, "hanne")
answer = kari.posts("/ideas", title="Lys på gangveien bak skolen", body="Det er mørkt der.",
                    principles=["1"], lang="nb")
paths = ["/", "/ideas", answer.location, "/results", "/about", "/principles", "/principles/1",
         "/towns/", "/towns/about", "/towns/principles", "/havnvik/", "/fjordvang/"]
pages = {path: kari.gets(path) for path in paths}
front = pages["/"].get_data(as_text=True)
print(json.dumps({
    "link": link,
    "posted": answer.location,
    "status": {path: page.status_code for path, page in pages.items()},
    "settings": hanne.gets("/settings").status_code,
    "town": "Hva vil du gjøre bedre her?" in front,
    "towns": [part for part in ("?town=", "/havnvik/") if part in front],
    "listed": "?town=" in pages["/towns/"].get_data(as_text=True),
}))
with app.app_context():
    for engine in db.engines.values():
        engine.dispose()
"""


def test_one_town_is_served_at_the_root(tmp_path: Path) -> None:
    env = {**os.environ, "SMARTBY_DATA": str(tmp_path), "SMARTBY_SINGLE_TOWN": "havnvik"}
    command = [sys.executable, "-c", SCRIPT]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["link"] == "http://localhost/invitations/abc"
    assert seen["posted"] == "/ideas/1"
    gone = {"/havnvik/": 404, "/fjordvang/": 404}
    assert seen["status"] == {path: gone.get(path, 200) for path in seen["status"]}
    assert seen["settings"] == 200
    assert seen["town"]
    assert seen["towns"] == []
    assert not seen["listed"]
