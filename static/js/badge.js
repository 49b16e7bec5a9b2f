/* The number on the icon of the home screen: her open advice as the server has it, and what waits unsent here;
   for a provider, the alerts to act on. Nobody signed in: none. Nothing else sets it: a push does not, because it
   may reach a device she has signed out on. */
(function (self) {
  "use strict";
  const cinta = self.cinta, place = document.getElementById("unsent");
  const SIGN_OUT = "/accounts/logout/";
  if (!place || !navigator.setAppBadge || !self.indexedDB) return;
  const owner = place.dataset.owner;
  /* A page that the device kept, and a page of staff, do not know of advice: then this is NaN. */
  let open = known(place.dataset.openAdvice), asked = performance.timeOrigin;

  function known(text) {
    return text ? Number(text) : NaN;
  }

  async function draw() {
    if (!owner) return "openAdvice" in place.dataset ? show(0) : undefined;
    const list = document.getElementById("worklist");
    if (list) return show(Number(list.dataset.number));
    const waits = (await cinta.queue.all()).filter(entry => entry.owner === owner).length;
    if ((await cinta.queue.justSent(owner)).some(each => each.at > asked)) await askAgain();
    if (!isNaN(open)) await show(open + waits);
    else if (waits) await show(waits);
  }

  /* Something of hers has arrived: what the server now has open is on her first page. */
  async function askAgain() {
    asked = Date.now();
    open = NaN;
    const answer = await fetch(place.dataset.home, { credentials: "same-origin", cache: "no-store", redirect: "error" });
    const found = /data-open-advice="(\d*)"/.exec(await answer.text());
    open = known(found && found[1]);
  }

  function show(number) {
    return number ? navigator.setAppBadge(number) : navigator.clearAppBadge();
  }

  const redraw = () => void draw().catch(() => undefined);
  /* The notice of what is unsent changes with the queue, the worklist with each renewal. */
  new MutationObserver(redraw).observe(place, { childList: true, subtree: true });
  document.addEventListener("htmx:afterSettle", redraw);
  /* At once, and without a network too. */
  document.addEventListener("submit", event => {
    const path = new URL(event.target.getAttribute("action") || "", location.href).pathname;
    if (path === SIGN_OUT) navigator.clearAppBadge().catch(() => undefined);
  });
  redraw();
})(self);
