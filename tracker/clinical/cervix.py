"""Reading a cervical length at a gestational age."""

from tracker.clinical.dating import GestationalAge

SHORT_MM = 25
SHORT_BEFORE = GestationalAge.of(24)


def is_short(length_mm: int, age: GestationalAge | None) -> bool:
    """Tell whether a transvaginal length in mm is short: 25 mm or less, before 24+0 (facts A-23, A-24).

    An unknown age counts as before 24+0.
    """
    return length_mm <= SHORT_MM and (age is None or age < SHORT_BEFORE)
