"""Setting data with Typst, in our own type, without holding up other requests."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gevent import get_hub, monkey

if TYPE_CHECKING:
    import typst

FOLDER = Path(__file__).parent / "print"
PICTURE_PPI = 96.0
ACCESSIBLE = "ua-1"  # PDF/UA: tagged, titled, in reading order
KEPT = 8  # files that are remembered: after a workshop everybody asks for the same one


def typeset(template: str, form: str, data: str) -> bytes:
    """Set JSON by a template of ours, as pdf, png or svg.

    It takes from 20 ms to a second, and lets go of the interpreter meanwhile: other requests and
    sockets go on while another thread does it.
    """
    if not monkey.is_module_patched("socket"):
        return _made(template, form, data)  # without gevent a request has its own thread
    return bytes(get_hub().threadpool.apply(_made, (template, form, data)))


@lru_cache(maxsize=KEPT)
def _made(template: str, form: str, data: str) -> bytes:
    import typst  # 7 MB, which few processes need

    if form != "pdf":
        return _compile(template, data, format=form, ppi=PICTURE_PPI)
    try:
        return _compile(template, data, format=form, pdf_standards=ACCESSIBLE)
    except typst.TypstError:
        # The standard asks that every character can be drawn, and no type of ours has emoji:
        # the file is as tagged without the claim, with a box where the emoji stood.
        return _compile(template, data, format=form)


def _compile(template: str, data: str, **options: Any) -> bytes:
    import typst

    made: Any = typst.compile(
        str(FOLDER / f"{template}.typ"), root=str(FOLDER), font_paths=_fonts(),
        sys_inputs={"data": data}, **options,
    )  # fmt: skip
    return bytes(made)


@cache
def _fonts() -> typst.Fonts:
    import typst

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FOLDER / "fonts")]
    )
