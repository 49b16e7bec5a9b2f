"""The agreements of the architecture, each as a test that says what to do instead."""

import ast
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parent.parent
APPS = ["accounts", "education", "tracker"]
# Below stands what it may import from the left: each layer knows only those before it.
TRACKER_LAYERS = [
    {"enums"},
    {"clinical"},
    {"models"},
    {"hazards", "advice", "escalation", "gateways", "push"},
    {"notifications"},
    {"outbox"},
    {"codes", "invitations", "invitations_csv", "invitations_import"},
    {
        "signs",
        "checklists",
        "reviews",
        "timelines",
        "worklists",
        "questions",
        "searches",
        "numbers",
        "aftermath",
        "endings",
        "openings",
        "stitches",
        "due_dates",
        "lengths",
        "logs",
        "records",
        "plans",
        "waits",
        "figures",
        "figures_csv",
    },
    {"actions"},
    {"access"},
    {"forms"},
    {"views"},
    {"urls", "middleware"},
]
PUBLIC = {
    "fridge",
    "glossary",
    "set_language",
    "start",
    "warning_signs",
    "search",
    "offline",
    "service_worker",
    "manifest",
    "healthz",
    "readyz",
    "enter_code",
    "join",
    "library",
    "week",
    "topic",
}
OUR_PREFIXES = ("accounts/", "cms/", "admin/")


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def sources(folder: str) -> list[Path]:
    return [path for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts]


def our_patterns() -> dict[str, URLPattern]:
    """Return our own addresses by name: not allauth's, Wagtail's or the admin's."""
    found = {}
    for entry in get_resolver().url_patterns:
        if isinstance(entry, URLResolver) and str(entry.pattern) in ("", "/"):
            found |= {
                each.name: each for each in entry.url_patterns if isinstance(each, URLPattern)
            }
    return found


@pytest.mark.parametrize("app", APPS)
def test_imports_point_one_way(app):
    later = APPS[APPS.index(app) + 1 :]
    wrong = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sources(app)
        for name in imports_of(path)
        if name.split(".")[0] in later
    }
    assert not wrong, f"accounts <- education <- tracker. Move the code to the later app: {wrong}"


def test_nothing_imports_the_project_folder():
    wrong = {
        path.name
        for app in APPS
        for path in sources(app)
        for name in imports_of(path)
        if name.split(".")[0] == "project"
    }
    assert not wrong, f"Use django.conf.settings: {wrong}"


def test_tracker_layers_point_downwards():
    rank = {name: number for number, names in enumerate(TRACKER_LAYERS) for name in names}
    wrong = set()
    for path in sources("tracker"):
        own = path.relative_to(ROOT / "tracker").parts[0].removesuffix(".py")
        for name in imports_of(path):
            parts = name.split(".")
            other = parts[1] if parts[0] == "tracker" and len(parts) > 1 else None
            if own in rank and other in rank and rank[other] > rank[own]:
                wrong.add(f"tracker.{own} imports tracker.{other}")
    assert not wrong, f"Layers point downwards only: {wrong}"


def test_clinical_rules_import_only_the_standard_library_and_enums():
    allowed = {"collections", "dataclasses", "datetime", "enum", "functools", "typing"}
    wrong = {
        f"{path.name} imports {name}"
        for path in sources("tracker/clinical")
        for name in imports_of(path)
        if name.split(".")[0] not in allowed
        and not name.startswith(("tracker.clinical", "tracker.enums"))
    }
    assert not wrong


def test_no_import_hides_inside_a_function():
    hidden = {
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for app in APPS
        for path in sources(app)
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, (ast.Import, ast.ImportFrom))
    }
    assert not hidden, f"The code stands in the wrong place if it needs this: {hidden}"


def test_education_knows_no_patient():
    words = re.compile(r"\b(pregnancy|patient)\b")
    wrong = [
        str(path)
        for path in sources("education")
        for name in imports_of(path)
        if words.search(name)
    ]
    assert not wrong


def test_every_page_is_guarded_unless_it_is_on_the_public_list():
    opened = {
        name
        for name, pattern in our_patterns().items()
        if not getattr(pattern.callback, "login_required", True)
    }
    assert opened == PUBLIC


def test_every_closed_page_names_its_roles():
    nameless = {
        name
        for name, pattern in our_patterns().items()
        if name not in PUBLIC and not hasattr(pattern.callback, "roles")
    }
    assert not nameless, f"Add @role_required(...): {nameless}"


def test_address_view_and_template_share_one_name():
    answers_without_a_page = {
        "set_language",
        "discuss_length",
        "join_team",
        "leave_team",
        "healthz",
        "readyz",
        "acknowledge_alert",
        "resolve_alert",
        "reopen_alert",
        "push_subscription",
        "resend_invitation",
        "withdraw_invitation",
        "invitation_template",
        "answer_transfer",
        "service_worker",
        "manifest",
        "undo_end",
        "undo_recorded_end",
        "ask_question",
        "answer_teach_back",
        "withdraw_question",
        "take_back_mark",
        "practice_show_topic",
        "hide_item",
        "show_item",
        "figures_csv",
    }
    for name, pattern in our_patterns().items():
        assert pattern.callback.__name__ == name
        if name not in answers_without_a_page:
            app = pattern.callback.__module__.split(".")[0]
            assert (ROOT / "templates" / app / f"{name}.html").exists(), (
                f"{name} has no template of its name"
            )


def test_private_addresses_carry_uuids_never_counted_numbers():
    numbered = [
        str(each.pattern) for each in our_patterns().values() if "<int:" in str(each.pattern)
    ]
    assert numbered == ["learn/weeks/<int:number>/"]


def test_no_folder_is_a_drawer():
    drawers = {"utils", "helpers", "services", "signals", "core"}
    assert not {path.stem for app in APPS for path in sources(app)} & drawers


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_template_has_no_inline_style_or_script(path):
    assert not re.search(
        r"\sstyle=|<script\b(?![^>]*\bsrc=)|\son[a-z]+=|\|safe\b", path.read_text()
    )


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_template_text_is_marked_for_translation(path):
    text = re.sub(
        r"{%\s*blocktranslate.*?endblocktranslate\s*%}|{#.*?#}|{%\s*comment.*?endcomment\s*%}"
        r"|{% block (?:body_class|main_attributes) %}.*?{% endblock %}",
        "",
        path.read_text(),
        flags=re.S,
    )
    text = re.sub(r"<(style|script|code)\b.*?</\1>", "", text, flags=re.S)
    text = re.sub(r"{%.*?%}|{{.*?}}|<[^>]*>|&\w+;", "", text, flags=re.S)
    words = set(re.findall(r"[A-Za-z]{2,}", text)) - {"Cinta"}
    assert not words, f"Put these into {{% translate %}}: {words}"


def test_nothing_reads_from_outside_the_project():
    outside = [
        path
        for app in (*APPS, "project", "tests")
        for path in sources(app)
        if "../" + "shared" in path.read_text()
    ]
    assert not outside
