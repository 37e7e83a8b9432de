"""Headers on every answer: content policy, framing, caching, language."""

from __future__ import annotations

from flask import Flask, Response, session

from .fragments import language

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'{sockets}; font-src 'self'; object-src 'none'; base-uri 'none';"
    " form-action 'self'; frame-ancestors 'none'"
)


def register(app: Flask) -> None:
    """Add the headers after each request."""
    # 'self' does not cover web sockets in every browser; an IPv6 literal is no source in any.
    named = [origin for origin in app.config["ORIGINS"] if "[" not in origin]
    sockets = "".join(" " + origin.replace("http", "ws", 1) for origin in named)
    policy = POLICY.format(sockets=sockets)
    secure = app.config["SECURE"]

    @app.after_request
    def add_headers(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", policy)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["X-Frame-Options"] = "DENY"
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        if secure:
            headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if response.mimetype == "text/html":
            if response.location is None:  # who is led on reads nothing here
                headers.setdefault("Content-Language", language())
            _forbid_sharing(response)
        return response


def _forbid_sharing(response: Response) -> None:
    # What a signed-in person sees may be theirs alone; everything may differ by the cookie.
    if "Cache-Control" not in response.headers:
        signed_in = "sid" in session
        response.headers["Cache-Control"] = "no-store" if signed_in else "private, no-cache"
    response.vary.add("Cookie")
