"""Who may do what at the editors' desk under /cms/."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Workflow, WorkflowContentType, WorkflowTask
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.models import User
from education.models import (
    ChecklistItem,
    ClinicalReview,
    OwnParagraph,
    ReviewedText,
    Source,
    Term,
    Topic,
    WarningSign,
    Week,
)

REVIEWED = (Topic, Week, WarningSign, ChecklistItem, Term, Source, OwnParagraph)
EDITORS, REVIEWERS = "Editors", "Reviewers"
NOT_GRANTED = ("delete_", "publish_")


def prepare_desk() -> None:
    """Make the two groups with their rights and the one review all texts pass; safe to run again."""
    names = [model._meta.model_name for model in REVIEWED]
    rights = Permission.objects.filter(
        content_type__app_label="education", content_type__model__in=names
    )
    for prefix in NOT_GRANTED:
        rights = rights.exclude(codename__startswith=prefix)
    desk = Permission.objects.filter(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    for name in (EDITORS, REVIEWERS):
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set(rights | desk)
        # Wagtail's own group "Editors" may write pages and upload images; this site has neither.
        group.page_permissions.all().delete()
        group.collection_permissions.all().delete()
    prepare_review()


def prepare_review() -> None:
    """Make the workflow "Clinical review" and let every kind of text pass it."""
    task, _ = ClinicalReview.objects.get_or_create(name="Clinical review")
    task.groups.set(Group.objects.filter(name=REVIEWERS))
    workflow, _ = Workflow.objects.get_or_create(name="Clinical review")
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    for model in REVIEWED:
        WorkflowContentType.objects.update_or_create(
            content_type=ContentType.objects.get_for_model(model), defaults={"workflow": workflow}
        )


def is_reviewer(user: User) -> bool:
    """Tell whether a person reviews as a clinician. Being an operator of the site does not make one."""
    return user.is_active and user.groups.filter(name=REVIEWERS).exists()


def reviewers() -> list[User]:
    """Return everyone who reviews as a clinician."""
    return list(User.objects.filter(is_active=True, groups__name=REVIEWERS))


def may_review(user: User, text: ReviewedText) -> bool:
    """Tell whether a person may review a text."""
    return is_reviewer(user) and in_reach(user, text)


def in_reach(user: User, text: ReviewedText) -> bool:
    """Tell whether a text is the library's, of a reviewer's own practice, or she belongs to no practice."""
    practice = getattr(text, "practice_id", None)
    return practice is None or user.practice_id in (None, practice)


class ReviewedPolicy(ModelPermissionPolicy):
    """Nobody publishes or deletes by hand, not even an operator; a reviewer may take a text back."""

    def user_has_permission(self, user, action):
        if action in ("publish", "delete"):
            return False
        if action == "withdraw":
            return is_reviewer(user)
        return super().user_has_permission(user, action)


def works_at_the_desk(user: User) -> bool:
    """Tell whether a person edits or reviews."""
    return user.is_active and user.groups.filter(name__in=[EDITORS, REVIEWERS]).exists()
