/* Reports that wait on this device until the server has said that it stored them.
   Used by the pages and by the service worker. An entry: number (its place), report_id, owner (whose it is,
   an opaque mark), fields (what she said), device_made_at, tries, state (waiting, refused or broken), level. */
(function (self) {
  "use strict";
  const cinta = (self.cinta = self.cinta || {});
  const REPORT = "/symptoms/report/", OFFLINE = "/offline/", SIGN_OUT = "/accounts/logout/";
  const REPORTS = "reports", SENT = "sent", WISHES = "wishes";
  const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
  const PATIENCE = 20000, SHOW_SENT = 15 * 60 * 1000, TRIES_BEFORE_PASSING = 3;
  const queue = (cinta.queue = {});

  cinta.isUuid = text => UUID.test(text);

  /* -- What is kept -- */

  queue.all = () => within(REPORTS, "readonly", store => ask(store.getAll()));
  queue.change = (entry, changes) =>
    within(REPORTS, "readwrite", async store => {
      /* Another page may have sent it meanwhile: what is gone stays gone. */
      const found = await ask(store.get(entry.number));
      if (found) await ask(store.put(Object.assign(found, changes)));
    });
  queue.remove = entry => within(REPORTS, "readwrite", store => ask(store.delete(entry.number)));

  /* Keep a report and return its entry. The same report again is the same entry; an id that was used for
     other words gets a new id, so that neither report replaces the other. */
  queue.keep = entry =>
    within(REPORTS, "readwrite", async store => {
      const same = (await ask(store.getAll())).filter(each => each.report_id === entry.report_id);
      const words = JSON.stringify(entry.fields);
      const again = same.find(each => each.owner === entry.owner && JSON.stringify(each.fields) === words);
      if (again) return again;
      const kept = Object.assign({}, entry, { state: "waiting", tries: 0 });
      if (same.length) kept.report_id = cinta.uuid();
      kept.number = await ask(store.add(kept));
      return kept;
    });

  /* Tell whether an entry still has the shape in which it was kept. */
  queue.isSound = function (entry) {
    const fields = entry.fields || {};
    return cinta.isUuid(entry.report_id) && typeof entry.owner === "string" && entry.owner !== "" &&
      !isNaN(Date.parse(entry.device_made_at)) && Array.isArray(fields.symptoms) &&
      fields.symptoms.every(code => typeof code === "string") &&
      typeof fields.started === "string" && typeof fields.note === "string" && typeof fields.feel_ok === "boolean";
  };

  /* What was sent a moment ago, for its owner; older lines are forgotten. */
  queue.justSent = owner =>
    within(SENT, "readwrite", async store => {
      const all = await ask(store.getAll());
      const isNew = each => Math.abs(Date.now() - each.at) < SHOW_SENT;
      await Promise.all(all.filter(each => !isNew(each)).map(each => ask(store.delete(each.report_id))));
      return all.filter(each => isNew(each) && each.owner === owner);
    });

  /* She signed out without a network: the worker does it as soon as it can. */
  queue.wishSignOut = () => within(WISHES, "readwrite", store => ask(store.put({ name: "sign-out" })));
  queue.dropWish = () => within(WISHES, "readwrite", store => ask(store.clear()));
  queue.wishesSignOut = () => within(WISHES, "readonly", async store => Boolean(await ask(store.get("sign-out"))));

  /* -- Sending -- */

  /* Send one entry. Return {said, answer}: said is stored, refused, no, signed-out or nothing. */
  queue.post = async function (entry, token, patience) {
    const answer = await cinta.limited(fetch(REPORT, {
      method: "POST", credentials: "same-origin", redirect: "manual", cache: "no-store", body: bodyOf(entry, token),
    }), patience || PATIENCE);
    const said = answer.headers.get("Report-Stored") || "nothing";
    return { said: cinta.isUuid(said) ? "stored" : said, answer: answer };
  };

  /* Send what waits, oldest first, one at a time; if another page is at it, leave it to that page. */
  queue.flush = function () {
    const work = () => sendAll().catch(() => undefined);
    if (!self.navigator.locks) return work();
    return self.navigator.locks.request("cinta-queue", { ifAvailable: true }, lock => lock && work());
  };

  /* Ask the server who is signed in, with a token for the next sending. */
  queue.ticket = async function () {
    const answer = await cinta.limited(
      fetch(OFFLINE, { credentials: "same-origin", cache: "no-store", redirect: "error" }), PATIENCE);
    if (!answer.ok) throw Error("no ticket");
    const page = await answer.text();
    return { owner: cinta.ownerIn(page), token: found(page, /name="csrfmiddlewaretoken" value="([^"]+)"/) };
  };

  /* Do the sign-out that could not be done without a network. */
  queue.finishSignOut = async function () {
    const ticket = await queue.ticket();
    if (ticket.owner) {
      const body = new URLSearchParams({ csrfmiddlewaretoken: ticket.token });
      const asked = fetch(SIGN_OUT, { method: "POST", credentials: "same-origin", redirect: "manual", body: body });
      await cinta.limited(asked, PATIENCE);
      if ((await queue.ticket()).owner) throw Error("still signed in");
    }
    await queue.dropWish();
  };

  async function sendAll() {
    if (await queue.wishesSignOut()) return queue.finishSignOut();
    for (const entry of await queue.all()) {
      if (entry.state === "refused" || entry.state === "broken") continue;
      if (!queue.isSound(entry)) await queue.change(entry, { state: "broken" });
      else if (!(await sendOne(entry))) return;
      cinta.tell();
    }
  }

  /* Return whether the next one may be tried. */
  async function sendOne(entry) {
    const ticket = await queue.ticket();
    if (!ticket.owner) return false;
    if (ticket.owner !== entry.owner) return true;
    const said = (await queue.post(entry, ticket.token)).said;
    if (said === "stored") await queue.settle(entry);
    else if (said === "refused") await queue.change(entry, { state: "refused" });
    else if (said === "signed-out") return false;
    else {
      entry.tries = (entry.tries || 0) + 1;
      await queue.change(entry, { tries: entry.tries });
      /* What the server cannot store again and again must not hold up what was said after it. */
      return entry.tries >= TRIES_BEFORE_PASSING;
    }
    return true;
  }

  /* The server has it: take it off this device, and remember for a moment that it was sent. */
  queue.settle = async function (entry) {
    await queue.remove(entry);
    const line = { report_id: entry.report_id, owner: entry.owner, made: entry.device_made_at, at: Date.now() };
    await within(SENT, "readwrite", store => ask(store.put(line)));
  };

  function bodyOf(entry, token) {
    const body = new URLSearchParams();
    body.set("csrfmiddlewaretoken", token || "");
    entry.fields.symptoms.forEach(code => body.append("symptoms", code));
    body.set("started", entry.fields.started);
    body.set("note", entry.fields.note);
    if (entry.fields.feel_ok) body.set("feel_ok", "on");
    body.set("report_id", entry.report_id);
    body.set("device_made_at", entry.device_made_at);
    body.set("device_sent_at", cinta.localTime());
    return body;
  }

  /* -- Small things that pages and worker share -- */

  cinta.limited = (promise, patience) =>
    Promise.race([promise, new Promise((_, reject) => setTimeout(() => reject(Error("too slow")), patience))]);

  cinta.ownerIn = page => found(page, /data-owner="([^"]*)"/);

  cinta.tell = function () {
    if (!self.BroadcastChannel) return;
    const channel = new BroadcastChannel("cinta");
    channel.postMessage("changed");
    channel.close();
  };

  /* Now by this device's clock, ISO 8601 with its offset. */
  cinta.localTime = function () {
    const now = new Date(), east = -now.getTimezoneOffset(), two = number => String(number).padStart(2, "0");
    const local = new Date(now.getTime() + east * 60000).toISOString().slice(0, -1), off = Math.abs(east);
    return local + (east < 0 ? "-" : "+") + two(Math.floor(off / 60)) + ":" + two(off % 60);
  };

  cinta.uuid = function () {
    const bytes = Array.from(self.crypto.getRandomValues(new Uint8Array(16)));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = bytes.map(byte => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };

  function found(text, pattern) {
    const match = pattern.exec(text);
    return match ? match[1] : "";
  }

  function ask(request) {
    return new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }

  function open() {
    const request = self.indexedDB.open("cinta", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(REPORTS, { keyPath: "number", autoIncrement: true });
      request.result.createObjectStore(SENT, { keyPath: "report_id" });
      request.result.createObjectStore(WISHES, { keyPath: "name" });
    };
    return ask(request);
  }

  /* Do something in one transaction, and wait until it is on the disk. */
  async function within(name, mode, work) {
    const database = await open();
    try {
      const change = database.transaction(name, mode, { durability: "strict" });
      const done = new Promise((resolve, reject) => {
        change.oncomplete = resolve;
        change.onabort = change.onerror = () => reject(change.error);
      });
      const result = await work(change.objectStore(name));
      await done;
      return result;
    } finally {
      database.close();
    }
  }
})(self);
