"""What is dangerous is not used at all, or in named places only: a scanner's rules, as tests.

The linter knows the common ones (S in ruff); here stands where it was silenced, and what it does
not know: our own ways to make HTML, to send people on, and to run a template.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.conventions.sources import PACKAGE, ROOT, TEMPLATES, calls, files, modules

# Modules that run or read what they are given as code, or read XML that names other files.
FORBIDDEN_MODULES = {
    "pickle", "cPickle", "dill", "shelve", "marshal", "jsonpickle", "yaml", "commands", "pty",
    "xml", "lxml", "telnetlib", "ftplib", "requests", "httpx", "aiohttp", "importlib.machinery",
}  # fmt: skip
BUILT_IN = {"eval", "exec", "compile", "__import__", "breakpoint"}
FORBIDDEN_CALLS = {
    "system", "popen", "spawnl", "mktemp",
    "render_template_string", "from_string", "set_trace",
}  # fmt: skip
# Calls that wait for somebody else's machine: each has to say how long.
WAITING = {"urlopen", "create_connection", "SMTP", "SMTP_SSL", "HTTPConnection", "HTTPSConnection"}
PROGRAMS = {"operations/backup.py"}  # pg_dump, by a list of arguments
# Where the linter was told that something is safe: by rule, file, and how often.
SILENCED = {
    "S608": {
        "checks.py": 3, "contributions/similar_queries.py": 1, "core/outbox.py": 1,
        "seeds/loader.py": 1,
    },
    "S704": {
        "ballots/voting.py": 1, "contributions/actions.py": 1, "core/alike.py": 1,
        "core/fragments.py": 1, "core/markdown.py": 1, "core/templating.py": 2,
        "facilitation/play.py": 1, "facilitation/views.py": 2,
    },
    "S311": {"ballots/voting.py": 1, "core/lanes.py": 1, "core/transaction.py": 1},
    "S603": {"operations/backup.py": 1},
}  # fmt: skip
NAMES_ONLY = {"S101", "S104", "S105"}  # an assertion, an address or a word that looks like another
# What is put into pages unescaped: what core.markdown has made, and markup of the template's own.
PUT_IN = re.compile(r"([^\s{]+)\s*\|\s*markup")
MARKUP = {
    "challenges/edit.html": ["looks(preview"], "ideas/edit.html": ["looks(preview"],
    "comments/_body.html": ["c.body_html"], "comments/parts.html": ["comment.body_html"],
    "contributions/_text.html": ["text.html"], "pipeline/_answer.html": ["answer.body_html"],
    "comments/_more.html": ["data-live=\"thread-%s\">%s</span>'"],
    "contributions/_card.html": ["lang=\"%s\"'"],
}  # fmt: skip
SQL = {"text", "execute", "exec_driver_sql", "literal_column", "order_by", "group_by", "scalars"}
# It leads to signing in, which looks at it before it leads on.
LOOKED_AT_LATER = {"core/error_pages.py"}
# Placeholders, and names of settings that stand in the same file: never a value.
PUT_TOGETHER = {"core/outbox.py", "core/lanes.py"}
# They write nothing; whose origin it is, is looked at for all that is sent.
EXEMPT = {"ideas/routes.py": ["begin"], "comments/routes_writing.py": ["begin"]}
# Scripts that put HTML of this server, and nothing else, into the page.
INSERTING = {
    "lib/held/fields.js", "lib/plan/settings.js", "lib/plan/moves.js", "lib/live/apply.js",
    "lib/list.js",
}  # fmt: skip
IN_SCRIPTS = {
    "code from text": re.compile(
        r"\beval\(|\bnew Function\b|\bset(Timeout|Interval)\(\s*['\"`]|\bjavascript:"
    ),
    "writing into the document": re.compile(r"document\.write|\bouterHTML\s*=|\bsrcdoc\b"),
    "HTML put together": re.compile(r"(innerHTML\s*\+?=|insertAdjacentHTML\()[^;]*(\$\{|\+)"),
    "what is kept where other scripts read it": re.compile(r"document\.cookie\s*="),
    "messages to anybody": re.compile(r"postMessage\([^;]*['\"]\*['\"]"),
}
IN_TEMPLATES = {
    "an attribute without quotation marks": re.compile(r"<[^>]*\s[\w-]+=\{\{"),
    "escaping turned off": re.compile(r"\bautoescape\b"),
    "a window that can steer ours": re.compile(r"target=[\"']?_blank(?![^>]*noopener)"),
}  # fmt: skip
SOURCES = {str(path.relative_to(PACKAGE)): path for path in files(PACKAGE, ".py")}


def test_no_module_runs_what_it_reads() -> None:
    found = {
        f"{name}: {module}"
        for name, tree in modules().items()
        for module in _imports(tree)
        if {module, module.partition(".")[0]} & FORBIDDEN_MODULES
    }
    assert found == set()


def test_nothing_runs_text_as_code() -> None:
    found = {
        f"{name}:{call.lineno} {verb}"
        for name, tree in modules().items()
        for verb, call in calls(tree)
        if verb in FORBIDDEN_CALLS or (verb in BUILT_IN and isinstance(call.func, ast.Name))
    }
    assert found == set()


def test_programs_are_started_in_one_place_and_never_by_a_shell() -> None:
    users = {name for name, tree in modules().items() if "subprocess" in set(_imports(tree))}
    shells = {
        name
        for name, tree in modules().items()
        for _verb, call in calls(tree)
        if any(word.arg == "shell" for word in call.keywords)
    }
    assert (users - PROGRAMS, shells) == (set(), set())


def test_whoever_waits_for_another_machine_says_how_long() -> None:
    endless = {
        f"{name}:{call.lineno} {verb}"
        for name, tree in modules().items()
        for verb, call in calls(tree)
        if verb in WAITING and not any(word.arg == "timeout" for word in call.keywords)
    }
    assert endless == set()


def test_nothing_is_trusted_that_was_not_trusted_before() -> None:
    found: dict[str, Counter[str]] = {}
    for name, path in SOURCES.items():
        for rules in re.findall(r"# noqa: ((?:[A-Z]+\d+[, ]*)+)", path.read_text()):
            for rule in set(re.findall(r"\bS\d+", rules)) - NAMES_ONLY:
                found.setdefault(rule, Counter())[name] += 1
    assert {rule: dict(counted) for rule, counted in found.items()} == SILENCED


def test_statements_get_values_as_parameters() -> None:
    guilty = {
        name
        for name, tree in modules().items()
        for verb, call in calls(tree)
        if verb in SQL and any(isinstance(each, ast.JoinedStr) for each in call.args)
    }
    assert guilty == PUT_TOGETHER


def test_nobody_is_sent_where_an_address_says_without_a_look_at_it() -> None:
    """What came as `next`, or from the referrer, passes safe_next() before anything else."""
    guilty = {
        f"{name}:{node.lineno}"
        for name, tree in modules().items()
        if name not in LOOKED_AT_LATER
        for node in _goes_where(tree)
    }
    assert guilty == set()


def test_only_what_writes_nothing_is_exempt_from_the_token() -> None:
    exempt = {
        name: [getattr(each, "id", "?") for each in call.args]
        for name, tree in modules().items()
        for verb, call in calls(tree)
        if verb == "exempt"
    }
    assert exempt == EXEMPT


def test_only_sanitised_html_is_put_into_pages_unescaped() -> None:
    found = {
        str(path.relative_to(TEMPLATES)): PUT_IN.findall(path.read_text())
        for path in files(TEMPLATES, ".html", ".xml", ".txt")
    }
    assert {name: each for name, each in found.items() if each} == MARKUP


@pytest.mark.parametrize("what", IN_TEMPLATES)
def test_no_template_has(what: str) -> None:
    pages = files(TEMPLATES, ".html", ".xml")
    assert [path.name for path in pages if IN_TEMPLATES[what].search(path.read_text())] == []


@pytest.mark.parametrize("what", IN_SCRIPTS)
def test_no_script_has(what: str) -> None:
    scripts = files(PACKAGE / "static" / "src" / "js", ".js")
    assert [path.name for path in scripts if IN_SCRIPTS[what].search(path.read_text())] == []


def test_html_is_put_into_pages_by_named_scripts_only() -> None:
    folder = PACKAGE / "static" / "src" / "js"
    found = {
        str(path.relative_to(folder))
        for path in files(folder, ".js")
        if re.search(r"innerHTML\s*=[^=]|insertAdjacentHTML|setHTMLUnsafe", path.read_text())
    }
    assert found - INSERTING == set()


def test_these_rules_see_what_they_are_about() -> None:
    bad = ast.parse(
        "redirect(request.args.get('next'))\nredirect(request.referrer)\nx = form.next.data\n"
        "redirect(safe_next(request.args.get('next')) or '/')\nForm(next=request.args.get('next'))"
    )
    assert {node.lineno for node in _goes_where(bad)} == {1, 2, 3}
    assert set(_imports(ast.parse("import os, pickle\nfrom xml.dom import minidom"))) == {
        "os", "pickle", "xml.dom",
    }  # fmt: skip
    assert (ROOT / "smartby").is_dir() and SOURCES


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module or ""


def _goes_where(tree: ast.AST) -> Iterator[ast.expr]:
    """Yield what says where to go and is led to, or kept to be led to, without a look at it."""
    for node in ast.walk(tree):
        leads = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "redirect"
        if leads or isinstance(node, ast.Assign):
            yield from _unlooked_at(node)


def _unlooked_at(tree: ast.AST) -> Iterator[ast.expr]:
    """Yield what says where to go, and is not an argument of safe_next()."""
    for node in ast.iter_child_nodes(tree):
        called = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
        if called == "safe_next" or called.endswith("Form"):  # a field: looked at when it is sent
            continue
        if isinstance(node, ast.expr) and _says_where(node):
            yield node
        else:
            yield from _unlooked_at(node)


def _says_where(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        first = node.args[0] if node.args else None
        asked = getattr(node.func, "attr", "") in {"get", "getlist", "pop"}
        return asked and isinstance(first, ast.Constant) and first.value == "next"
    if not isinstance(node, ast.Attribute):
        return False
    of_form = node.attr == "data" and getattr(node.value, "attr", "") == "next"
    return of_form or node.attr == "referrer"
