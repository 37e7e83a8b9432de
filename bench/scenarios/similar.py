"""Similar ideas while typing, anonymous."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from bench.stage import Bench, form, measure
from bench.visitors import Visitor

TEXT = "Bedre lys på gangveien mellom skolen og bussholdeplassen om vinteren"


def run(bench: Bench) -> dict[str, Any]:
    somebody = Visitor(bench.place.port)
    somebody.get("/sign-in")
    path = f"{bench.town}/similar"
    texts = [TEXT[:length] for length in range(12, len(TEXT), 9)]
    return measure(bench, [form(somebody, path, urlencode({"title": text})) for text in texts])
