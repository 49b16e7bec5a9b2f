from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tracker.actions import import_invitations as invite_all
from tracker.forms import ImportForm
from tracker.invitations_csv import COLUMNS, Unreadable, read_rows, template_file
from tracker.invitations_import import check_rows
from tracker.views.invitations import enrolment_page

SALT = "tracker.invitations.csv"
PREVIEW_SECONDS = 3600


@enrolment_page
@require_safe
def invitation_template(request):
    """The CSV file to start with."""
    response = HttpResponse(template_file(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="invitations.csv"'
    return response


@enrolment_page
@require_http_methods(["GET", "HEAD", "POST"])
def import_invitations(request):
    """Invite many from a CSV file: first a preview that stores nothing, then all or nothing."""
    if request.method == "POST" and "rows" in request.POST:
        return confirm_import(request)
    sent = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if sent else ImportForm()
    if sent and form.is_valid():
        try:
            return preview(request, form, read_rows(form.cleaned_data["file"]))
        except Unreadable as error:
            form.add_error("file", str(error))
    return render(request, "tracker/import_invitations.html", {"form": form, "columns": COLUMNS})


def preview(request, form, rows):
    """Show what each line would become; only a file without a mistake can be confirmed."""
    result = check_rows(rows, request.user.practice, request.user)
    lines = [line_of(each) for each in result.rows]
    wrong = [line for line in lines if line["problems"]]
    context = {
        "form": form,
        "columns": COLUMNS,
        "lines": wrong + [line for line in lines if not line["problems"]],
        "wrong": len(wrong),
        "right": len(lines) - len(wrong),
        # Signed for this person: what she confirms is what she saw, and nothing is stored meanwhile.
        "signed": "" if wrong else signing.dumps([request.user.pk, rows], salt=SALT, compress=True),
    }
    return render(request, "tracker/import_invitations.html", context)


def line_of(result) -> dict:
    """Return one line of the preview: its number, its person, and what is wrong with it."""
    problems = []
    if result.validation_error:
        problems = problems_of(result.validation_error)
    elif result.errors:
        problems = [("", _("This line cannot be read. Compare it with the template."))]
    return {
        "number": result.row_values.get("line"),
        "cells": [result.row_values.get(name, "") for name in COLUMNS],
        "invitation": result.instance,
        "problems": problems,
    }


def problems_of(error) -> list[tuple[str, str]]:
    """Return the column and the words of each mistake; the column is empty when it is the whole line."""
    if not hasattr(error, "error_dict"):
        return [("", words) for words in error.messages]
    found = error.message_dict
    return [(name, words) for name in COLUMNS if name in found for words in found[name]]


def confirm_import(request):
    """Check the lines once more and store them all, or show what is wrong by now."""
    try:
        owner, rows = signing.loads(request.POST["rows"], salt=SALT, max_age=PREVIEW_SECONDS)
    except signing.BadSignature:
        owner, rows = None, []
    if owner != request.user.pk:
        messages.info(request, _("The preview is older than an hour. Choose the file once more."))
        return redirect("import_invitations")
    made = invite_all(rows=rows, practice=request.user.practice, by=request.user)
    if made is None:
        messages.info(request, _("Something has changed since the preview. Nothing was stored."))
        return preview(request, ImportForm(), rows)
    words = _(
        "%(number)d invitations are ready. Mails go out within a minute; print the cards here."
    )
    messages.success(request, words % {"number": len(made)})
    since = min(each.invited_at for each in made).isoformat().replace("+00:00", "Z")
    return redirect(f"{reverse('invitation_cards')}?since={since}")
