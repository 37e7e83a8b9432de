"""Reading the forms of a page: where each is sent, and what it would send as it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

CONTROLS = ("input", "button", "textarea", "option")
Pairs = list[tuple[str, str | None]]


@dataclass
class Form:
    """A form as it was drawn: each name with all values that it offers."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)

    def offer(self, name: str, value: str) -> None:
        """Note a value that can be sent by a name."""
        self.fields.setdefault(name, []).append(value)


class Reader(HTMLParser):
    """Collects the forms of one page, with what stands outside of them and belongs to them."""

    def __init__(self, address: str, html: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self.named: dict[str, Form] = {}
        self.open: Form | None = None
        self.choosing = ""  # the name of the open <select>
        self.writing = ""  # the name of the open <textarea>
        self.loose: list[tuple[str, str, dict[str, str]]] = []
        self.feed(html)
        for owner, tag, attributes in self.loose:
            if owner in self.named:
                self._control(self.named[owner], tag, attributes)

    def handle_starttag(self, tag: str, attrs: Pairs) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = attributes.get("action") or self.address
            self.open = Form(action, attributes.get("method", "get").upper())
            self.forms.append(self.open)
            self.named[attributes.get("id", "")] = self.open
        elif owner := attributes.get("form"):
            self.loose.append((owner, tag, attributes))
        elif self.open is not None:
            self._control(self.open, tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag in ("select", "textarea"):
            self.choosing = self.writing = ""

    def handle_data(self, data: str) -> None:
        if self.open is not None and self.writing and data.strip():
            self.open.fields[self.writing] = [data.strip()]

    def _control(self, form: Form, tag: str, attributes: dict[str, str]) -> None:
        name, value = attributes.get("name", ""), attributes.get("value", "")
        if "formaction" in attributes:
            form = Form(attributes["formaction"], form.method, dict(form.fields))
            self.forms.append(form)
        if tag == "option":
            name = self.choosing
        elif tag == "select":
            self.choosing, name = name, ""
        elif tag == "textarea":
            self.writing = name
        if name and tag in CONTROLS:
            form.offer(name, value)


def forms_of(address: str, html: str) -> list[Form]:
    """Return the forms of a page that was read at an address."""
    return Reader(address, html).forms
