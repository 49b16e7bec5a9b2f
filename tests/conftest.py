"""The cast: the same few people in every test, each with one line on who they are."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from education.permissions import EDITORS, REVIEWERS
from tests import fresh
from tests.environment import settle
from tests.factories import PracticeFactory, PregnancyFactory, UserFactory, place_stitch
from tests.mailbox import Mailbox

# Browser and chaos keep more than one core busy, or wait: not side by side, and neither of them last.
ORDER = ["chaos", "accounts", "education", "tests", "browser", "tracker"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Files that need no database come first: it is being made meanwhile."""
    busy = {each.path for each in items if "django_db_setup" in each.fixturenames}
    busy |= {each.path for each in items if each.get_closest_marker("django_db")}

    def turn(each) -> tuple[int, str]:
        place = [*ORDER, each.path.parent.name].index(each.path.parent.name)
        return place if each.path in busy else -1, str(each.path)

    items.sort(key=turn)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config):
    config.fresh = fresh.make_early()


@pytest.hookimpl(tryfirst=True)
def pytest_unconfigure(config):
    if hasattr(config, "fresh"):
        config.fresh.join()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Begin with tables and the real lessons; every test sees them."""
    started = fresh.begin()
    yield
    if started:
        started.close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup):
    """The database for tests, from a copy; what Django loaded to look at it stays."""
    settle()


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Hash passwords fast; how they are hashed in real use is a test of its own."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def sign_in():
    """Return a browser without JavaScript, signed in as someone."""

    def signed_in(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def mailbox(settings):
    """A real mail server, which everything Cinta mails goes to."""
    server = Mailbox()
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.hostname, server.port
    yield server
    if server.server:
        server.stop()


@pytest.fixture
def practice(db):
    """Juniper Street Care."""
    return PracticeFactory(name="Juniper Street Care")


@pytest.fixture
def provider(practice):
    """Ellen Park, CNM, of Juniper Street Care."""
    return UserFactory(provider=True, practice=practice, email="provider@example.org")


@pytest.fixture
def colleague(practice):
    """Another provider of the same practice."""
    return UserFactory(
        provider=True, practice=practice, first_name="Kofi", last_name="Osei", title="MD"
    )


@pytest.fixture
def manager(practice):
    """The manager of Juniper Street Care."""
    return UserFactory(manager=True, practice=practice)


@pytest.fixture
def outsider(db):
    """A provider of another practice."""
    return UserFactory(provider=True)


@pytest.fixture
def editor(db):
    """Someone who writes lessons."""
    user = UserFactory(editor=True)
    user.groups.add(Group.objects.get(name=EDITORS))
    return user


@pytest.fixture
def reviewer(db):
    """A clinician who approves lessons."""
    user = UserFactory(reviewer=True)
    user.groups.add(Group.objects.get(name=REVIEWERS))
    return user


@pytest.fixture
def pregnancy(practice):
    """Hannah at 18w0d, no known risk."""
    return PregnancyFactory(practice=practice, age=(18, 0), patient__first_name="Hannah")


@pytest.fixture
def patient(pregnancy):
    """Hannah."""
    return pregnancy.patient


@pytest.fixture
def stitched(practice, provider):
    """Marisol at 16w3d with a stitch in place: high risk."""
    pregnancy = PregnancyFactory(practice=practice, age=(16, 3))
    place_stitch(pregnancy, provider)
    return pregnancy


@pytest.fixture
def elsewhere(db):
    """Tamika, a patient of another practice."""
    return PregnancyFactory(age=(21, 1), patient__first_name="Tamika")
