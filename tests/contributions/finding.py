"""Searching as a reader does: what a town's list of ideas finds, and what it says was meant."""

from __future__ import annotations

import re

from flask import Flask

from tests.people import Visitor


def found(app: Flask, q: str, rest: str = "", town: str = "havnvik") -> list[int]:
    answer = Visitor(app).client.get(f"/{town}/ideas", query_string={"q": q, "sort": "newest"})
    assert answer.status_code == 200, q
    return [int(n) for n in re.findall(r'id="card-(\d+)"', answer.get_data(as_text=True))]


def meant(app: Flask, q: str) -> str:
    html = Visitor(app).client.get("/havnvik/ideas", query_string={"q": q}).get_data(as_text=True)
    said = re.search(r"Viser treff for «([^»]+)»", html)
    return said[1] if said else ""
