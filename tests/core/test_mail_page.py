"""The page of mails is for a demo on one's own machine; where others come there is no such page."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conventions.sources import ROOT

# In a process of its own: the extensions belong to one application at a time.
SCRIPT = """
import json, re, sys
from smartby import create_app
from smartby.core.mail import mail_folder, send_waiting
from smartby.extensions import db
from tests.people import plant

url = sys.argv[1]
app = create_app({"TESTING": True, "ASYNC": "threading"})
assert app.test_cli_runner().invoke(args=["init"]).exit_code == 0
with app.app_context():
    plant()
client = app.test_client()
ask = {"base_url": url, "headers": {"Origin": url, "Referer": url + "/sign-up"}}
form = client.get("/sign-up", **ask).text
token = re.search('name="csrf_token"[^>]*value="([^"]+)"', form)[1]
fields = {"csrf_token": token, "name": "Nina Ny", "email": "nina@example.no",
          "password": "to trette katter under kaia"}
signed = client.post("/sign-up", data=fields, **ask)
with app.app_context():
    sent = send_waiting()
    mails = [path.read_text() for path in mail_folder().glob("*.eml")]
pages = [client.get(path, **ask) for path in ("/mail", "/mail/", "/sign-up/sent", "/")]
link = re.compile("/confirm/([-_A-Za-z0-9]{20,})")
secrets = [found[1] for mail in mails for found in link.finditer(mail)]
print(json.dumps({
    "signed": signed.status_code,
    "sent": sent,
    "secrets": len(secrets),
    "status": [page.status_code for page in pages],
    "linked": [page.request.path for page in pages if 'href="/mail' in page.text],
    "leaked": [secret for secret in secrets for page in pages if secret in page.text],
}))
with app.app_context():
    for engine in db.engines.values():
        engine.dispose()
"""


def looks(folder: Path, url: str) -> dict[str, Any]:
    env = {
        **os.environ,
        "SMARTBY_DATA": str(folder),
        "PUBLIC_URL": url,
        "SECRET_KEY": "Vh2-k9QxT7_mB4sR8wZ1cL6nY3pD5gJ0",
    }
    command = [sys.executable, "-c", SCRIPT, url]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return seen


@pytest.mark.parametrize("url", ["https://smartby.example", "http://smartby.example:8000"])
def test_where_others_come_there_is_no_page_of_mails(tmp_path: Path, url: str) -> None:
    seen = looks(tmp_path, url)
    assert (seen["signed"], seen["sent"], seen["secrets"] > 0) == (303, 1, True)
    assert seen["status"] == [404, 404, 200, 200]
    assert seen["linked"] == seen["leaked"] == []


def test_on_ones_own_machine_the_demo_can_be_clicked(tmp_path: Path) -> None:
    seen = looks(tmp_path, "http://127.0.0.1:8000")
    assert seen["status"][0] == 200
    assert seen["linked"]
    assert seen["leaked"]
