"""Someone's phone whose network comes and goes, and what the scripts on it keep."""

import json

KEEPS_HERS = """async () => {
  if (!await caches.has("cinta-hers")) return false;
  return (await (await caches.open("cinta-hers")).keys()).length >= 3;
}"""
LOSE_RULES = """async () => {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if (request.url.includes("triage") && request.url.includes("json")) await cache.delete(request);
    }
  }
}"""
# Whoever holds the lock sends. The worker tries once when the network is back, finds it taken, and is done.
KEEP_THE_WORKER_FROM_SENDING = """() => new Promise(taken => {
  navigator.locks.request("cinta-queue", () => { taken(); return new Promise(free => { self.free = free; }); });
})"""
LET_THE_PAGE_SEND = """async () => {
  const {sync} = await navigator.serviceWorker.ready;
  while ((await sync.getTags()).length) await new Promise(requestAnimationFrame);
  self.free();
  await navigator.locks.request("cinta-queue", () => undefined);
  await cinta.queue.flush();
}"""
UNSENT = {
    "number": 40,
    "report_id": "11111111-2222-4333-8444-555555555555",
    "fields": {"symptoms": ["bleed_light"], "started": "", "note": "", "feel_ok": False},
    "device_made_at": "2026-11-20T08:12:00-07:00",
    "state": "waiting",
    "tries": 0,
    "level": "urgent",
    "kind": "urgent",
}
WAIT = """async () => {{
  const isSo = {condition}, until = performance.now() + 20000;
  while (performance.now() < until) {{
    if (await isSo()) return true;
    await new Promise(requestAnimationFrame);
  }}
  return false;
}}"""
KEPT_OWNER = """async () => {
  const page = await (await caches.open("cinta-hers")).match("/offline/", {ignoreVary: true});
  return page ? cinta.ownerIn(await page.text()) : "";
}"""
KEPT_PAGES = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      if ((answer.headers.get("Content-Type") || "").includes("html")) {
        found.push([name.slice(0, 11), new URL(request.url).pathname, await answer.text()]);
      }
    }
  }
  return found;
}"""
QUEUE = "() => cinta.queue.all()"
FLUSH = "() => cinta.queue.flush()"
CHANGE = "async ([number, changes]) => cinta.queue.change({number}, changes)"
PUT = """entry => new Promise((resolve, reject) => {
  const opening = indexedDB.open("cinta", 1);
  opening.onsuccess = () => {
    const change = opening.result.transaction("reports", "readwrite");
    change.objectStore("reports").put(entry);
    change.oncomplete = () => { opening.result.close(); resolve(); };
    change.onerror = () => reject(change.error);
  };
})"""
ROWS = """
import json
from tracker.models import SymptomReport
rows = SymptomReport.objects.filter(pregnancy__patient__email="{email}").order_by("reported_at")
print(json.dumps([
    dict(id=str(row.pk), symptoms=row.symptoms, note=row.note, ok=row.feels_ok,
         made=row.made_at.isoformat(), received=row.reported_at.isoformat(),
         clock=row.device_clock and row.device_clock.isoformat())
    for row in rows
]))
"""
NEW_PATIENTS = """
from django.contrib.auth.hashers import make_password
from accounts.models import Practice, Role, User
from tracker.clinical.dating import GestationalAge, due_date_by_scan
from tracker.models import Pregnancy
practice = Practice.objects.get(name="Juniper Street Care")
due = due_date_by_scan(practice.today(), GestationalAge.of(18, 0))
password = make_password("{password}")
for number in range({count}):
    user = User.objects.create(email=f"ines{{number}}@example.com", password=password, first_name="Ines", last_name=f"Offline{{number}}", role=Role.PATIENT, practice=practice)
    Pregnancy.objects.create(patient=user, practice=practice, due_date=due)
"""
NETWORK_NOISE = (
    "ERR_INTERNET_DISCONNECTED",
    "ERR_CONNECTION",
    "ERR_FAILED",
    "Failed to fetch",
    "503",
)


class Device:
    """Someone's phone whose network comes and goes."""

    def __init__(self, person, site, email):
        self.person, self.site, self.email = person, site, email
        self.page, self.context = person.page, person.page.context

    @property
    def number(self) -> str:
        return self.email.split("@")[0].removeprefix("ines")

    def waits_until(self, condition: str) -> None:
        """Wait for an asynchronous condition, 20 seconds at most."""
        assert self.page.evaluate(WAIT.format(condition=condition)), condition

    def has_visited(self) -> "Device":
        """Sign in, and wait until the service worker has kept what it keeps."""
        self.person.signs_in(self.email)
        self.waits_until(KEEPS_HERS)
        return self

    def loses_the_network(self) -> None:
        self.context.set_offline(True)

    def finds_the_network(self) -> None:
        self.context.set_offline(False)

    def reports(self, *codes: str, note: str = "", button: str = "Save and see what to do") -> None:
        """Fill in the form that is on the screen, and save it."""
        for code in codes:
            box = self.page.locator(f"input[name=symptoms][value={code}]")
            group = self.page.locator("details", has=box)
            if group.count() and group.get_attribute("open") is None:
                group.locator("summary").click()
            box.check()
        if note:
            self.page.get_by_label("Anything else?").fill(note)
        self.person.presses(button)

    def tells_offline(self, *codes: str, **fields) -> None:
        self.person.opens("/symptoms/report/")
        self.reports(*codes, **fields)

    def notice(self):
        return self.page.locator("#unsent")

    def queue(self) -> list[dict]:
        return self.page.evaluate(QUEUE)

    def rows(self) -> list[dict]:
        return json.loads(self.site.manage("shell", "-v", "0", "-c", ROWS.format(email=self.email)))

    def forgets_the_noise(self) -> None:
        """The browser's console names each request that found no network; that is no complaint."""
        self.person.complaints = [
            line
            for line in self.person.complaints
            if not any(word in line for word in NETWORK_NOISE)
        ]

    def is_empty(self) -> None:
        self.waits_until("async () => !(await cinta.queue.all()).length")
