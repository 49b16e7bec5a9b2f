"""Where staff can go from every page: the same places, the one she is at marked, and a way out."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.factories import PracticeFactory
from tracker.actions import ask_transfer

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def nav_of(browser, address: str):
    page = BeautifulSoup(browser.get(address).content, "html.parser")
    return page.find("nav", class_="mainnav")


def marked(browser, address: str) -> set[tuple[str, str]]:
    """Return which places are marked, and how."""
    links = nav_of(browser, address).find_all(attrs={"aria-current": True})
    return {(link.get_text(strip=True), link["aria-current"]) for link in links}


def test_the_page_she_is_on_is_marked_and_so_is_the_place_it_belongs_to(
    sign_in, provider, pregnancy
):
    ellen = sign_in(provider)
    assert marked(ellen, reverse("worklist")) == {("Worklist", "page")}
    assert marked(ellen, pregnancy.get_absolute_url()) == {("Worklist", "true")}
    assert marked(ellen, reverse("dating", args=[pregnancy.pk])) == {("Worklist", "true")}
    assert marked(ellen, reverse("invite")) == {("Invitations", "true")}
    assert marked(ellen, reverse("practice_checklist")) == {("Checklist", "page")}
    assert marked(ellen, reverse("safety")) == set()


def test_a_manager_is_in_her_practice_on_each_of_its_pages(sign_in, manager):
    joan = sign_in(manager)
    for name in ("opening_hours", "staff", "practice_library"):
        assert marked(joan, reverse(name)) == {("Practice", "true")}
    assert marked(joan, reverse("figures")) == {("Figures", "page")}


@pytest.mark.parametrize("who", ["provider", "manager", "editor", "patient"])
def test_get_help_is_the_last_place_for_everyone(request, sign_in, who):
    browser = sign_in(request.getfixturevalue(who))
    for address in (reverse("library"), reverse("warning_signs")):
        assert nav_of(browser, address).find_all("a")[-1].get_text(strip=True) == "Get help"


def test_what_has_no_room_on_a_phone_stands_under_more(sign_in, provider):
    nav = nav_of(sign_in(provider), reverse("worklist"))
    in_row = [li.a["href"] for li in nav.ul.find_all("li", recursive=False) if not li.details]
    more = [link["href"] for link in nav.details.find_all("a")]
    assert more == [reverse("library"), reverse("practice_checklist")]
    assert set(more) < set(in_row), "a wide screen has all of them in one row"


def test_a_transfer_to_answer_is_a_place_while_it_waits(sign_in, provider, pregnancy):
    mesa = PracticeFactory(name="Mesa Women’s Clinic")
    assert not nav_of(sign_in(provider), reverse("worklist")).find(href=reverse("transfers"))
    ask_transfer(pregnancy=pregnancy, to_practice=mesa, reason="She moves.", by=provider)
    pregnancy.refresh_from_db()
    provider.practice = mesa
    provider.save()
    place = nav_of(sign_in(provider), reverse("worklist")).find(href=reverse("transfers"))
    assert place.get_text(strip=True) == "Transfers (1)"


def test_her_name_opens_the_way_out_and_the_way_to_a_new_password(sign_in, provider):
    page = BeautifulSoup(sign_in(provider).get(reverse("safety")).content, "html.parser")
    menu = page.find(class_="menu--me")
    assert menu.summary.find(class_="t-long").text == provider.signature
    assert menu.find("form", action=reverse("account_logout"))
    assert menu.find("a", href=reverse("account_change_password"))


def test_a_patient_is_looked_for_from_every_page_and_her_name_never_stands_in_an_address(
    sign_in, provider, manager
):
    page = BeautifulSoup(sign_in(provider).get(reverse("safety")).content, "html.parser")
    form = page.find(id="find-patient")
    assert (form["method"], form["action"]) == ("post", reverse("worklist"))
    assert "find-patient" not in sign_in(manager).get(reverse("safety")).content.decode()
