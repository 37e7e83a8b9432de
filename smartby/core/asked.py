"""A request as we read it: what is sent without a name is not there."""

from __future__ import annotations

from typing import Any

from flask import Request
from werkzeug.formparser import FormDataParser


class NamedOnly(FormDataParser):
    """Reads forms; a packed part without a name would be a field None, where names are text."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        """Return the stream, the fields and the files of a form."""
        read: Any = super().parse(*args, **kwargs)
        stream, fields, files = read
        if None in fields:
            named = [pair for pair in fields.items(multi=True) if pair[0] is not None]
            fields = type(fields)(named)
        return stream, fields, files


class Asked(Request):
    """Flask's request with our reader of forms."""

    form_data_parser_class = NamedOnly
