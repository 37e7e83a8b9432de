"""Frames for a socket that nobody should send: broken, deep, huge, binary, strange and repeated."""

from __future__ import annotations

import json
import os
import random
import struct
from collections.abc import Callable, Iterator
from typing import Any

from tests.corpora.hostile_text import HOSTILE
from tests.drills.hostile import BROKEN, FRAMES

TEXTS = [text for text in HOSTILE.values() if len(text) < 3_000]
EVENTS = (
    "follow", "unfollow", "writing", "batch", "totals", "drain", "connect", "disconnect",
    "message", "error", "__proto__", "constructor", "toString", "*", "", "a" * 2_000, "\x00",
)  # fmt: skip
STREAMS = (
    "town:1", "town:2", "person:1", "person:99999", "contribution:1", "room:1", "staff:1",
    "screen:1", "town:-1", "town:" + "9" * 400, "town:1|nb", "town", ":", "", "person:1\x00",
)  # fmt: skip
ALPHABET = '0123456789-,/?"[]{}:\\abcx\x00\u00e6\u202e '
TEXT, BINARY = 0x1, 0x2
Draw = Callable[[random.Random], bytes]


def frames(seed: int) -> Iterator[bytes]:
    """Yield frames as they go over the wire, without end, the same for the same seed."""
    dice = random.Random(seed)
    while True:
        made = dice.choices(KINDS, WEIGHTS)[0](dice)
        for _ in range(dice.choice((1, 1, 1, 1, 8))):  # again and again, as whoever replays does
            yield made


def wrapped(content: bytes, opcode: int = TEXT, final: int = 0x80) -> bytes:
    """Put content into a masked frame."""
    mask, length = os.urandom(4), len(content)
    if length < 126:
        head = struct.pack("!BB", final | opcode, 0x80 | length)
    elif length < 65_536:
        head = struct.pack("!BBH", final | opcode, 0x80 | 126, length)
    else:
        head = struct.pack("!BBQ", final | opcode, 0x80 | 127, length)
    pattern = (mask * (length // 4 + 1))[:length]
    mixed = int.from_bytes(content, "big") ^ int.from_bytes(pattern, "big")
    return head + mask + mixed.to_bytes(length, "big")


def _text(text: str) -> bytes:
    return wrapped(text.encode("utf-8", "surrogatepass"))


def _event(dice: random.Random) -> bytes:
    """Make a well-formed event with anything in it."""
    number = dice.choice(("", "1", "999999999999999999", "-1"))
    said = [dice.choice(EVENTS), *(_value(dice) for _ in range(dice.randrange(4)))]
    return _text(f"42{number}{json.dumps(said)}")


def _command(dice: random.Random) -> bytes:
    """Make a command that looks like a real one, about streams of others."""
    streams: Any = [dice.choice(STREAMS) for _ in range(dice.randrange(5))]
    if dice.random() < 0.3:
        streams = _value(dice)
    about = {"streams": streams, "lang": dice.choice(("nb", "nn", "en", "xx", "", None, 1, []))}
    if dice.random() < 0.2:
        about |= {
            "contribution": _value(dice),
            "still": _value(dice),
            "to": "room:1",
            "sid": "x",
            "room": "town:1|nb",
        }
    return _text(f"42{dice.randrange(99)}{json.dumps([dice.choice(EVENTS[:3]), about])}")


def _value(dice: random.Random, depth: int = 0) -> Any:
    kind = dice.randrange(9 if depth < 4 else 6)
    if kind == 6:
        return [_value(dice, depth + 1) for _ in range(dice.randrange(4))]
    if kind > 6:
        return {dice.choice(TEXTS)[:40]: _value(dice, depth + 1) for _ in range(dice.randrange(4))}
    leaves: tuple[Any, ...] = (
        None, dice.random() < 0.5, dice.randrange(-(2**70), 2**70), dice.choice(TEXTS),
        dice.choice((float("nan"), float("inf"), -0.0, 1e308)), dice.choice(STREAMS),
    )  # fmt: skip
    return leaves[kind]


def _mutated(dice: random.Random) -> bytes:
    """Change some characters of a frame that has broken a server somewhere."""
    letters = list(dice.choice(FRAMES))
    for _ in range(dice.randrange(1, 6)):
        at = dice.randrange(len(letters) + 1)
        letters[at : at + dice.randrange(3)] = dice.choice(ALPHABET) * dice.randrange(3)
    return _text("".join(letters))


def _packet(dice: random.Random) -> bytes:
    """Make a packet of any type: of the transport, of the protocol, for any namespace."""
    space = dice.choice(("", "/,", "/admin,", "/" + "x" * 500 + ",", "/?a=b,", "/\u0000,"))
    count = dice.choice(("", "1-", "0-", "99-", "999999999999-", "-1-"))
    content = ('["x"]', "{}", '["x",{"_placeholder":true,"num":0}]', "", "null", "[" * 3_000)
    return _text(f"{dice.randrange(10)}{dice.randrange(10)}{count}{space}{dice.choice(content)}")


def _binary(dice: random.Random) -> bytes:
    return wrapped(dice.randbytes(dice.choice((0, 1, 10, 3_000))), BINARY)


def _noise(dice: random.Random) -> bytes:
    """Make a text frame that is no UTF-8, or a large one just within or beyond what is read."""
    if dice.random() < 0.6:
        return wrapped(dice.randbytes(dice.randrange(1, 60)))
    size = dice.choice((31_000, 31_990, 32_001, 40_000))
    return _text('42["follow","' + "x" * size + '"]')


def _broken(dice: random.Random) -> bytes:
    """Break the frame itself: its length, its flags, its mask, or its end."""
    if dice.random() < 0.5:
        return dice.choice(BROKEN)
    return dice.randbytes(dice.randrange(1, 30))


def _fragments(dice: random.Random) -> bytes:
    """Cut a message into frames, with other frames between them, and maybe without an end."""
    parts = [wrapped(b'42["fol', final=0)]
    parts += [wrapped(b"low", 0, 0)] * dice.randrange(3)
    parts += [wrapped(b"x", 0x9)] * dice.randrange(2)
    parts += [wrapped(b'",{}]', 0, dice.choice((0, 0x80)))]
    return b"".join(parts)


KINDS: tuple[Draw, ...] = (
    _event, _command, _mutated, _packet, _binary, _noise, _broken, _fragments,
)  # fmt: skip
WEIGHTS = (6, 6, 6, 4, 1, 2, 1, 1)
