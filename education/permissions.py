"""What editors and reviewers may do at their desk under /cms/."""

from django.contrib.auth.models import Group, Permission

from education.models import ChecklistItem, Source, Topic, WarningSign, Week

EDITED = (Topic, Week, WarningSign, ChecklistItem, Source)
EDITORS, REVIEWERS = "Editors", "Reviewers"


def grant_editing() -> None:
    """Make the two groups with their rights; safe to run again."""
    names = [model._meta.model_name for model in EDITED]
    rights = Permission.objects.filter(
        content_type__app_label="education", content_type__model__in=names
    )
    rights = rights.exclude(codename__startswith="delete_")
    desk = Permission.objects.filter(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    for name in (EDITORS, REVIEWERS):
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set(rights | desk)
