from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from education.models.lesson import TimedLesson
from education.models.reviewed import text_field
from education.models.topics import Topic


class ChecklistItem(TimedLesson):
    """One thing a patient should know, with the question her nurse asks about it."""

    slug = models.SlugField(_("address"), max_length=80)
    title = models.CharField(_("title"), max_length=120)
    text = text_field(_("text"))
    topic = models.ForeignKey(
        Topic,
        verbose_name=_("lesson"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="items",
    )
    teach_back = models.CharField(
        _("teach-back"),
        max_length=300,
        help_text=_("What staff ask, for the patient to answer in her own words."),
    )

    content_fields = (
        "title", "text", "audience", "week_from", "week_to", "order", "topic_slug", "teach_back", "questions_content", "facts",
    )  # fmt: skip

    @property
    def topic_slug(self) -> str:
        return self.topic.slug if self.topic else ""

    def content(self) -> dict:
        """Return what an editor may change. Without questions it has the fingerprint of a time before there were any."""
        content = super().content()
        if not content["questions_content"]:
            del content["questions_content"]
        return content

    @property
    def questions_content(self) -> list[dict[str, str]]:
        """Return the words of its teach-back questions, in order."""
        return [question.words for question in self.questions.all()]


class TeachBackQuestion(Orderable):
    """One question a patient answers about an item. Its feedback teaches; there is no score."""

    item = ParentalKey(ChecklistItem, on_delete=models.CASCADE, related_name="questions")
    ask = models.CharField(_("question"), max_length=200)
    right = models.CharField(_("answer that fits"), max_length=200)
    other = models.CharField(_("another answer"), max_length=200)
    third = models.CharField(_("one more answer"), max_length=200, blank=True)
    feedback = models.CharField(
        _("feedback"),
        max_length=300,
        help_text=_("Shown after any answer. It says what is right, and why."),
    )

    WORDS = ("ask", "right", "other", "third", "feedback")

    class Meta(Orderable.Meta):
        verbose_name = _("teach-back question")

    def __str__(self):
        return self.ask

    @property
    def words(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in self.WORDS}
