"""Search, anonymous."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from bench.stage import Bench, read

# People search for more than can be kept.
WORDS = ("lys", "sykkel", "skole", "park", "benk", "buss", "strand", "eldre")


def run(bench: Bench) -> dict[str, Any]:
    asked = (urlencode({"q": word}) for word in WORDS)
    return read(bench, *(f"{bench.town}/ideas?{words}&anew={{n}}" for words in asked))
