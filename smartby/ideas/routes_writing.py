"""Writing ideas over HTTP."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, request, url_for

from ..accounts import held
from ..core.access import actor, allows, me
from ..core.fragments import language
from ..core.idempotency import once
from .actions import publish_idea
from .forms import IdeaForm


@allows("town.see")
def new() -> str:
    """Show the form for a new idea."""
    kept = held.take(request.path)
    form = IdeaForm(kept) if kept else IdeaForm(body=request.args.get("text", ""), lang=language())
    return render_template("ideas/new.html", form=form)


@allows("town.see")  # whoever is not signed in keeps the text; the action asks for the right
def create() -> Any:
    """Publish an idea."""
    form = IdeaForm()
    if not form.validate_on_submit():
        return render_template("ideas/new.html", form=form), 422
    if not me().is_authenticated:
        return held.hold(url_for("ideas.new"), request.form)
    key = form.key.data or ""
    idea = once(key, actor(), publish_idea, g.municipality, form.content(), by=me())
    held.let_go()
    return redirect(url_for("ideas.show", number=idea.id), 303)
