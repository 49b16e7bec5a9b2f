"""Measure the worklist of 200 patients: size of the page, and processor time of page, renewal and 204.

Run by hand against an empty database: python manage.py shell -c "import tests.bench.worklist".
"""

import re
import sys
import time

from django.test import Client
from django.urls import reverse

from tests.factories import PracticeFactory, UserFactory
from tests.test_query_counts import fill_practice

ROUNDS = 15


def measured(ask) -> tuple[int, float]:
    """Return the size of an answer in bytes and the middle of the processor times in ms."""
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        answer = ask()
        times.append((time.process_time() - began) * 1000)
    return len(answer.content), sorted(times)[ROUNDS // 2]


practice = PracticeFactory()
provider = UserFactory(provider=True, practice=practice)
fill_practice(practice, provider, range(200))
browser = Client(headers={"host": "localhost"})
browser.force_login(provider)
address = reverse("worklist")


def renewal():
    page = browser.get(address)
    found = re.search(r'"Cinta-Seen": "(\w+)"', page.content.decode())
    seen = {"HX-Request": "true", "Cinta-Seen": found[1] if found else ""}
    return lambda: browser.get(address, headers=seen)


for name, ask in {"page": lambda: browser.get(address), "renewal": renewal()}.items():
    size, middle = measured(ask)
    sys.stdout.write(f"{name}: {size / 1024:.0f} KB, {middle:.0f} ms\n")
