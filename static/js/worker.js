/* The service worker: pages without a network, and reports that are kept until the server has them.
   Signed-in pages are never kept; see kept.js for what is. */
(function (self) {
  "use strict";
  const cinta = self.cinta, queue = cinta.queue, kept = cinta.kept, pages = cinta.pages;
  const REPORT = "/symptoms/report/", SIGN_IN = "/accounts/login/", SIGN_OUT = "/accounts/logout/";
  const STAFF = /^\/(cms|admin|worklist|patients|alerts|practice|safety|invitations|transfers)\//;
  const PAGE_PATIENCE = 8000, REPORT_PATIENCE = 10000, SIGN_OUT_PATIENCE = 5000;
  const LEVELS = { 1: "contact", 2: "urgent", 3: "emergency" };

  self.addEventListener("install", event => {
    self.skipWaiting();
    event.waitUntil(kept.install());
  });

  self.addEventListener("activate", event => {
    event.waitUntil(Promise.all([self.clients.claim(), kept.moveToThisVersion().catch(() => undefined)]));
  });

  self.addEventListener("message", event => {
    const asked = event.data || {};
    if (asked.renew) event.waitUntil(kept.renewIfNeeded(asked.owner, asked.now).catch(() => undefined));
  });

  self.addEventListener("sync", event => {
    event.waitUntil(queue.flush());
  });

  self.addEventListener("fetch", event => {
    const answer = answerTo(event.request, new URL(event.request.url));
    if (answer) event.respondWith(answer);
  });

  function answerTo(request, url) {
    if (url.origin !== self.location.origin) return null;
    if (request.method === "GET" && url.pathname.startsWith(cinta.files)) return file(request);
    if (request.mode !== "navigate" || STAFF.test(url.pathname)) return null;
    if (request.method === "GET") return page(request, url);
    if (url.pathname === REPORT) return report(request);
    if (url.pathname === SIGN_IN) return signIn(request);
    return url.pathname === SIGN_OUT ? signOut(request) : fetch(request).catch(() => notice("unsaved"));
  }

  /* -- Files and pages -- */

  async function file(request) {
    const found = await caches.match(request, { ignoreVary: true });
    if (found && cinta.hashed) return found;
    return fetch(request).catch(() => found || Response.error());
  }

  async function page(request, url) {
    if (await queue.wishesSignOut().catch(() => false)) {
      await cinta.limited(queue.finishSignOut(), SIGN_OUT_PATIENCE).catch(() => undefined);
    }
    try {
      return real(await cinta.limited(fetch(request), PAGE_PATIENCE));
    } catch (error) {
      const copy = await kept.page(url.pathname).catch(() => null);
      return copy && !url.pathname.startsWith("/offline/") ? pages.whole(copy.text, copy) : standing();
    }
  }

  /* A gateway that speaks for a server it cannot reach is no network. */
  function real(answer) {
    const isPage = (answer.headers.get("Content-Type") || "").startsWith("text/html");
    if (isPage && [502, 503, 504].includes(answer.status)) throw Error("no server");
    return answer;
  }

  /* -- Reports -- */

  async function report(request) {
    const spare = request.clone();
    let form;
    try {
      form = await request.formData();
    } catch (error) {
      return fetch(spare).catch(() => pages.lastResort());
    }
    const entry = await keep(await entryOf(form));
    const sent = await send(entry, form.get("csrfmiddlewaretoken")).catch(() => null);
    if (!sent || sent.said === "nothing") return advise(entry);
    if (sent.said === "stored" || sent.said === "refused") await forget(entry);
    else await weigh(entry, await kept.offlinePage().catch(() => null));
    return sent.answer;
  }

  async function entryOf(form) {
    const text = name => String(form.get(name) || "");
    const copy = await kept.offlinePage().catch(() => null);
    const fields = {
      symptoms: form.getAll("symptoms").map(String), started: text("started"), note: text("note"),
      feel_ok: form.has("feel_ok"),
    };
    const id = cinta.isUuid(text("report_id")) ? text("report_id") : cinta.uuid();
    return {
      report_id: await idOf(id, fields).catch(() => id),
      owner: text("device_owner") || (copy ? cinta.ownerIn(copy.text) : ""),
      fields: fields,
      device_made_at: cinta.localTime(),
    };
  }

  /* One form can be sent with other words after "back". The second half of an id is therefore a digest of
     the words: the same words are the same report however often they come, other words are another one. */
  async function idOf(id, fields) {
    const form = id.toLowerCase().replace(/-/g, "").slice(0, 16).replace(/^(.{12})./, (all, head) => head + "8");
    const words = JSON.stringify([form, fields.symptoms.slice().sort(), fields.started, fields.note, fields.feel_ok]);
    const digest = new Uint8Array(await self.crypto.subtle.digest("SHA-256", new TextEncoder().encode(words)));
    digest[0] = (digest[0] & 63) | 128;
    const tail = Array.from(digest.slice(0, 8)).map(byte => byte.toString(16).padStart(2, "0")).join("");
    return (form + tail).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  /* On the disk first, then to the server. An empty form, or nobody's, is sent but not kept. */
  async function keep(entry) {
    const isEmpty = !entry.fields.symptoms.length && !entry.fields.feel_ok;
    if (isEmpty || !queue.isSound(entry)) return entry;
    return queue.keep(entry).catch(() => entry);
  }

  async function send(entry, token) {
    const sent = await queue.post(entry, token, REPORT_PATIENCE);
    if (sent.said !== "no" && sent.answer.status !== 403) return sent;
    /* Perhaps the form was older than her session: once more, with a token of now. */
    const ticket = await queue.ticket();
    return ticket.owner === entry.owner ? queue.post(entry, ticket.token, REPORT_PATIENCE) : sent;
  }

  async function forget(entry) {
    if (entry.number === undefined) return;
    await queue.remove(entry).catch(() => undefined);
    cinta.tell();
  }

  /* Decide what she is told, and note it with the entry. Never throws. */
  async function weigh(entry, copy) {
    const symptoms = entry.fields.symptoms.map(code => code.toUpperCase());
    const rules = await caches.match(cinta.rules).then(found => found.json()).catch(() => null);
    const facts = copy ? cinta.factsOf(kept.dataOf(copy.text)) : { days: null, highRisk: true, strict: true };
    const found = cinta.assessSafely(rules, Object.assign({ symptoms: symptoms }, facts));
    let tone = "body";
    try {
      tone = cinta.toneOf(rules, found, symptoms);
    } catch (error) { /* without rules: the hospital */ }
    entry.level = LEVELS[found.urgency];
    entry.kind = tone === "body" ? entry.level : tone;
    if (!symptoms.length) entry.level = entry.kind = entry.fields.feel_ok ? "ok" : "empty";
    if (entry.number !== undefined) {
      await queue.change(entry, { level: entry.level, kind: entry.kind }).catch(() => undefined);
    }
  }

  /* The answer to a report that could not be sent: its advice, and that nobody has been told. */
  async function advise(entry) {
    const copy = await kept.offlinePage().catch(() => null);
    await weigh(entry, copy);
    cinta.tell();
    if (self.registration.sync) self.registration.sync.register("reports").catch(() => undefined);
    return copy ? pages.whole(pages.withAnswer(copy.text, entry, true), copy) : pages.lastResort();
  }

  /* Any other page without a network: what she was told and has not been sent stands on top. */
  async function standing() {
    const copy = await kept.offlinePage().catch(() => null);
    if (!copy) return pages.lastResort();
    const owner = cinta.ownerIn(copy.text), all = owner ? await queue.all().catch(() => []) : [];
    const rank = entry => ["contact", "urgent", "emergency"].indexOf(entry.level);
    const hers = all.filter(entry => entry.owner === owner && queue.isSound(entry) && rank(entry) >= 0);
    const gravest = hers.reduce((best, entry) => (best && rank(best) > rank(entry) ? best : entry), null);
    return pages.whole(gravest ? pages.withAnswer(copy.text, gravest, false) : pages.saidNow(copy.text), copy);
  }

  /* -- Signing in and out -- */

  async function signIn(request) {
    await kept.clear().catch(() => undefined);
    await queue.dropWish().catch(() => undefined);
    return fetch(request).catch(() => standing());
  }

  async function signOut(request) {
    await kept.clear().catch(() => undefined);
    try {
      const answer = real(await cinta.limited(fetch(request), REPORT_PATIENCE));
      await kept.clear().catch(() => undefined);
      return answer;
    } catch (error) {
      await queue.wishSignOut().catch(() => undefined);
      return notice("signed-out");
    }
  }

  async function notice(kind) {
    const copy = await kept.offlinePage().catch(() => null);
    return copy ? pages.whole(pages.withAnswer(copy.text, { kind: kind, fields: { symptoms: [] } }, false), copy) : pages.lastResort();
  }
})(self);
