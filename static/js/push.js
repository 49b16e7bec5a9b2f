/* Notifications on this device: switched on and off by the reader, and shown as they are. Needs the service worker. */
(function (self) {
  "use strict";
  const form = document.getElementById("push");
  if (!form || !navigator.serviceWorker || !self.PushManager || !self.Notification || !self.fetch) return;
  const key = bytesOf(form.dataset.key);
  const mine = new Set(form.dataset.endpoints.split(" "));

  /* Without a service worker this never comes, and the form stays hidden. */
  navigator.serviceWorker.ready.then(registered => {
    const browser = registered.pushManager;
    if (!browser) return;
    form.addEventListener("click", event => {
      const button = event.target.closest("button");
      if (button) act(browser, button);
    });
    draw(browser, false).catch(() => undefined);
  });

  function act(browser, button) {
    button.disabled = true;
    const done = button.value === "stop" ? stop(browser) : subscribe(browser);
    done.then(() => draw(browser, false), () => draw(browser, true)).catch(() => undefined)
      .then(() => (button.disabled = false));
  }

  /* On means: this browser is subscribed, with this site's key of now, and the server holds it as mine. */
  function draw(browser, hasFailed) {
    return browser.getSubscription().then(found => {
      const isOn = found && isOurs(found) && mine.has(found.endpoint) && Notification.permission === "granted";
      const isBlocked = !isOn && Notification.permission === "denied";
      const shown = { on: isOn, off: !isOn && !isBlocked, blocked: isBlocked, failed: hasFailed && !isBlocked };
      form.querySelectorAll("[data-when]").forEach(each => (each.hidden = !shown[each.dataset.when]));
      form.hidden = false;
    });
  }

  function subscribe(browser) {
    /* Asked first, and at once: some browsers only listen to a tap. */
    return Promise.resolve(Notification.requestPermission())
      .then(() => browser.getSubscription())
      .then(old => (old && !isOurs(old) ? old.unsubscribe().then(() => null) : old))
      .then(old => old || browser.subscribe({ userVisibleOnly: true, applicationServerKey: key }))
      .then(made => tell(made, made.toJSON().keys).then(
        () => mine.add(made.endpoint),
        error => made.unsubscribe().then(() => { throw error; })
      ));
  }

  /* The server forgets it. If it cannot be reached, the push service will tell it that the browser is gone. */
  function stop(browser) {
    return browser.getSubscription().then(found => {
      if (!found) return;
      return tell(found, { stop: "1" })
        .then(() => mine.delete(found.endpoint), () => undefined)
        .then(() => found.unsubscribe());
    });
  }

  function tell(subscription, fields) {
    const body = new URLSearchParams();
    const token = form.elements.csrfmiddlewaretoken.value;
    const all = Object.assign({ csrfmiddlewaretoken: token, endpoint: subscription.endpoint }, fields);
    Object.keys(all).forEach(name => body.set(name, all[name]));
    return fetch(form.action, { method: "POST", body: body, credentials: "same-origin", redirect: "error" })
      .then(answer => { if (answer.status !== 204) throw Error(String(answer.status)); });
  }

  function isOurs(subscription) {
    const used = subscription.options && subscription.options.applicationServerKey;
    return !used || String(new Uint8Array(used)) === String(key);
  }

  function bytesOf(base64url) {
    const plain = self.atob(base64url.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, sign => sign.charCodeAt(0));
  }
})(self);
