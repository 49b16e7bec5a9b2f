from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.models import Role
from tracker.models import WorkerBeat

START_PAGES = {
    Role.PATIENT: "today",
    Role.PROVIDER: "worklist",
    Role.MANAGER: "practice",
    Role.EDITOR: "wagtailadmin_home",
    Role.REVIEWER: "wagtailadmin_home",
}


@login_not_required
@require_safe
def start(request):
    """The front door: what Cinta is; people who are signed in go to their own first page."""
    if not request.user.is_authenticated:
        return render(request, "tracker/start.html")
    user = request.user
    # Whoever runs the site signs in as a manager of no practice.
    if user.role == Role.MANAGER and user.practice is None:
        return redirect("library")
    return redirect(START_PAGES.get(user.role, "library"))


@login_not_required
@require_safe
def healthz(request):
    """Tell that this process answers."""
    return JsonResponse({"status": "up"})


@login_not_required
@require_safe
def readyz(request):
    """Tell whether the database, its migrations and the task worker are up; 503 when one is not."""
    checks = {"database": False, "migrations": False, "worker": False}
    try:
        executor = MigrationExecutor(connection)
        checks["database"] = True
        checks["migrations"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        checks["worker"] = WorkerBeat.is_alive()
    except DatabaseError:
        pass
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)
