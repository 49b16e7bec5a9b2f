"""What is still asked and said after a pregnancy has ended: never of the baby, always of her."""

from django.utils.translation import gettext_lazy as _

from tracker.enums import Symptom
from tracker.models import Pregnancy

# Signs of birth and of the baby. Who is no longer pregnant is not asked about them.
BIRTH_SIGNS = frozenset(
    {
        Symptom.MOVE_STOP,
        Symptom.MOVE_LESS,
        Symptom.MOVE_NEVER,
        Symptom.CORD,
        Symptom.PUSH_URGE,
        Symptom.SHOW,
        Symptom.FLUID_GUSH,
        Symptom.FLUID_LEAK,
        Symptom.FLUID_COLOUR,
        Symptom.CONTRACT_REG,
        Symptom.CONTRACT_OCC,
        Symptom.STITCH_CONTRACT,
        Symptom.STITCH_FLUID,
        Symptom.STITCH_LABOUR,
    }
)
# Up to a year after pregnancy, medical care at once (fact B-01; the page of the CDC it names, CDCMAT,
# adds heavy bleeding and smelly fluid after pregnancy).
AFTER_PREGNANCY = [
    _("Heavy bleeding, or fluid that smells bad"),
    _("Very bad belly pain that does not go away"),
    _("Fever of 100.4 °F (38 °C) or more"),
    _("Trouble breathing"),
    _("Chest pain, or a fast heartbeat"),
    _("Fainting, or feeling dizzy"),
    _("A very bad headache that does not go away, or gets worse"),
    _("Changes in how you see"),
    _("A lot of swelling of your face or hands"),
    _("One leg hurts, swells or is red"),
    _("Very bad nausea, and throwing up"),
    _("Very, very tired"),
    _("Thoughts about hurting yourself"),
]
AFTER_PREGNANCY_SOURCES = ["CDCMAT", "CDCPP", "HRSA"]
OTHER_WORDS = {Symptom.SELF_HARM.value: _("I think about hurting myself")}


def is_over(pregnancy: Pregnancy | None) -> bool:
    """Tell whether she is no longer pregnant; after a pause or a move she may still be."""
    return pregnancy is not None and pregnancy.aftermath in ("birth", "loss")


def label_for(pregnancy: Pregnancy | None, code: str, label: str) -> str:
    """Return the words of a sign; after a loss or a pause they do not name a baby."""
    if pregnancy is not None and pregnancy.aftermath in ("loss", "away"):
        return str(OTHER_WORDS.get(code, label))
    return label
