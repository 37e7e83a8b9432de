"""Headers on every answer: content policy, framing, caching, language."""

from __future__ import annotations

from flask import Flask, Response, request, session

from .fragments import language

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'{sockets}; font-src 'self'; object-src 'none'; base-uri 'none';"
    " form-action 'self'; frame-ancestors 'none'"
)


def register(app: Flask) -> None:
    """Add the headers after each request."""
    sockets = "".join(" " + origin.replace("http", "ws", 1) for origin in app.config["ORIGINS"])
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
            headers.setdefault("Content-Language", language())
            _forbid_sharing(response)
        return response


def _forbid_sharing(response: Response) -> None:
    # A page that has seen a session may hold what only that person may see.
    if "Cache-Control" in response.headers:
        return
    personal = session.accessed or "smartby" in str(request.cookies)
    response.headers["Cache-Control"] = "no-store" if personal else "private, no-cache"
    response.vary.add("Cookie")
