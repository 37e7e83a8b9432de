"""All pictograms as one picture: pages point to the one they show, and a browser keeps the file."""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import product
from string import ascii_letters
from typing import Any

from flask import Flask, Response

from .access import public

SOURCE = "shared/icons.html"
FOR_EVER = "public, max-age=31536000, immutable"


def bind(app: Flask) -> None:
    """Serve the picture at an address that changes with it, and tell templates where each is."""
    # A module of its own: the one that templates import is made once the addresses are known.
    drawings = _drawings(app.jinja_env.get_template(SOURCE).make_module())
    # Short, the picture's address and the names in it: a list says them a hundred times.
    codes = dict(zip(drawings, _codes(), strict=False))
    drawn = _picture({codes[name]: lines for name, lines in drawings.items()})
    digest = b32encode(sha256(drawn.encode()).digest()).decode().lower()
    address = f"/i.{digest[:4]}"

    @public
    def pictograms() -> Response:
        return Response(drawn, mimetype="image/svg+xml", headers={"Cache-Control": FOR_EVER})

    app.add_url_rule(address, "pictograms", pictograms)
    app.jinja_env.globals["pictograms"] = {
        name: f"{address}#{code}" for name, code in codes.items()
    }


def _drawings(source: Any) -> dict[str, str]:
    """Return every drawing by its name; the principles' are p1 to p8."""
    principles: dict[str, str] = {f"p{n}": drawn for n, drawn in source.principle_drawings.items()}
    others: dict[str, str] = source.drawings
    return principles | others


def _codes() -> Iterator[str]:
    """Count in letters: a to Z in either case, then in two of them."""
    yield from ascii_letters
    yield from (one + two for one, two in product(ascii_letters, repeat=2))


def _picture(drawings: Mapping[str, str]) -> str:
    symbols = (
        f'<symbol id="{code}" viewBox="0 0 24 24">{lines}</symbol>'
        for code, lines in drawings.items()
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>'
