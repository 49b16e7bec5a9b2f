"""The lists of the desk: how each text stands, who answers for it, and when it is due."""

from functools import cached_property

import django_filters
from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, LiveStatusTagColumn
from wagtail.models import Revision, WorkflowState
from wagtail.snippets.views.snippets import IndexView

from education.actions import HARDEST
from education.standing import with_their_standing

STANDINGS = [
    ("waiting", _("Waits for a clinician")),
    ("sent_back", _("Sent back to its editor")),
    ("never", _("Never checked")),
    ("overdue", _("Due to be looked at again")),
]


class StandingFilter(WagtailFilterSet):
    """Narrow a list to what needs somebody."""

    standing = django_filters.ChoiceFilter(
        label=_("Standing"), choices=STANDINGS, method="narrow", empty_label=_("All")
    )

    def narrow(self, texts, name, value):
        if value == "never":
            return texts.filter(approval=None)
        if value == "overdue":
            return texts.filter(live=True, review_by__lt=timezone.localdate())
        status = {"waiting": "in_progress", "sent_back": "needs_changes"}[value]
        return texts.filter(Exists(reviews_of(texts.model).filter(status=status)))


def reviews_of(model):
    """Return the reviews of the text of the outer query."""
    return WorkflowState.objects.filter(
        base_content_type__app_label=model._meta.app_label,
        base_content_type__model=model._meta.model_name,
        object_id=Cast(OuterRef("pk"), CharField()),
    )


def filters_for(model, *fields: str):
    """Return the filters of one kind of text: how it stands, and what else is named."""
    meta = type("Meta", (), {"model": model, "fields": list(fields)})
    return type(f"{model.__name__}Filters", (StandingFilter,), {"Meta": meta})


def standing_of(text) -> str:
    """Say in a few words how a text stands; a draft beside live words is said too."""
    said = [gettext("Patients read it") if text.live else gettext("Not shown")]
    if text.standing.waits_since:
        said.append(gettext("new words wait for a clinician"))
    elif text.standing.sent_back:
        said.append(gettext("sent back to its editor"))
    elif text.planned_for:
        said.append(
            gettext("planned for %(day)s")
            % {"day": date_format(timezone.localtime(text.planned_for))}
        )
    elif text.standing.withdrawn:
        said.append(gettext("withdrawn"))
    elif text.standing.is_draft:
        said.append(gettext("draft"))
    return "; ".join(said)


def checked_by(text) -> str:
    """Say who checked the words patients read, and when."""
    if text.approval is None:
        return gettext("Nobody yet")
    return f"{text.approval.reviewer}, {date_format(timezone.localtime(text.approval.approved_at))}"


def due(text) -> str:
    """Return by when it is looked at again; a day that has passed is named as overdue."""
    day = date_format(text.review_by)
    late = text.live and text.review_by < timezone.localdate()
    return gettext("Overdue: %(day)s") % {"day": day} if late else day


def grade_of(text) -> str:
    grade = f"{text.grade:.1f}"
    return gettext("%(grade)s: too hard") % {"grade": grade} if text.grade > HARDEST else grade


def weeks_of(text) -> str:
    """Return the weeks a text is for, as few words as there are."""
    return f"{text.week_from}–{text.week_to}"


WEEKS = Column("weeks", label=_("Weeks"), accessor=weeks_of, sort_key="week_from")
STANDING = Column("standing", label=_("Standing"), accessor=standing_of)
CHECKED = Column("checked", label=_("Checked by"), accessor=checked_by)
DUE = Column("review_by", label=_("Look again by"), accessor=due, sort_key="review_by")
GRADE = Column("grade", label=_("Grade"), accessor=grade_of)
EACH = [STANDING, CHECKED, DUE]


class TextsView(IndexView):
    """A list of texts; the same number of queries however many they are."""

    def setup(self, *args, **kwargs):
        super().setup(*args, **kwargs)
        # Our own column says more than Wagtail's "live + draft", and asks once for all rows.
        self.list_display = [
            column for column in self.list_display if not isinstance(column, LiveStatusTagColumn)
        ]

    @cached_property
    def columns(self):
        """Leave out the boxes for acting on many texts at once: nothing here is done to many."""
        return [each for each in super().columns if not isinstance(each, BulkActionsCheckboxColumn)]

    def get_base_queryset(self):
        return super().get_base_queryset().select_related("approval__reviewer", "latest_revision")

    def get_table(self, object_list):
        return super().get_table(with_their_plans(with_their_standing(object_list)))


def with_their_plans(texts: list) -> list:
    """Return texts of one kind, each with the time its approved words go live, or None."""
    if texts:
        revisions = Revision.objects.filter(
            approved_go_live_at__isnull=False,
            base_content_type=texts[0].get_base_content_type(),
            object_id__in=[str(text.pk) for text in texts],
        )
        plans = dict(revisions.values_list("object_id", "approved_go_live_at"))
        for text in texts:
            text.planned_for = plans.get(str(text.pk))
    return texts
