"""Who gets what at which address: a table, and a walk that fails for an address that is not in it."""

import uuid

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from education.models import ChecklistItem, OwnParagraph, Topic
from education.paragraphs import replaceable
from tests.factories import (
    ChecklistItemFactory,
    InvitationFactory,
    PregnancyFactory,
    TopicFactory,
)
from tests.test_architecture import our_patterns
from tracker.actions import report_symptoms
from tracker.clinical.triage import Assessment
from tracker.enums import Urgency
from tracker.models import Alert

ROLES = ["anonymous", "patient", "provider", "manager", "editor", "reviewer"]
OPEN = dict.fromkeys(ROLES, 200)


def only(role: str, status: int = 200) -> dict[str, int]:
    return dict.fromkeys(ROLES, 403) | {"anonymous": 302, role: status}


def both(status: int = 200) -> dict[str, int]:
    return only("provider", status) | {"manager": status}


# GET unless the name stands in POSTED. The start page sends each signed-in person to her own page.
TABLE = {
    "start": dict.fromkeys(ROLES, 302) | {"anonymous": 200},
    "warning_signs": OPEN,
    "search": OPEN,
    "fridge": OPEN,
    "glossary": OPEN,
    "set_language": dict.fromkeys(ROLES, 302),
    "offline": OPEN,
    "service_worker": OPEN,
    "manifest": OPEN,
    "healthz": OPEN,
    "readyz": dict.fromkeys(ROLES, 503),
    "library": OPEN,
    "week": OPEN,
    "topic": OPEN,
    "today": only("patient"),
    "timeline": only("patient"),
    "symptoms": only("patient"),
    "report_symptoms": only("patient"),
    "preview_advice": only("patient"),
    "advice": only("patient", 404),
    # "Still there" is a report: from an ended session it is answered with advice.
    "answer_follow_up": only("patient") | {"anonymous": 200},
    "checklist": only("patient"),
    "checklist_item": only("patient"),
    "me": only("patient"),
    "my_access": only("patient"),
    "end_pregnancy": only("patient"),
    "undo_end": only("patient", 302),
    "record_end": only("provider"),
    "undo_recorded_end": only("provider", 302),
    # Hers is running: back to the chart.
    "start_pregnancy": only("provider", 302),
    "worklist": only("provider"),
    "chart": only("provider"),
    "add_length": only("provider"),
    "correct_length": only("provider"),
    "strike_length": only("provider"),
    "discuss_length": only("provider", 302),
    "add_note": only("provider"),
    "correct_note": only("provider"),
    "strike_note": only("provider"),
    "change_history": only("provider"),
    "join_team": only("provider", 302),
    "leave_team": only("provider", 302),
    "review_checklist": only("provider"),
    "dating": only("provider"),
    "cerclage": only("provider"),
    "remove_stitch": only("provider"),
    "correct_stitch": only("provider"),
    "strike_stitch": only("provider"),
    # Hers is in place: back to the record.
    "correct_removal": only("provider", 302),
    "take_back_mark": only("provider", 302),
    "answer_question": only("provider"),
    "visit_summary": only("provider"),
    "practice_checklist": both(),
    "add_practice_item": both(),
    "practice_item": both(),
    "hide_item": both(302),
    "show_item": both(302),
    "ask_question": only("patient", 302),
    # Nothing is sent along: the page says what is missing.
    "answer_teach_back": only("patient"),
    "withdraw_question": only("patient", 302),
    "visits": only("patient"),
    "my_visit": only("patient"),
    "safety": dict.fromkeys(ROLES, 200) | {"anonymous": 302, "patient": 403},
    "invite": both(),
    "import_invitations": both(),
    "invitation_template": both(),
    "invitations": both(),
    "invitation_card": both(),
    "invitation_cards": both(),
    "resend_invitation": both(302),
    "withdraw_invitation": both(302),
    # A card works for whoever holds it; what she may do with it, the page says.
    "enter_code": OPEN,
    "join": OPEN,
    "transfer": only("provider"),
    "transfers": only("provider"),
    "answer_transfer": only("provider", 302),
    "practice": only("manager"),
    "opening_hours": only("manager"),
    "holidays": only("manager"),
    "on_call": only("manager"),
    "staff": only("manager"),
    "invite_staff": only("manager"),
    "practice_library": only("manager"),
    "practice_hide_topic": only("manager"),
    "practice_show_topic": only("manager", 302),
    "practice_add_topic": only("manager"),
    "practice_topic": only("manager"),
    "practice_lesson": only("manager"),
    "practice_add_paragraph": only("manager"),
    "practice_paragraph": only("manager"),
    "figures": both(),
    "figures_csv": both(),
    "acknowledge_alert": only("provider", 302),
    "resolve_alert": only("provider", 302),
    "reopen_alert": only("provider", 302),
    # Nothing is sent along, so those who may are told what is missing.
    "push_subscription": only("provider", 400),
}
POSTED = {
    "practice_show_topic",
    "set_language",
    "discuss_length",
    "join_team",
    "leave_team",
    "take_back_mark",
    "hide_item",
    "show_item",
    "ask_question",
    "answer_teach_back",
    "withdraw_question",
    "resend_invitation",
    "withdraw_invitation",
    "answer_transfer",
    "undo_end",
    "undo_recorded_end",
    "acknowledge_alert",
    "resolve_alert",
    "reopen_alert",
    "answer_follow_up",
    "preview_advice",
    "push_subscription",
}


def chart_arguments(stitched, person) -> dict[str, list]:
    """Return a scan and a note of a patient, and the addresses of her record that need nothing more."""
    scan = stitched.cervical_lengths.create(
        measured_on=stitched.practice.today(), length_mm=24, recorded_by=person
    )
    note = stitched.notes.create(text="Called her.", recorded_by=person)
    return {
        **dict.fromkeys(
            ["add_length", "add_note", "change_history", "join_team", "leave_team"], [stitched.pk]
        ),
        **dict.fromkeys(
            ["correct_length", "strike_length", "discuss_length"], [stitched.pk, scan.public_id]
        ),
        **dict.fromkeys(["correct_note", "strike_note"], [stitched.pk, note.public_id]),
    }


def enrolment_arguments(practice, person) -> dict[str, list]:
    """Return an open invitation of a practice, and a patient another one wants to hand over to it."""
    invitation = InvitationFactory(practice=practice, invited_by=person)
    theirs = PregnancyFactory()
    asked = theirs.transfers.create(
        from_practice=theirs.practice, to_practice=practice, reason="moves", asked_by=person
    )
    return {
        "invitation_card": [invitation.pk],
        "resend_invitation": [invitation.pk],
        "withdraw_invitation": [invitation.pk],
        "join": [invitation.code],
        "answer_transfer": [asked.pk],
    }


def learning_arguments(stitched, pregnancy, person) -> dict[str, list]:
    """Return a question and a visit of a stitched patient, and an item of her practice's own."""
    item = ChecklistItem.objects.get(slug="small-signs")
    own = ChecklistItemFactory(practice=stitched.practice)
    asked = stitched.questions.create(item=item, text="Can I swim?")
    hers = pregnancy.questions.create(item=item, text="Can I swim?")
    review = stitched.reviews.create(reviewed_by=person)
    return {
        "take_back_mark": [stitched.pk],
        "answer_question": [stitched.pk, asked.pk],
        "visit_summary": [stitched.pk, review.pk],
        "practice_item": [own.slug],
        "hide_item": [own.slug],
        "show_item": [own.slug],
        "ask_question": ["small-signs"],
        "answer_teach_back": ["small-signs"],
        "withdraw_question": [hers.pk],
        "my_visit": [pregnancy.reviews.create(reviewed_by=person).pk],
    }


def library_arguments(practice) -> dict[str, list]:
    """Return a topic and a paragraph of a practice's own, and what it may hide and replace."""
    lesson = Topic.objects.get(slug="visits-and-vaccines")
    chosen = replaceable(lesson.body, practice)[0]
    own = OwnParagraph.objects.create(
        practice=practice, topic=lesson, original=chosen.html, text="<p>Ring us.</p>", live=False
    )
    return {
        "practice_hide_topic": [lesson.slug],
        "practice_show_topic": [lesson.slug],
        "practice_topic": [TopicFactory(practice=practice).slug],
        "practice_lesson": ["topic", lesson.slug],
        "practice_add_paragraph": ["topic", lesson.slug, chosen.key],
        "practice_paragraph": [own.public_id],
    }


def stitch_arguments(stitched) -> dict[str, list]:
    """Return the addresses of her stitch, and of her due date."""
    one = [stitched.pk, stitched.cerclages.get().public_id]
    names = ["remove_stitch", "correct_stitch", "strike_stitch", "correct_removal"]
    return dict.fromkeys(names, one) | dict.fromkeys(["cerclage", "dating"], [stitched.pk])


@pytest.fixture
def arguments(stitched, pregnancy):
    report_symptoms(
        pregnancy=pregnancy,
        report_id=uuid.uuid4(),
        symptoms=["URINE_OFTEN"],
        assessment=Assessment(Urgency.CONTACT, ()),
        by=pregnancy.patient,
    )
    question = pregnancy.follow_ups.first()
    alert = Alert.objects.create(
        pregnancy=stitched,
        practice=stitched.practice,
        urgency=Urgency.URGENT,
        raised_at="2026-11-20T08:12Z",
    )
    return {
        "week": [16],
        "topic": ["weeks-14-to-20"],
        "advice": [uuid.uuid4()],
        "checklist_item": ["small-signs"],
        "chart": [stitched.pk],
        **chart_arguments(stitched, stitched.patient),
        "transfer": [stitched.pk],
        **enrolment_arguments(stitched.practice, stitched.patient),
        "record_end": [stitched.pk],
        "undo_recorded_end": [stitched.pk],
        "start_pregnancy": [stitched.pk],
        "review_checklist": [stitched.pk],
        **stitch_arguments(stitched),
        **learning_arguments(stitched, pregnancy, stitched.patient),
        **library_arguments(stitched.practice),
        "acknowledge_alert": [alert.pk],
        "resolve_alert": [alert.pk],
        "reopen_alert": [alert.pk],
        "answer_follow_up": [question.pk],
    }


@pytest.fixture
def browsers(sign_in, patient, provider, manager, editor, reviewer):
    people = {
        "patient": patient,
        "provider": provider,
        "manager": manager,
        "editor": editor,
        "reviewer": reviewer,
    }
    return {"anonymous": Client()} | {role: sign_in(user) for role, user in people.items()}


def test_every_address_is_in_the_table():
    assert set(our_patterns()) == set(TABLE), "Say in TABLE who may open it."


@pytest.mark.parametrize("name", TABLE)
def test_each_role_gets_what_the_table_says(name, browsers, arguments):
    address = reverse(name, args=arguments.get(name, []))
    got = {}
    for role, browser in browsers.items():
        method = browser.post if name in POSTED else browser.get
        got[role] = method(address, {"outcome": "reached"} if name in POSTED else None).status_code
    assert got == TABLE[name]


# Every address of one thing that staff may open: a new one is in here by itself.
OF_ONE_PRACTICE = [
    name
    for name, pattern in our_patterns().items()
    if "<uuid:" in str(pattern.pattern) and TABLE[name]["provider"] != 403
]


@pytest.mark.parametrize("name", OF_ONE_PRACTICE)
def test_another_practice_gets_404_and_leaves_no_trace(
    name, outsider, sign_in, arguments, stitched
):
    browser = sign_in(outsider)
    address = reverse(name, args=arguments[name])
    response = (
        browser.post(address, {"outcome": "reached"}) if name in POSTED else browser.get(address)
    )
    assert response.status_code == 404
    assert not stitched.openings.exists()
    assert Alert.objects.unread().filter(pregnancy=stitched).exists()


@pytest.mark.parametrize("name", ["acknowledge_alert", "resolve_alert", "reopen_alert"])
def test_an_alert_changes_only_by_post(name, provider, sign_in, arguments):
    assert sign_in(provider).get(reverse(name, args=arguments[name])).status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/cms/",
        "/cms/snippets/education/topic/",
        "/cms/snippets/education/week/",
        "/admin/",
        "/admin/accounts/user/",
    ],
)
@pytest.mark.parametrize("role", ["anonymous", "patient", "provider", "manager"])
def test_the_desks_are_closed_to_others(path, role, browsers):
    assert browsers[role].get(path).status_code == 302


@pytest.mark.parametrize("role", ["editor", "reviewer"])
def test_the_editing_desk_is_open_to_those_who_write(role, browsers):
    assert browsers[role].get("/cms/").status_code == 200
    assert browsers[role].get("/cms/snippets/education/topic/").status_code == 200
    assert browsers[role].get("/admin/").status_code == 302


def plain_addresses(resolver, prefix: str) -> list[str]:
    """Return every address below a prefix that needs no argument."""
    found = []
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern).removeprefix("^").removesuffix("$")
        if isinstance(entry, URLResolver):
            found += plain_addresses(entry, route)
        elif not set(route) & set("<>()[]*?\\"):
            found.append(f"/{route}")
    return found


# Icons and words for scripts, nothing else.
HARMLESS = {"/cms/sprite/", "/cms/jsi18n/"}


@pytest.mark.parametrize("role", ["anonymous", "patient", "provider", "manager"])
def test_no_page_of_the_desks_opens_for_others(role, browsers):
    desks = [
        each for each in get_resolver().url_patterns if str(each.pattern) in ("cms/", "admin/")
    ]
    addresses = {path for desk in desks for path in plain_addresses(desk, str(desk.pattern))}
    assert len(addresses) > 50
    opened = {path for path in addresses - HARMLESS if browsers[role].get(path).status_code == 200}
    assert not opened


# The library's own pages of signing in: what a stranger gets, and what someone who is signed in gets.
SIGN_IN_TABLE = {
    "account_login": (200, 302),
    "account_logout": (302, 200),
    "account_inactive": (200, 200),
    "account_signup": (404, 404),
    "account_reauthenticate": (404, 404),
    "account_email": (404, 404),
    "account_email_verification_sent": (404, 404),
    "account_change_password": (302, 200),
    "account_set_password": (302, 302),
    "account_reset_password": (200, 200),
    "account_request_login_code": (200, 302),
    "account_confirm_login_code": (302, 302),
    "account_confirm_email": (404, 404),
    "account_reset_password_from_key_done": (200, 200),
    "account_reset_password_from_key": (200, 200),
    "account_reset_password_done": (200, 200),
}
SIGN_IN_ARGUMENTS = {
    "account_confirm_email": {"key": "abc"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "abc-def"},
}


def test_every_sign_in_address_is_in_its_table():
    entry = next(
        each
        for each in get_resolver("accounts.urls").url_patterns
        if "accounts/" in str(each.pattern)
    )
    assert {each.name for each in entry.url_patterns} == set(SIGN_IN_TABLE)


@pytest.mark.parametrize("name", SIGN_IN_TABLE)
def test_sign_in_pages_answer_as_their_table_says(name, browsers):
    address = reverse(name, kwargs=SIGN_IN_ARGUMENTS.get(name))
    got = (
        browsers["anonymous"].get(address).status_code,
        browsers["patient"].get(address).status_code,
    )
    assert got == SIGN_IN_TABLE[name]
