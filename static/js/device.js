/* On every page: start the service worker, let it renew what it keeps, send what waits, say what was not sent. */
(function (self) {
  "use strict";
  const cinta = self.cinta, place = document.getElementById("unsent");
  const AGAIN = 30000;
  if (!place || !self.indexedDB || !self.fetch || !self.URLSearchParams) return;
  const owner = place.dataset.owner;

  if (navigator.serviceWorker) {
    /* At home, and where a page says so: after the end of a pregnancy nothing of before may stay here. */
    const isHome = location.pathname === place.dataset.home || Boolean(document.querySelector("[data-renew]"));
    const ask = registered => registered.active.postMessage({ renew: true, owner: owner, now: isHome });
    navigator.serviceWorker.register(place.dataset.worker).catch(() => undefined);
    navigator.serviceWorker.ready.then(ask);
  }

  /* A report says whose it is, so that the device never sends it for someone else. */
  document.addEventListener("submit", event => {
    if (!owner || new URL(event.target.getAttribute("action") || "", location.href).pathname !== place.dataset.report) return;
    const mark = document.createElement("input");
    mark.type = "hidden";
    mark.name = "device_owner";
    mark.value = owner;
    event.target.append(mark);
  });

  function send() {
    return cinta.unsent.draw(place)
      .then(something => something && cinta.queue.flush())
      .then(() => cinta.unsent.draw(place))
      .catch(() => undefined);
  }

  /* What has just arrived changes what stands on top of her own page. */
  document.addEventListener("sent", () => {
    if (document.getElementById("now")) renewNow().catch(() => undefined);
  });

  async function renewNow() {
    const answer = await fetch(location.pathname, { credentials: "same-origin", cache: "no-store", redirect: "error" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html"), fresh = page.getElementById("now");
    if (!answer.ok || !fresh) return;
    document.getElementById("now").replaceWith(fresh);
    if (self.htmx) self.htmx.process(fresh);
  }

  if (self.BroadcastChannel) {
    new BroadcastChannel("cinta").onmessage = () => cinta.unsent.draw(place).catch(() => undefined);
  }
  self.addEventListener("online", send);
  self.setInterval(send, AGAIN);
  send();
})(self);
