"""The advice to a patient: decided here and now from the rules, and put into words.

Nothing in this module reads or writes the database beyond the pregnancy it is given.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from tracker.clinical.triage import Answers, Assessment, assess, strictest, urgency_of_rule
from tracker.enums import Symptom, Urgency
from tracker.models import Alert, Pregnancy, SymptomReport

logger = logging.getLogger(__name__)

HEADINGS = {
    Urgency.EMERGENCY: _("Go to the hospital now"),
    Urgency.URGENT: _("Call your care team now"),
    Urgency.CONTACT: _("Call your care team today"),
}


@dataclass
class Advice:
    """What a page shows for one assessment: level, symptoms (codes), rules that fired, and the words."""

    urgency: Urgency
    symptoms: frozenset[str]
    rules: tuple[str, ...] = ()
    version: str = ""

    @cached_property
    def tone(self) -> str:
        """Return crisis (thoughts of harm), mood or body.

        The hospital comes first when anything in the body is an emergency too.
        """
        emergencies = {code for code in self.rules if urgency_of_rule(code) == Urgency.EMERGENCY}
        if emergencies and all(code.startswith(Symptom.SELF_HARM) for code in emergencies):
            return "crisis"
        if Symptom.LOW_MOOD in self.symptoms and self.urgency == Urgency.CONTACT:
            return "mood"
        return "body"

    @property
    def code(self) -> str:
        return self.urgency.code

    @property
    def label(self) -> str:
        return str(self.urgency.label) if self.tone == "body" else _("You are not alone")

    @property
    def heading(self) -> str:
        return HEADINGS[self.urgency]

    @property
    def style(self) -> str:
        """Return the look: for mind and mood a quiet one, whatever the level."""
        return self.urgency.style if self.tone == "body" else Urgency.CONTACT.style

    @property
    def callout(self) -> str:
        """Return which callout of the report form belongs to it."""
        return "crisis" if self.tone == "crisis" else self.code

    @property
    def names_feelings(self) -> bool:
        """Tell whether the lines for mind and mood belong on the page."""
        return bool(self.symptoms & {Symptom.SELF_HARM, Symptom.LOW_MOOD})

    @property
    def is_hospital(self) -> bool:
        return self.urgency == Urgency.EMERGENCY and self.tone == "body"


def answers_for(pregnancy: Pregnancy | None, symptoms: Iterable[str]) -> Answers:
    """Return what the rules need to know; without a pregnancy the strictest reading of everything."""
    if pregnancy is None:
        return Answers(frozenset(symptoms), None, high_risk=True)
    return Answers(
        frozenset(symptoms),
        pregnancy.age.total_days if pregnancy.age else None,
        high_risk=pregnancy.is_high_risk,
        strict=pregnancy.practice.strict_reading,
    )


def assess_for(pregnancy: Pregnancy | None, symptoms: Iterable[str]) -> Assessment:
    """Return what to do. Never raises: if anything fails, the answer is the hospital."""
    try:
        return assess(answers_for(pregnancy, symptoms))
    except Exception:
        logger.exception("The rules failed; the strictest advice is shown.")
        return strictest()


def advice_of(assessment: Assessment, symptoms: Iterable[str]) -> Advice:
    return Advice(assessment.urgency, frozenset(symptoms), assessment.rules, assessment.version)


def advice_of_report(report: SymptomReport) -> Advice:
    """Return the advice a stored report was answered with."""
    return Advice(
        Urgency(report.urgency),
        frozenset(report.symptoms),
        tuple(report.rules),
        report.rules_version,
    )


def advice_of_alert(alert: Alert) -> Advice:
    """Return the advice that stands: the alert's level, over the symptoms of all its reports."""
    reports = alert.reports.all()
    symptoms = frozenset(code for report in reports for code in report.symptoms)
    rules = tuple(rule for report in reports for rule in report.rules)
    return Advice(alert.level, symptoms, rules)
