"""All pictograms as one picture: pages name the one they show, and a browser keeps the file."""

from __future__ import annotations

from base64 import b32encode
from hashlib import sha256
from typing import Any

from flask import Flask, Response
from markupsafe import escape

from .access import public

SOURCE = "shared/icons.html"
FOR_EVER = "public, max-age=31536000, immutable"


def bind(app: Flask) -> None:
    """Serve the picture at an address that changes with it, and tell templates where."""
    # A module of its own: the one that templates import is made once the address is known.
    drawn = _picture(app.jinja_env.get_template(SOURCE).make_module())
    # Short: a list names it a hundred times.
    digest = b32encode(sha256(drawn.encode()).digest()).decode().lower()
    address = f"/i.{digest[:4]}"

    @public
    def pictograms() -> Response:
        return Response(drawn, mimetype="image/svg+xml", headers={"Cache-Control": FOR_EVER})

    app.add_url_rule(address, "pictograms", pictograms)
    app.jinja_env.globals["pictograms"] = address


def _picture(source: Any) -> str:
    """Write every drawing as a symbol with its name; the principles' are p1 to p8."""
    drawings = source.drawings | {f"p{n}": lines for n, lines in source.principle_drawings.items()}
    symbols = (
        f'<symbol id="{escape(name)}" viewBox="0 0 24 24">{lines}</symbol>'
        for name, lines in drawings.items()
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>'
