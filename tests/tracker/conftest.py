import pytest
from django.test import Client
from django.urls import reverse


@pytest.fixture
def at_home(practice):
    """Return a patient's browser that shows error pages as a real one does, and has been here before."""

    def opened(patient, **options) -> Client:
        browser = Client(raise_request_exception=False, **options)
        browser.force_login(patient)
        assert browser.get(reverse("report_symptoms")).status_code == 200
        return browser

    return opened
