"""Extensions, created here and bound to the app in create_app()."""

from __future__ import annotations

from flask_babel import Babel
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_socketio import SocketIO
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect

from .database import Base, LaneSession

db = SQLAlchemy(
    model_class=Base,
    session_options={
        "class_": LaneSession,
        "expire_on_commit": False,
        "join_transaction_mode": "create_savepoint",  # in a transaction that several share
    },
)
login = LoginManager()
# A sign-in is a row that can be ended (accounts/sessions.py); the browser's marks say nothing more.
login.session_protection = None
csrf = CSRFProtect()
babel = Babel()


class ViewLimiter(Limiter):
    """Limits of single views, which they check themselves.

    What holds for all views was looked for before each request, a fifth of its floor: nothing does.
    """

    def _check_request_limit(
        self, callable_name: str | None = None, in_middleware: bool = True
    ) -> None:
        if not in_middleware:
            super()._check_request_limit(callable_name, in_middleware)


limiter = ViewLimiter(key_func=get_remote_address, default_limits=[], headers_enabled=True)
socketio = SocketIO()
