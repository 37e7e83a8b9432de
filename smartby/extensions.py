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
limiter = Limiter(key_func=get_remote_address, default_limits=[], headers_enabled=True)
socketio = SocketIO()
