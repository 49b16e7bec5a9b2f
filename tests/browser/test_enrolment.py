"""From an invitation to a patient's first page, from a file to cards, from one practice to another."""

import datetime

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.once]

# Two practices of their own, so that no other journey meets these people.
PRACTICES = """
from django.contrib.auth.hashers import make_password
from accounts.models import Practice, Role, User
for name, email, number in [
    ("Willow Care", "willow@example.com", "(505) 555-0160"),
    ("Cedar Care", "cedar@example.com", "(505) 555-0170"),
]:
    place, made = Practice.objects.get_or_create(name=name, defaults={"phone": number})
    if made:
        User.objects.create(
            email=email,
            password=make_password("cinta-demo-only"),
            first_name=name.split()[0],
            last_name="Lee",
            title="MD",
            role=Role.PROVIDER,
            practice=place,
        )
"""


@pytest.fixture
def willow(site, person):
    """A provider of Willow Care at her desk; Cedar Care is there too."""
    site.manage("shell", "-c", PRACTICES)
    return person(DESK).signs_in("willow@example.com")


def invites(provider, first_name: str, due: datetime.date | None = None) -> str:
    """Invite someone with a card, and return the code that is printed on it."""
    provider.opens("/patients/invite/")
    provider.page.get_by_label("First name").fill(first_name)
    provider.page.get_by_label("Last name").fill("Ruíz")
    provider.page.get_by_label("Date of birth", exact=True).fill("1996-04-30")
    if due:
        provider.page.get_by_label("Due date").fill(due.isoformat())
    provider.presses("Make the invitation")
    provider.sees("There is no e-mail address: give her the card.", f"For {first_name} Ruíz")
    return provider.page.locator(".card__short").inner_text()


def joins(patient, code: str, first_name: str, email: str) -> None:
    """Type the code of the card by hand, and answer what is asked."""
    patient.opens("/join/")
    patient.page.get_by_label("Code").fill(code.replace("-", " ").lower())
    patient.presses("Go on")
    patient.page.get_by_label("First name").fill(first_name.upper())
    patient.page.get_by_label("Last name").fill("Ruiz")
    patient.page.get_by_label("Date of birth", exact=True).fill("1996-04-30")
    patient.presses("Go on")
    patient.sees(f"Welcome, {first_name}", "What is kept, and who sees it")
    patient.page.get_by_label("E-mail").fill(email)
    patient.page.get_by_label("Choose a password").fill("green tea and a book")
    patient.page.get_by_label("The password once more").fill("green tea and a book")
    patient.page.get_by_label("Which language do you like best?").select_option("es")
    patient.ticks("I have read this, and I agree")
    patient.presses("Join")


def test_a_patient_joins_on_her_phone_with_the_code_of_her_card(willow, person):
    # Given a provider invites Rosa with a card, and notes when the baby is due
    name = "Rosa"
    due = datetime.date.today() + datetime.timedelta(weeks=26)
    code = invites(willow, name, due=due)
    # When Rosa follows the picture of the card on her phone, and mistypes her birthday
    rosa = person(PHONE, color_scheme="dark")
    rosa.opens(f"/join/{code}/")
    rosa.page.get_by_label("First name").fill(name)
    rosa.page.get_by_label("Last name").fill("Ruiz")
    rosa.page.get_by_label("Date of birth", exact=True).fill("1996-03-30")
    rosa.presses("Go on")
    rosa.sees("Tries left: 4.")
    # And then types the code by hand, says who she is, how she signs in, and agrees
    joins(rosa, code, name, f"{name}@example.com")
    # Then she sees her week, and her practice's number
    rosa.sees("14 weeks, ")
    expect(rosa.page.locator("main a[href='tel:+15055550160']").first).to_be_visible()
    # And the practice sees that the code was used
    willow.opens("/invitations/?stage=used")
    willow.sees(f"{name} Ruíz")


def test_joining_needs_no_javascript(willow, person):
    # Given a card, and a phone without JavaScript
    code = invites(willow, "Lena")
    lena = person(PHONE, java_script_enabled=False)
    # When she joins, then she is in, though nobody has dated her pregnancy
    joins(lena, code, "Lena", "lena@example.com")
    lena.sees("Your week is not known yet")


def test_a_provider_invites_many_from_a_file_with_a_mistake_first(willow):
    # Given a file with one wrong line
    header = "first_name,last_name,born_on,email,phone,language,due_date"
    good = "Iris,Novak,1994-06-01,iris@example.com,(505) 555-0164,Spanish,"
    wrong = f"{header}\n{good}\nJune,,1995-13-01,june,,,\n"
    willow.opens("/invitations/")
    willow.presses("From a CSV file")
    choose(willow, wrong)
    # Then the preview names the line and what to do, and stores nothing
    willow.sees("1 line has a mistake. Nothing is stored.", "This is needed. Fill it in.")
    willow.sees("“june” is not an e-mail address.")
    expect(willow.page.get_by_role("button", name="Invite them all")).to_have_count(0)
    # When she chooses the corrected file and confirms
    choose(willow, f"{header}\n{good}\nJune,Adair,1995-03-01,,,,\n")
    willow.sees("2 invitations would be made", "June 1, 1994")
    willow.presses("Invite them all")
    # Then there is a card for each
    willow.sees("2 invitations are ready.", "For Iris Novak", "For June Adair")
    willow.page.emulate_media(media="print")
    expect(willow.page.locator(".card")).to_have_count(2)
    expect(willow.page.get_by_role("heading", name="Cards to print")).to_be_hidden()


def choose(provider, content: str) -> None:
    file = {"name": "patients.csv", "mimeType": "text/csv", "buffer": content.encode()}
    provider.page.get_by_label("CSV file").set_input_files(file)
    provider.presses("Show the preview")


def test_one_practice_asks_another_accepts_and_she_sees_the_new_numbers(willow, person):
    # Given Olive is a patient of Willow Care
    code = invites(willow, "Olive")
    olive = person(PHONE)
    joins(olive, code, "Olive", "olive@example.com")
    # When her provider asks Cedar Care to take her over
    willow.opens("/worklist/")
    willow.presses("Olive Ruíz")
    chart = willow.page.url.removeprefix(willow.site.address)
    willow.presses("Transfer to another practice")
    willow.page.get_by_label("Practice she goes to").select_option("Cedar Care")
    willow.page.get_by_label("Reason").fill("She moves to Cedar Street.")
    willow.presses("Ask the other practice")
    willow.sees("Waiting for Cedar Care")
    # And Cedar Care accepts
    cedar = person(DESK).signs_in("cedar@example.com")
    cedar.sees("Transfers (1)")
    cedar.opens("/transfers/")
    cedar.sees("Olive Ruíz", "She moves to Cedar Street.")
    cedar.presses("Accept: she is ours from now on")
    # Then the new team has her record, the old one has not, and she has the new number
    cedar.sees("You see her whole history.", "Willow Care to Cedar Care")
    assert willow.page.request.get(willow.site.address + chart).status == 404
    olive.opens("/today/")
    expect(olive.page.locator("main a[href='tel:+15055550170']").first).to_be_visible()
