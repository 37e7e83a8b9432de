"""Headers on every answer: content policy, framing, caching, language."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, session

from .fragments import language

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'{sockets}; font-src 'self'; object-src 'none'; base-uri 'none';"
    " form-action 'self'; frame-ancestors 'none'"
)


def bind(app: Flask) -> None:
    """Add the standing headers to each answer of the application; what is kept has them too."""
    app.wsgi_app = Standing(app.wsgi_app, _standing(app))  # type: ignore[method-assign]


def register(app: Flask) -> None:
    """Add to each page what it says of itself."""
    app.after_request(_describe)


class Standing:
    """Right around the application: adds what every answer says in the same words."""

    def __init__(self, app: Any, headers: list[tuple[str, str]]) -> None:
        self.app, self.headers = app, headers

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Answer a request."""

        # Added to the response, each would be looked for, checked and copied, every time.
        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            return start_response(status, [*headers, *self.headers], *error)

        return self.app(environ, start)


def _standing(app: Flask) -> list[tuple[str, str]]:
    # 'self' does not cover web sockets in every browser; an IPv6 literal is no source in any.
    named = [origin for origin in app.config["ORIGINS"] if "[" not in origin]
    sockets = "".join(" " + origin.replace("http", "ws", 1) for origin in named)
    policy = POLICY.format(sockets=sockets)
    headers = [
        ("Content-Security-Policy", policy),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("X-Frame-Options", "DENY"),
        ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
    ]
    if app.config["SECURE"]:
        headers.append(("Strict-Transport-Security", "max-age=31536000; includeSubDomains"))
    return headers


def _describe(response: Response) -> Response:
    if response.mimetype == "text/html":
        if "Location" not in response.headers:  # who is led on reads nothing here
            response.headers.setdefault("Content-Language", language())
        _forbid_sharing(response)
    return response


def _forbid_sharing(response: Response) -> None:
    # What a signed-in person sees may be theirs alone; everything may differ by the cookie.
    if "Cache-Control" not in response.headers:
        signed_in = "sid" in session
        response.headers["Cache-Control"] = "no-store" if signed_in else "private, no-cache"
    response.vary.add("Cookie")
