"""A town's own colours: the tokens of the design system worked out from two chosen colours."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

HEX = re.compile(r"#[0-9a-fA-F]{6}")
LEAST_CONTRAST = 4.5  # WCAG 2.1, 1.4.3
PRIMARY, DEEP = "#1F5C4A", "#123C30"  # what smartby looks like when a town chooses nothing
FORMAT = "1"  # counts up when the way colours are worked out changes

# How bright each token is (relative luminance, 0 to 1), in light and in dark. Brightness is what
# contrast is made of: with it fixed, every colour gives readable pages.
TOKENS = {
    "background-default": (1.0, 0.009),
    "background-tinted": (0.897, 0.014),
    "surface-default": (1.0, 0.021),
    "surface-tinted": (0.808, 0.027),
    "surface-hover": (0.701, 0.036),
    "surface-active": (0.591, 0.056),
    "border-subtle": (0.501, 0.08),
    "border-default": (0.191, 0.22),
    "border-strong": (0.11, 0.39),
    "text-subtle": (0.11, 0.39),
    "text-default": (0.025, 0.839),
    "base-contrast-subtle": (0.87, 0.006),
    "base-contrast-default": (1.0, 0.0),
}
DARK_BASE = {"base-default": 0.341, "base-hover": 0.249, "base-active": 0.177}


def luminance(colour: str) -> float:
    """Return how bright a colour is, 0 (black) to 1 (white), as WCAG reckons it."""
    red, green, blue = (_linear(part) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast between two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def too_light(colour: str) -> bool:
    """Tell whether white text cannot be read on this colour, nor the colour as text on white."""
    return contrast(colour, "#ffffff") < LEAST_CONTRAST


def toned(colour: str, wanted: float) -> str:
    """Return the colour mixed with white or black until it is as bright as wanted."""
    bright = luminance(colour)
    end = 255.0 if wanted > bright else 0.0
    low, high = 0.0, 1.0
    for _ in range(24):
        share = (low + high) / 2
        reached = luminance(_mixed(colour, end, share))
        beyond = reached > wanted if end else reached < wanted
        low, high = (low, share) if beyond else (share, high)
    return _mixed(colour, end, high)


def is_default(primary: str, deep: str) -> bool:
    """Tell whether these are smartby's own colours, which need no style sheet of their own."""
    return (primary.upper(), deep.upper()) == (PRIMARY, DEEP)


@lru_cache(maxsize=512)
def version(primary: str, deep: str) -> str:
    """Name a theme by its content, so that a browser may keep it for ever."""
    content = "|".join((FORMAT, primary.upper(), deep.upper()))
    return hashlib.sha256(content.encode()).hexdigest()[:12]


@lru_cache(maxsize=512)
def style_sheet(primary: str, deep: str) -> str:
    """Write the custom properties of a town's colours, for light and dark."""
    tokens = {f"ds-color-primary-{name}": pair for name, pair in _primary(primary).items()}
    tokens |= _deep(primary, deep)
    lines = [f"  --{name}: light-dark({light}, {dark});" for name, (light, dark) in tokens.items()]
    # Outside all layers, so that it wins over the theme that is built in.
    return "\n".join([":root, [data-color-scheme] {", *lines, "}", ""])


def _primary(colour: str) -> dict[str, tuple[str, str]]:
    # Large dark areas in full colour would glow: in the dark the colour is greyed first.
    muted = _mixed(colour, 128.0, 0.3)
    pairs = {name: (toned(colour, a), toned(muted, b)) for name, (a, b) in TOKENS.items()}
    bright = luminance(colour)
    # A colour that is nearly black can only show that it is pressed by becoming lighter.
    steps = (bright + 0.03, bright + 0.06) if bright < 0.03 else (bright * 0.6, bright * 0.32)
    light = {
        "base-default": colour,
        "base-hover": toned(colour, steps[0]),
        "base-active": toned(colour, steps[1]),
    }
    return pairs | {name: (light[name], toned(colour, dark)) for name, dark in DARK_BASE.items()}


def _deep(primary: str, deep: str) -> dict[str, tuple[str, str]]:
    bright = luminance(deep)
    dark = toned(deep, min(bright * 0.55, 0.022))
    quiet = min(1.0, max(0.64, 4.7 * (bright + 0.05) - 0.05))
    lines = {"sb-deep-line": (2.2, 0.005), "sb-deep-rule": (4.2, 0.02)}
    return {
        "sb-deep": (deep, dark),
        "sb-deep-ink-2": (toned(deep, quiet), toned(deep, 0.64)),
        "sb-mark": (deep, toned(deep, 0.11)),
        "sb-done": (primary, toned(primary, DARK_BASE["base-default"])),
    } | {
        name: tuple(toned(deep, luminance(base) * times + more) for base in (deep, dark))
        for name, (times, more) in lines.items()
    }  # type: ignore[return-value]


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(part: int) -> float:
    share = part / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def _mixed(colour: str, end: float, share: float) -> str:
    red, green, blue = (round(part + (end - part) * share) for part in _parts(colour))
    return f"#{red:02x}{green:02x}{blue:02x}"
