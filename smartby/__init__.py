"""smartby: where citizens, moderators and facilitators create better towns together."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from flask import Flask

from .core import templating
from .core.asked import Asked
from .core.cookies import CookieSessions

# Rooms from the ground up: a room may import from those before it, never from those after.
ROOMS = (
    "accounts",
    "municipalities",
    "principles",
    "ledger",
    "contributions",
    "pipeline",
    "votes",
    "comments",
    "reading",
    "challenges",
    "ideas",
    "workshops",
    "facilitation",
    "cards",
    "ballots",
    "activities",
    "outcomes",
    "pages",
    "my",
    "seeds",
    "operations",
)
PARTS = ("models", "access", "listeners", "live", "routes")


class Application(Flask):
    """Flask, where nothing is a coroutine: it looked for that eleven times in each request."""

    session_interface = CookieSessions()
    request_class = Asked

    def ensure_sync(self, func: Any) -> Any:
        """Return a view or handler as it is."""
        return func


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Build the application: config, extensions, rooms in order. Raises ConfigError when unsafe."""
    from . import cli, jobs
    from .config import load
    from .core import clock, error_pages, fragments, headers, numbers, origins, pictograms
    from .core import routes as core_routes
    from .municipalities import tenancy

    app = Application(__name__)
    app.url_map.converters["int"] = numbers.RowNumber
    app.config.update(load(config))
    clock.set_offset(app.config["CLOCK_OFFSET"])
    app.json = _json_provider(app)
    _bind_extensions(app)
    for part in (templating, error_pages, origins, headers):
        part.register(app)
    app.register_blueprint(core_routes.bp)
    _open_rooms(app)
    tenancy.register(app)
    cli.register(app)
    for bound in (jobs, fragments, pictograms):
        bound.bind(app)
    _serve_built_files(app)
    _look_after(app)
    return app


def _forbid_sniffing(headers: Any, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"


def _serve_built_files(app: Flask) -> None:
    from whitenoise import WhiteNoise

    # Names carry a hash of the content: a browser may keep them for ever.
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(templating.DIST),
        prefix="static/dist/",
        max_age=31_536_000,
        immutable_file_test=lambda _path, _url: True,
        allow_all_origins=False,
        add_headers_function=_forbid_sniffing,
    )


def _look_after(app: Flask) -> None:
    from .core import leaving
    from .operations import slow, watch

    # The watch comes last: in front of everything that answers.
    for bound in (leaving, slow, watch):
        bound.bind(app)


def _bind_extensions(app: Flask) -> None:
    from . import extensions as ext
    from .core import (
        access,
        doorbell,
        headers,
        kept,
        lanes,
        pump,
        recall,
        server,
        sockets,
        transaction,
        versions,
    )
    from .core.locale import choose_locale

    ext.db.init_app(app)
    ext.login.init_app(app)
    ext.login.anonymous_user = access.Anonymous
    ext.csrf.init_app(app)
    ext.babel.init_app(app, locale_selector=choose_locale)
    ext.limiter.init_app(app)
    with app.app_context():
        lanes.prepare(ext.db.engine, ext.db.engines["read"])
    for part in (headers, versions, recall, kept):
        part.bind(app)
    _trust_proxy(app)
    sockets.bind(app)
    server.origins.update(app.config["ORIGINS"])
    server.hosts, server.hops = set(app.config["HOSTS"] or ()), app.config["PROXY_HOPS"]
    transaction.on_ring(pump.pump.ring)
    transaction.on_ring(doorbell.doorbell.ring)


def _trust_proxy(app: Flask) -> None:
    from werkzeug.middleware.proxy_fix import ProxyFix

    hops = app.config["PROXY_HOPS"]
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def _json_provider(app: Flask) -> Any:
    import orjson
    from flask.json.provider import DefaultJSONProvider

    class OrjsonProvider(DefaultJSONProvider):
        """Flask's JSON by orjson."""

        def dumps(self, obj: Any, **kwargs: Any) -> str:
            """Write JSON."""
            return orjson.dumps(obj).decode()

        def loads(self, s: str | bytes, **kwargs: Any) -> Any:
            """Read JSON."""
            return orjson.loads(s)

    return OrjsonProvider(app)


def _open_rooms(app: Flask) -> None:
    from .core.sockets import open_commands

    for room in ROOMS:
        _open_room(app, room)
    open_commands()


def _open_room(app: Flask, room: str) -> None:
    """Import a room's parts, so that they register themselves, and bind its blueprints."""
    for part in PARTS:
        name = f"{__name__}.{room}.{part}"
        try:
            module = import_module(name)
        except ModuleNotFoundError as error:
            if error.name != name:
                raise
            continue
        for blueprint in getattr(module, "blueprints", ()):
            prefix = blueprint.url_prefix
            if app.config["SINGLE_TOWN"]:
                # The one town has the short addresses; what is about all towns stands aside.
                prefix = {"/<town>": "/", "/": "/towns"}.get(prefix, prefix)
            app.register_blueprint(blueprint, url_prefix=prefix)
