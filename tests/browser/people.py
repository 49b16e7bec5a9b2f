"""Who goes through Cinta page by page, and which pages look different for whom."""

from tests.browser.crawl import Person

TODAY = frozenset({"today"})
ADVICE = frozenset({"today", "advice"})
STATES = {
    "hannah": ADVICE,  # call now
    "denise": ADVICE,  # hospital, and somebody has read it
    "aisha": ADVICE,  # call today, and somebody has closed it
    "grace": ADVICE,  # thoughts of self-harm
    "wanda": ADVICE,  # low mood
    "edith": ADVICE,  # feels OK
    "petra": TODAY | {"me"},  # paused
    "rosa": TODAY | {"me", "checklist"},  # a loss
    "nadia": TODAY,  # a birth
    "nobody": TODAY,  # no pregnancy yet
}
STAFF = ["provider", "manager", "editor", "reviewer"]


def patients(also: dict[str, list[str]]) -> list[Person]:
    """Visitors, Marisol on every page, and a patient for each state a pregnancy can be in."""
    visitor = Person("anyone", also=("/offline/", *also["anyone"]))
    marisol = Person("marisol", "marisol@example.com", also=("/offline/",))
    others = [Person(name, f"{name}@example.com", only) for name, only in STATES.items()]
    return [visitor, marisol, *others]


def staff(leave: frozenset[str] = frozenset()) -> list[Person]:
    return [Person(role, f"{role}@example.com", leaves=leave) for role in STAFF]
