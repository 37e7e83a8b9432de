"""The catalogues: `python -m tools.translations compile|check|update`, in the environment."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tools.stamps import ROOT

PACKAGE = ROOT / "smartby"
FOLDER = PACKAGE / "translations"
LANGUAGES = ("nb", "nn", "en")
SOURCE = "nb"  # the texts in the code are bokmål
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),  # type: ignore[dict-item]
}


def compile_all() -> list[str]:
    """Write each compiled catalogue that is older than its source."""
    for path in sorted(FOLDER.glob("*/LC_MESSAGES/messages.po")):
        compiled = path.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime_ns >= path.stat().st_mtime_ns:
            continue
        fresh = compiled.with_suffix(".mo.new")
        with fresh.open("wb") as file:
            write_mo(file, _read(path))
        fresh.replace(compiled)
    return []


def problems() -> list[str]:
    """Return what is missing, fuzzy, left over or badly formed in the catalogues."""
    wanted = extract()
    return [line for language in LANGUAGES for line in _problems(language, wanted)]


def update() -> list[str]:
    """Bring each catalogue up to the texts in the code; bokmål translates itself."""
    for language in LANGUAGES:
        wanted = extract()  # anew for each: update() puts these very messages into the catalogue
        path = catalogue_path(language)
        catalog = _read(path) if path.exists() else Catalog(locale=language)
        catalog.update(wanted, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        if language == SOURCE:
            _repeat(catalog)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalog, width=100, sort_output=True, include_lineno=False)
    return []


def extract() -> Catalog:
    """Return every text for people that the code and the templates hold."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    catalog = Catalog(project="smartby", charset="utf-8")
    found = extract_from_dir(PACKAGE, methods, options, KEYWORDS, comment_tags=("i18n:",))
    for name, _line, text, comments, context in found:
        place = [(f"smartby/{name}", 0)]
        catalog.add(text, locations=place, auto_comments=comments, context=context)
    return catalog


def catalogue_path(language: str) -> Path:
    """Return where a language's catalogue lies."""
    return FOLDER / language / "LC_MESSAGES" / "messages.po"


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def _problems(language: str, wanted: Catalog) -> Iterator[str]:
    path = catalogue_path(language)
    if not path.exists():
        yield from ([f"{language}: no catalogue"] if len(wanted) else [])
        return
    catalog = _read(path)
    for message in _texts(wanted):
        yield from _wrong(language, message, catalog.get(message.id, message.context))
    for message in _texts(catalog):
        if wanted.get(message.id, message.context) is None:
            yield f"{language}: left over: {message.id!r}"
    for message in catalog.obsolete.values():
        yield f"{language}: obsolete: {message.id!r}"


def _wrong(language: str, wanted: Message, found: Message | None) -> Iterator[str]:
    if found is None or not _complete(found):
        yield f"{language}: missing: {wanted.id!r}"
    elif found.fuzzy:
        yield f"{language}: fuzzy: {wanted.id!r}"
    else:
        yield from (f"{language}: {error}: {wanted.id!r}" for error in found.check())


def _complete(message: Message) -> bool:
    texts = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return bool(texts) and all(texts)


def _texts(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _repeat(catalog: Catalog) -> None:
    for message in _texts(catalog):
        message.string = message.id


def main() -> int:
    """Do what the command line asks; print problems and return 1 when there are any."""
    deeds = {"compile": compile_all, "check": problems, "update": update}
    found = deeds[sys.argv[1]]()
    for line in found[:40]:
        print(line)
    if found:
        print(f"{len(found)} problems; `make translations` brings the catalogues up to date.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
