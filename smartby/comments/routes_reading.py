"""Finding one comment, and reading one thread, over HTTP."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, request, url_for

from ..core.access import allows, me
from ..core.live import followed, heads
from ..core.pagination import Cursor, decode, encode
from ..pipeline.access import stage_allows
from .models import Comment
from .queries import THREAD_PAGE, one, replies_to, useful_among
from .routes_writing import bp
from .said import Reader, threads_html

TALKS = stage_allows("comment")


@bp.get("/comments/<int:number>")
@allows("comments.see", Comment)
def show(comment: Comment) -> Any:
    """Lead to the comment where it stands among the others."""
    about = comment.contribution
    where = url_for(f"{about.kind}s.show", number=about.id, comment=comment.id)
    return redirect(f"{where}#comment-{comment.id}", 303)


@bp.get("/comments/<int:number>/replies")
@allows("comments.see", Comment)
def thread(comment: Comment) -> str:
    """Show a whole thread, a hundred replies at a time."""
    root, about = comment.root_id or comment.id, comment.contribution
    after = decode(request.args.get("after"))
    streams = [f"contribution:{about.id}", *([f"person:{me().id}"] if me().id else [])]
    numbers = heads(streams)  # before the rows
    replies = replies_to(root, after.id if after else 0)
    rows = [one(root), *replies[:THREAD_PAGE]]
    mine = useful_among(me(), [row.id for row in rows if row])
    reader = Reader(g.municipality.slug, me().id, mine)
    end = replies[THREAD_PAGE - 1].id if len(replies) > THREAD_PAGE else None
    return render_template(
        "comments/thread.html", about=about, root=root, streams=followed(numbers),
        thread=threads_html([row for row in rows if row], [root], reader, links=False)[0],
        after=encode(Cursor(0, end)) if end else "", talk_open=TALKS.test(me(), about),
        home=url_for(f"{about.kind}s.show", number=about.id, _anchor="comments"),
    )  # fmt: skip
