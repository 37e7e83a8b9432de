"""Templates: they compile, obey the security policy, and partials never look at the viewer."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from jinja2 import nodes

from tests.conventions.sources import TEMPLATES, calls, files, modules

NAMES = [str(path.relative_to(TEMPLATES)) for path in files(TEMPLATES, ".html", ".txt", ".xml")]
PARTIALS = [name for name in NAMES if name.rpartition("/")[2].startswith("_")]
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
VIEWER = re.compile(r"\b(current_user|session|request)\b|\bcan\(|\bg\.|\bme\(")
FORBIDDEN = {
    "an inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an inline script": re.compile(
        r"<script\b(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)", re.IGNORECASE
    ),
    "unescaped text": re.compile(r"\|\s*safe\b"),
    "a foreign address": re.compile(r"<(script|link|img|iframe)\b[^>]*(src|href)=.?(https?:)?//"),
}


def test_every_template_compiles(app: Flask) -> None:
    for name in NAMES:
        app.jinja_env.get_template(name)


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what: str) -> None:
    assert [name for name in NAMES if FORBIDDEN[what].search(_source(name))] == []


def test_partials_never_look_at_the_viewer() -> None:
    found = {
        name: [code for code in JINJA.findall(_source(name)) if VIEWER.search(code)]
        for name in PARTIALS
    }
    assert {name: codes for name, codes in found.items() if codes} == {}


def _source(name: str) -> str:
    return COMMENT.sub("", (TEMPLATES / name).read_text())


MEANT = {"staff", "town"}  # the frame and these views mean the same by them


def test_no_view_passes_what_the_frame_calls_something_else(app: Flask) -> None:
    # What a template that is extended sets at its top hides what the view has passed.
    source = (TEMPLATES / "shared" / "base.html").read_text()
    tree = app.jinja_env.parse(source)
    taken = set(_set_at_top(tree.body))
    passed = {
        (path, keyword.arg)
        for path, module in modules().items()
        for name, call in calls(module) if name == "render_template"
        for keyword in call.keywords
    }  # fmt: skip
    assert {(path, name) for path, name in passed if name in taken - MEANT} == set()


def _set_at_top(body: list[nodes.Node]) -> Iterator[str]:
    for node in body:
        if isinstance(node, nodes.Macro):
            yield node.name
        elif isinstance(node, (nodes.Assign, nodes.AssignBlock)):
            names = [node.target, *node.target.find_all(nodes.Name)]
            yield from (name.name for name in names if isinstance(name, nodes.Name))
        elif isinstance(node, nodes.If):
            yield from _set_at_top([*node.body, *node.elif_, *node.else_])
