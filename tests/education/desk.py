"""What a browser does with a form of the desk: read what stands in it, change a little, send it."""

import json
import re

from bs4 import BeautifulSoup
from django.urls import reverse


def at(kind: str, page: str, *args) -> str:
    """Return the address of a page of one kind of text: at("topic", "edit", 5)."""
    return reverse(f"wagtailsnippets_education_{kind}:{page}", args=args)


def typed(answer) -> dict:
    """Return what stands in the main form of a page, by name, as a browser would send it."""
    page = BeautifulSoup(answer.content, "html.parser")
    form = page.find("form", attrs={"id": "w-editor-form"}) or page.find("form", method="POST")
    values: dict = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name = field.get("name")
        if name and not field.has_attr("disabled"):
            for value in values_of(field):
                values.setdefault(name, []).append(value)
    return {name: found if len(found) > 1 else found[0] for name, found in values.items()}


def values_of(field) -> list[str]:
    if field.name == "select":
        return [each.get("value", "") for each in field.find_all("option", selected=True)] or (
            [] if field.has_attr("multiple") else [field.find("option").get("value", "")]
        )
    if field.name == "textarea":
        return [field.text.removeprefix("\n")]
    kind = field.get("type", "text")
    if kind in ("checkbox", "radio"):
        return [field.get("value", "on")] if field.has_attr("checked") else []
    return [] if kind in ("submit", "button", "file") else [field.get("value", "")]


def rich(*paragraphs: str) -> str:
    """Return plain paragraphs as Wagtail's editor sends them."""
    blocks = [
        {
            "key": f"k{number}",
            "type": "unstyled",
            "depth": 0,
            "text": words,
            "inlineStyleRanges": [],
            "entityRanges": [],
        }
        for number, words in enumerate(paragraphs)
    ]
    return json.dumps({"blocks": blocks, "entityMap": {}})


def open_form(browser, text, page: str = "edit", *args) -> dict:
    """Open the form of a text and return what stands in it."""
    answer = browser.get(at(text._meta.model_name, page, text.pk, *args))
    assert answer.status_code == 200, answer.status_code
    return typed(answer)


def save(browser, text, form: dict, **changes):
    """Send the form of a text, as its button "Save draft" does."""
    address = at(text._meta.model_name, "edit", text.pk)
    return browser.post(address, form | changes, follow=True)


def change(browser, text, **changes):
    """Open a text, change some of its fields, and save."""
    return save(browser, text, open_form(browser, text), **changes)


def submit(browser, text, **changes):
    """Open a text, change some of its fields, and submit it to the clinicians."""
    return change(browser, text, **changes | {"action-submit": "1"})


def autosave(browser, text, form: dict, **changes):
    """Send the form in the background, as Wagtail does while somebody types."""
    address = at(text._meta.model_name, "edit", text.pk)
    return browser.post(address, form | changes, headers={"accept": "application/json"})


def menu(browser) -> set[str]:
    """Return the addresses that the menu of the desk leads to."""
    page = BeautifulSoup(browser.get("/cms/").content, "html.parser")
    return set(re.findall(r'"url": "([^"]+)"', page.find(id="wagtail-sidebar-props").string))
