"""The kinds of activity, one file each: a new file here is a new kind, with no list to edit."""

from importlib import import_module
from pkgutil import iter_modules

for _found in iter_modules(__path__):
    import_module(f"{__name__}.{_found.name}")
