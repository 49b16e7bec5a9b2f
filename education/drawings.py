"""The drawings a lesson can carry: their names, captions and words.

What each looks like is in templates/components/drawings/, one file to a name.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Drawing(models.TextChoices):
    """The name of a drawing, and its caption."""

    NONE = "none", _("No drawing")
    CLOSED = "closed", _("Cervix long and closed")
    SHORT = "short", _("Cervix short and closed")
    OPEN = "open", _("Cervix short and opening")
    CHANGES = "changes", _("How the cervix can change")
    STITCH = "stitch", _("Cervix held by a stitch")
    STITCH_BELOW = "stitch_below", _("The stitch is like a drawstring")
    STITCH_SIDE = "stitch_side", _("Where the stitch sits")
    STITCH_HIGH = "stitch_high", _("A stitch placed through the belly")
    STITCH_OUT = "stitch_out", _("How the stitch comes out")
    SCAN = "scan", _("Scan of the cervix")
    MEDICINE = "medicine", _("A stitch, or a medicine")
    WATERS = "waters", _("The color of the fluid")
    BLOOD = "blood", _("How much blood is on the pad")
    TIGHTENINGS = "tightenings", _("Tightenings in a pattern")
    FEVER = "fever", _("Fever")
    BLOOD_PRESSURE = "blood_pressure", _("The 2 numbers of blood pressure")
    MOVEMENTS = "movements", _("Feeling your baby move")
    SIDE_SLEEP = "side_sleep", _("Going to sleep on your side")
    DAILY_LIFE = "daily_life", _("Moving and resting")
    CALL = "call", _("A call at any hour")
    RIDE = "ride", _("Your way to the hospital")
    TALK = "talk", _("Telling your story")
    MOOD = "mood", _("Saying how you feel")
    VISITS = "visits", _("Visits and vaccines")
    DUE_DATE = "due_date", _("How your due date is counted")
    EARLY_WEEKS = "early_weeks", _("Which weeks are early")
    TWINS = "twins", _("More than one baby")
    BOOK = "book", _("Lessons and questions")


# Read below the caption, by everyone: what the drawing shows, for those who cannot see it, and what to make of it.
WORDS = {
    Drawing.CLOSED: _(
        "The womb from the front, with the bag of water in it. The cervix, the neck of the womb,"
        " is long, and the line down its middle is shut."
    ),
    Drawing.SHORT: _(
        "The womb from the front. The cervix, the neck of the womb, is short."
        " The line down its middle is shut."
    ),
    Drawing.OPEN: _(
        "The womb from the front. The cervix, the neck of the womb, is short and open."
        " The bag of water presses down and bulges through it."
    ),
    Drawing.CHANGES: _(
        "The cervix 3 times, side by side: long and closed, then short, then opening"
        " with the bag of water in the gap. This can happen with no pain."
    ),
    Drawing.STITCH: _(
        "The womb from the front. A thread goes around the cervix, the neck of the womb,"
        " and is tied in a knot. It helps hold the cervix shut."
    ),
    Drawing.STITCH_BELOW: _(
        "The cervix seen from the vagina, as a round disk with a small opening."
        " The thread runs in and out around it, like the string of a bag, and ends in a knot."
    ),
    Drawing.STITCH_SIDE: _(
        "The body cut through and seen from the side. The vagina leads up to the cervix,"
        " the neck of the womb. The stitch goes around the cervix, at the top of the vagina."
    ),
    Drawing.STITCH_HIGH: _(
        "The womb from the front. The thread goes around the top of the cervix,"
        " where it meets the womb. This stitch is put in through the belly."
    ),
    Drawing.STITCH_OUT: _(
        "The cervix seen from the vagina. Scissors cut the thread, and the thread is drawn out."
        " The stitch has to come out before you give birth."
    ),
    Drawing.SCAN: _(
        "A probe in the vagina points up at the cervix. A line marks the part that is closed."
        " In the middle of pregnancy, 25 mm or less is called short."
    ),
    Drawing.MEDICINE: _(
        "On the left, a thread around the cervix. On the right, a medicine."
        " Ask your care team which fits you."
    ),
    Drawing.WATERS: _(
        "A pad with fluid on it, and 4 colors with their names: clear, pink, green and brown."
        " Look at the color, and go to the hospital now with any leak."
    ),
    Drawing.BLOOD: _(
        "3 pads side by side: a few spots, a streak, and a pad that is wet with blood."
        " Call right away for any blood. If you bleed a lot, go to the hospital now."
    ),
    Drawing.TIGHTENINGS: _(
        "A line goes up 6 times in 1 hour, once every 10 minutes."
        " Before 37 weeks, a pattern like this means the hospital now."
    ),
    Drawing.FEVER: _(
        "A thermometer shows 100.4 °F, which is 38 °C. At this number or more, call right away."
    ),
    Drawing.BLOOD_PRESSURE: _(
        "A cuff is around the arm. A screen has 2 places for numbers, one on top and one below."
        " Write down both, and the time."
    ),
    Drawing.MOVEMENTS: _(
        "A hand lies on the belly, and small waves stand for what it feels. If the movements slow"
        " or change, call right away. From week 24, if they stop, go to the hospital now."
    ),
    Drawing.SIDE_SLEEP: _(
        "A person lies on one side in bed. One pillow is under the head, one is behind the back,"
        " and one is between the knees. Go to sleep like this from 28 weeks."
    ),
    Drawing.DAILY_LIFE: _(
        "One person walks, and one person sits and rests."
        " Ask your care team before you change what you do."
    ),
    Drawing.CALL: _(
        "A phone, and a clock beside it. If something changes, call right away, day or night."
    ),
    Drawing.RIDE: _(
        "A car is on the road from a home to a hospital. Plan your ride by day and by night."
    ),
    Drawing.TALK: _(
        "2 people talk. Tell us about past losses, early births and any work on your cervix."
        " Ask us all that you want to know."
    ),
    Drawing.MOOD: _(
        "A heart in a speech bubble, and the moon. If it gets heavy, tell us, day or night."
    ),
    Drawing.VISITS: _(
        "A list to tick off, a small bottle of vaccine and a plaster for the arm."
        " Each visit, test and vaccine has its weeks."
    ),
    Drawing.DUE_DATE: _(
        "An arrow goes from one calendar to another. It starts on the first day of your last"
        " period, and ends 40 weeks later, on your due date."
    ),
    Drawing.EARLY_WEEKS: _(
        "A band of weeks from 20 to 40. The part from week 20 up to week 37 is marked as early."
    ),
    Drawing.TWINS: _(
        "A womb with 2 hearts in it, one for each baby. With twins or more,"
        " some advice on the cervix is not the same."
    ),
    Drawing.BOOK: _(
        "An open book with a question mark. The lessons help you learn and ask."
        " They do not take the place of your care team."
    ),
}


def choices() -> list[tuple[str, str]]:
    """Return the names to choose from; asked for anew, so that a new drawing needs no migration."""
    return Drawing.choices
