"""Judge new passwords, and hash and verify them without holding up other requests."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from gevent import monkey
from gevent.threadpool import ThreadPool

from smartby.core.errors import Busy

_Result = TypeVar("_Result")

SHORTEST = 15
LONGEST = 256
_THREADS = 2
_QUEUE = 40  # about a second of waiting; more people than that are told to try again
_OWN_NAME = "smartby"
_KEYBOARD = (
    "qwertyuiopåasdfghjkløæzxcvbnm",
    "1234567890",
    "abcdefghijklmnopqrstuvwxyzæøå",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
)
_NOT_WORD = re.compile(r"[\W_]+")
_EDGE = re.compile(r"\A[\W\d_]+|[\W\d_]+\Z")


def _normal(password: str) -> str:
    # Keyboards differ in how they compose å; the hash must not.
    normal = unicodedata.normalize("NFKC", password)
    # Half a character, which only a program can send, has no bytes to hash.
    return normal.encode("utf-8", "replace").decode()


# --- judging ------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # 3 MB, needed only when one is chosen

    return frozenset(FREQUENCY_LISTS["passwords"])


def _unit(text: str) -> str:
    """Return the shortest piece that the text is a repetition of (the last may be cut off)."""
    # A text has period p exactly when it continues itself after p characters.
    periods = range(1, len(text) // 2 + 1)
    found = next((p for p in periods if text[p:] == text[: len(text) - p]), len(text))
    return text[:found]


def _is_common(password: str) -> bool:
    compact = _NOT_WORD.sub("", password)
    words = _common()
    whole = {password, compact, _EDGE.sub("", password), _unit(compact)}
    if whole & words or _EDGE.sub("", _unit(compact)) in words:
        return True
    return any(compact[:at] in words and compact[at:] in words for at in range(3, len(compact) - 2))


def _is_repeated(password: str) -> bool:
    compact = _NOT_WORD.sub("", password) or password
    return len(set(password)) < 6 or len(_unit(compact)) < 8


def _follows(pair: str) -> bool:
    step = ord(pair[1]) - ord(pair[0])
    backwards = pair[::-1]
    return abs(step) <= 1 or any(pair in row or backwards in row for row in _KEYBOARD)


def _is_sequence(password: str) -> bool:
    compact = _NOT_WORD.sub("", password)
    pairs = [compact[at : at + 2] for at in range(len(compact) - 1)]
    return sum(map(_follows, pairs)) > 0.7 * len(pairs)


def _personal_words(name: str, email: str) -> Iterator[str]:
    local = email.partition("@")[0]
    yield _OWN_NAME
    for source in (name, local):
        lowered = unicodedata.normalize("NFKC", source).casefold()
        yield _NOT_WORD.sub("", lowered)
        yield from re.split(r"[\W\d_]+", lowered)


def _is_personal(password: str, name: str, email: str) -> bool:
    compact = _NOT_WORD.sub("", password)
    words = {word for word in _personal_words(name, email) if len(word) >= 4}
    # Whole names are found across separators, parts only within a word: "smak ari" is no Kari.
    return any(word in password for word in words) or any(
        word in compact for word in words if len(word) >= 7
    )


def problem(password: str, *, name: str, email: str) -> str | None:
    """Return why a new password will not do: a machine key, or None when it will."""
    normal = _normal(password).casefold()
    if len(password) < SHORTEST:
        return "too_short"
    if len(password) > LONGEST:
        return "too_long"
    checks: dict[str, Callable[[], bool]] = {
        "personal": lambda: _is_personal(normal, name, email),
        "common": lambda: _is_common(normal),
        "repeated": lambda: _is_repeated(normal),
        "sequence": lambda: _is_sequence(normal),
    }
    return next((key for key, fails in checks.items() if fails()), None)


# --- hashing ------------------------------------------------------------------------------


@dataclass
class _Pool:
    """A few threads for hashing, started when first needed.

    Argon2 takes some 50 ms and 64 MB. In the request's own greenlet it would stop every other
    request of the process, and in gevent's shared pool it would delay the look-up of names.
    """

    threads: ThreadPool | None = None
    inside: int = 0

    def run(self, work: Callable[..., _Result], *args: str) -> _Result:
        """Run the work in a thread and wait for it; refuse when too many wait already."""
        if self.inside >= _THREADS + _QUEUE:
            raise Busy
        self.threads = self.threads or ThreadPool(maxsize=_THREADS)
        self.inside += 1
        try:
            result: _Result = self.threads.apply(work, args)
        finally:
            self.inside -= 1
        return result


_pool = _Pool()
_hasher = PasswordHasher()


def use_hasher(hasher: PasswordHasher) -> None:
    """Hash with other costs from now on: a test suite cannot afford the real ones."""
    global _hasher  # one hasher for the process, as there is one pool
    _hasher = hasher
    _nothing.cache_clear()


def _run(work: Callable[..., _Result], *args: str) -> _Result:
    # Without gevent a request has its own thread, and argon2 lets go of the interpreter lock.
    return _pool.run(work, *args) if monkey.is_module_patched("socket") else work(*args)


def _matches(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


@lru_cache(maxsize=1)
def _nothing() -> str:
    return _hasher.hash("nobody has this password")


def _matches_nothing(password: str) -> bool:
    return _matches(_nothing(), password)


def hash_password(password: str) -> str:
    """Return the hash to store; raise Busy when too many people wait for theirs."""
    return _run(_hasher.hash, _normal(password))


def verify(stored: str, password: str) -> bool:
    """Tell whether the password is the one stored; raise Busy when too many people wait."""
    return _run(_matches, stored, _normal(password))


def verify_nothing(password: str) -> bool:
    """Take as long as verify and fail, so that an unknown address looks like a known one."""
    _run(_matches_nothing, _normal(password))
    return False


def needs_rehash(stored: str) -> bool:
    """Tell whether the hash was made with lower costs than today's."""
    return _hasher.check_needs_rehash(stored)
