"""The words of the record: every fixed choice, named as staff speak."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Urgency(models.IntegerChoices):
    """What a patient is told to do. There is nothing below CONTACT: no answer of Cinta reassures."""

    CONTACT = 1, _("Call today")
    URGENT = 2, _("Call now")
    EMERGENCY = 3, _("Emergency")

    @property
    def code(self) -> str:
        """Return the value of ``data-urgency``: contact, urgent or emergency."""
        return self.name.lower()

    @property
    def style(self) -> str:
        """Return the ending of the CSS class: today, now or em."""
        return {1: "today", 2: "now", 3: "em"}[self]


class DatingMethod(models.TextChoices):
    """How the due date was found."""

    LMP = "lmp", _("Last period")
    CONCEPTION = "conception", _("Conception date")
    IVF = "ivf", _("IVF transfer")
    ULTRASOUND = "ultrasound", _("Ultrasound")
    STATED = "stated", _("Due date as stated")


class CerclageIndication(models.TextChoices):
    """Why a stitch was placed."""

    HISTORY = "history", _("History")
    ULTRASOUND = "ultrasound", _("Ultrasound")
    EXAM = "exam", _("Exam")
    ABDOMINAL = "abdominal", _("Abdominal")


class RemovalReason(models.TextChoices):
    """Why a stitch came out."""

    PLANNED = "planned", _("Planned removal")
    LABOR = "labor", _("Labor or contractions")
    WATERS = "waters", _("Waters broke")
    INFECTION = "infection", _("Signs of infection")
    BLEEDING = "bleeding", _("Bleeding")
    SLIPPED = "slipped", _("Slipped or failed")
    LOSS = "loss", _("Pregnancy loss")
    OTHER = "other", _("Other")


class PregnancyEnd(models.TextChoices):
    """How a pregnancy ended, or that she wants no more of Cinta for now. No reason is asked for a pause."""

    BIRTH = "birth", _("Birth")
    MISCARRIAGE = "miscarriage", _("Miscarriage")
    STILLBIRTH = "stillbirth", _("Stillbirth")
    TERMINATION = "termination", _("Termination")
    MOVED = "moved", _("Moved away")
    PAUSED = "paused", _("Paused, no reason asked")

    @property
    def aftermath(self) -> str:
        """Return what it leaves her in: birth, loss, or away (she may still be pregnant)."""
        if self == PregnancyEnd.BIRTH:
            return "birth"
        return "away" if self in (PregnancyEnd.MOVED, PregnancyEnd.PAUSED) else "loss"

    @property
    def for_her(self) -> str:
        """Return it in her own words, as she taps it."""
        words = {
            "birth": _("My baby was born"),
            "miscarriage": _("I lost my pregnancy"),
            "stillbirth": _("My baby died before or at birth"),
            "termination": _("The pregnancy was ended"),
            "moved": _("I am moving to another clinic"),
            "paused": _("Pause Cinta. No reason needed."),
        }
        return str(words[self.value])


class ReviewOutcome(models.TextChoices):
    """What became of one checklist item at a visit."""

    DONE = "done", _("Done")
    NOT_DONE = "not_done", _("Not done")


class NotDone(models.TextChoices):
    """Why an item was not gone over."""

    NO_TIME = "no_time", _("No time left")
    TOO_MUCH = "too_much", _("Too much for one day")
    SHE_WAITS = "she_waits", _("She wants to wait")
    INTERPRETER = "interpreter", _("No interpreter there")
    NOT_FOR_HER = "not_for_her", _("Not for her")
    OTHER = "other", _("Other")


class AlertOutcome(models.TextChoices):
    """How a person closed an alert."""

    REACHED = "reached", _("Reached her: advice given")
    HOSPITAL = "hospital", _("Reached her: sent to hospital")
    SEEN = "seen", _("Seen in clinic")
    NO_ANSWER = "no_answer", _("Could not reach her")
    MISTAKE = "mistake", _("Entered by mistake")

    @property
    def for_her(self) -> str:
        """Return what the patient reads about it. Closed is never "all is well"."""
        words = {
            "reached": _("You talked with your care team."),
            "hospital": _("You were told to go to the hospital."),
            "seen": _("You were seen in the clinic."),
            "no_answer": _("They could not reach you. Please call them."),
            "mistake": _("It was entered by mistake. If you do feel it, tell us again or call."),
        }
        return str(words[self.value])


class AlertEventKind(models.TextChoices):
    """The steps in the life of an alert."""

    RAISED = "raised", _("Raised")
    REPEATED = "repeated", _("Reported again")
    REASSESSED = "reassessed", _("More urgent by a new due date")
    TOLD = "told", _("Message sent")
    NOT_TOLD = "not_told", _("Message not delivered")
    NOBODY = "nobody", _("Nobody there to tell")
    SEEN = "seen", _("Opened")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    WENT_QUIET = "went_quiet", _("Acknowledged, then quiet: raised again")
    GONE = "gone", _("She answered: it is gone")
    RESOLVED = "resolved", _("Resolved")
    REOPENED = "reopened", _("Opened again")
    TRANSFERRED = "transferred", _("Handed over to another practice")
    LEFT = "left", _("Whoever had it left: raised again")


class Tells(models.TextChoices):
    """Whom one step of an escalation tells."""

    FIRST = "first", _("First on call")
    SECOND = "second", _("Second on call")
    THIRD = "third", _("Third on call")
    LEAD = "lead", _("Practice lead")
    EVERYONE = "everyone", _("Every provider and the lead")


class Channel(models.TextChoices):
    """How a message leaves Cinta."""

    EMAIL = "email", _("E-mail")
    PUSH = "push", _("Browser notification")
    SMS = "sms", _("Text message")
    VOICE = "voice", _("Automatic call")


class MessageState(models.TextChoices):
    """Where a message stands. Only WAITING is still to be sent."""

    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Accepted for delivery")
    FAILED = "failed", _("Not delivered")
    WITHDRAWN = "withdrawn", _("No longer needed")


class FollowUpAnswer(models.TextChoices):
    """What became of the question "is it still there?"."""

    STILL = "still", _("Still there")
    GONE = "gone", _("Gone")
    OVERTAKEN = "overtaken", _("Overtaken by a newer report")
    ENDED = "ended", _("No longer asked")


class MarkKind(models.TextChoices):
    """What happened to one checklist item of one patient."""

    READ = "read", _("Read by the patient")
    REVIEWED = "reviewed", _("Reviewed with patient")
    TEACH_BACK = "teach_back", _("Teach-back confirmed")


class Started(models.TextChoices):
    """When a symptom began, in the patient's words."""

    NOW = "now", _("Just now")
    TODAY = "today", _("Today")
    YESTERDAY = "yesterday", _("Yesterday")
    BEFORE = "before", _("Before that")


class Symptom(models.TextChoices):
    """Every symptom the rules know, with its clinical label for staff."""

    BLEED_LIGHT = "BLEED_LIGHT", _("A little vaginal bleeding or spotting")
    BLEED_HEAVY = "BLEED_HEAVY", _("Heavy vaginal bleeding, clots, or soaking through")
    PELVIC_PRESSURE = "PELVIC_PRESSURE", _("Pressure or heaviness low in the pelvis")
    DISCHARGE_CHANGE = (
        "DISCHARGE_CHANGE",
        _("Discharge that changes: pink, tan, watery, or much more"),
    )
    DISCHARGE_MUCUS = "DISCHARGE_MUCUS", _("Mucus-like discharge")
    BACK_PAIN = "BACK_PAIN", _("New or different low back pain")
    ABDO_CRAMP = "ABDO_CRAMP", _("Belly pain or period-like cramps")
    URINE_OFTEN = "URINE_OFTEN", _("Needing to pee more often than usual")
    FLUID_GUSH = "FLUID_GUSH", _("Gush of warm or watery fluid")
    FLUID_LEAK = "FLUID_LEAK", _("Trickle, dampness or steady leak")
    FLUID_COLOUR = "FLUID_COLOUR", _("Waters that are green, brown or bloody")
    BULGE = "BULGE", _("Feeling something bulge or come down in the vagina")
    CORD = "CORD", _("Cord felt or seen in the vagina")
    PUSH_URGE = "PUSH_URGE", _("Urge to push, or baby head visible")
    CONTRACT_REG = (
        "CONTRACT_REG",
        _("Regular contractions or tightenings (every 10 min, or 6 or more in an hour)"),
    )
    CONTRACT_OCC = "CONTRACT_OCC", _("Occasional tightenings that ease with rest")
    SHOW = "SHOW", _("Pink, brown or blood-streaked jelly-like plug")
    DIARRHOEA_CRAMP = "DIARRHOEA_CRAMP", _("Gut cramps with or without diarrhoea")
    TISSUE = "TISSUE", _("Passing tissue or clots")
    ECTOPIC = "ECTOPIC", _("Sudden sharp belly pain with faintness, paleness or shoulder-tip pain")
    PAIN_ONE_SIDE = "PAIN_ONE_SIDE", _("Steady one-sided low belly pain")
    ABDO_SEVERE = "ABDO_SEVERE", _("Severe belly pain that does not go away")
    PAIN_UPPER = "PAIN_UPPER", _("Pain under the ribs or upper right belly")
    HEADACHE_SEVERE = "HEADACHE_SEVERE", _("Severe, sudden, or not-going-away headache")
    VISION = "VISION", _("Blurred, flashing or lost vision")
    SWELL_FACE_HANDS = "SWELL_FACE_HANDS", _("Sudden or extreme swelling of face or hands")
    BP_VERY_HIGH = "BP_VERY_HIGH", _("Home blood pressure over 160 or over 110")
    BP_HIGH = "BP_HIGH", _("Home blood pressure 140/90 to 160/110")
    URINE_LOW = "URINE_LOW", _("Peeing very little or very dark")
    DIZZY = "DIZZY", _("Dizziness")
    FAINT = "FAINT", _("Fainting or passing out")
    CONFUSION = "CONFUSION", _("Sudden confusion or disorientation")
    SEIZURE = "SEIZURE", _("Seizure or fit")
    BREATHLESS = "BREATHLESS", _("Trouble breathing")
    CHEST_PAIN = "CHEST_PAIN", _("Chest pain or tightness")
    HEART_FAST = "HEART_FAST", _("Fast or pounding heartbeat")
    COUGH_BLOOD = "COUGH_BLOOD", _("Coughing blood")
    LEG_CLOT = "LEG_CLOT", _("One leg swollen, painful, warm or red")
    FEVER_38 = "FEVER_38", _("Fever of 38 C (100.4 F) or more, or chills")
    FEVER_PLUS = (
        "FEVER_PLUS",
        _("Fever with leaking fluid, bleeding, smelly discharge, or tender belly"),
    )
    TEMP_375 = "TEMP_375", _("Temperature 37.5 to 38 C")
    VOMIT_SEVERE = "VOMIT_SEVERE", _("Vomiting with no fluids kept down, beyond morning sickness")
    EXHAUSTION = "EXHAUSTION", _("Overwhelming tiredness or sudden weakness")
    MOVE_STOP = "MOVE_STOP", _("Baby stopped moving")
    MOVE_LESS = "MOVE_LESS", _("Baby moving less, or pattern changed")
    MOVE_NEVER = "MOVE_NEVER", _("No movement ever felt")
    SELF_HARM = "SELF_HARM", _("Thoughts of harming yourself or the baby")
    LOW_MOOD = "LOW_MOOD", _("Very sad, anxious or not coping most days")
    DISCHARGE_INFECT = "DISCHARGE_INFECT", _("Smelly, green or yellow, or itchy discharge")
    PEE_PAIN = "PEE_PAIN", _("Burning or pain when peeing")
    UTI_PLUS = "UTI_PLUS", _("Painful peeing with fever, back or belly pain")
    ITCH = "ITCH", _("Severe itching")
    FALL = "FALL", _("Fall, car crash or blow to the belly")
    FEELS_WRONG = "FEELS_WRONG", _("Something does not feel right")
    STITCH_CONTRACT = "STITCH_CONTRACT", _("With a stitch: contractions or tightenings")
    STITCH_PAIN = "STITCH_PAIN", _("With a stitch: low belly or back pain (beyond the first days)")
    STITCH_FLUID = "STITCH_FLUID", _("With a stitch: clear fluid from the vagina")
    STITCH_BLEED = "STITCH_BLEED", _("With a stitch: bleeding like a period or more")
    STITCH_SPOT = (
        "STITCH_SPOT",
        _("With a stitch: light spotting or more discharge in the first few days"),
    )
    STITCH_FEVER = "STITCH_FEVER", _("With a stitch: fever or chills")
    STITCH_PUS = "STITCH_PUS", _("With a stitch: pus or bad-smelling discharge")
    STITCH_PEE = "STITCH_PEE", _("With a stitch: trouble passing urine")
    STITCH_VOMIT = "STITCH_VOMIT", _("With a stitch: nausea or vomiting")
    STITCH_LABOUR = "STITCH_LABOUR", _("With a stitch not yet removed: any labour sign")
