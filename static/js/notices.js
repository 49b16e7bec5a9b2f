/* Notifications to the care team. They name nobody; a tap opens the page they are about. */
(function (self) {
  "use strict";
  self.addEventListener("push", event => {
    let told = {};
    try {
      told = event.data.json();
    } catch (error) { /* an empty or broken message still says: open Cinta */ }
    event.waitUntil(self.registration.showNotification(told.title || "Cinta", {
      body: told.words || "", tag: told.key || "cinta", data: { page: told.page }, requireInteraction: true,
    }));
  });

  self.addEventListener("notificationclick", event => {
    event.notification.close();
    /* The path only: this is the site she is signed in to, whatever it calls itself in mails. */
    const page = new URL((event.notification.data || {}).page || "/", self.location.origin).pathname;
    const open = all => {
      const shown = all.find(each => new URL(each.url).pathname === page);
      return shown ? shown.focus() : self.clients.openWindow(page);
    };
    event.waitUntil(self.clients.matchAll({ type: "window", includeUncontrolled: true }).then(open));
  });
})(self);
