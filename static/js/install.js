/* Cinta on the home screen: offered on her own page, in our words, and nowhere else. */
(function (self) {
  "use strict";
  const button = document.getElementById("install"), said = document.getElementById("installed");
  let offer = null;

  self.addEventListener("beforeinstallprompt", event => {
    /* Else some browsers lay their own offer over the page, and over the number she is to call. */
    event.preventDefault();
    if (!button) return;
    offer = event;
    button.hidden = false;
  });

  self.addEventListener("appinstalled", () => {
    if (!button) return;
    button.hidden = true;
    said.textContent = said.dataset.words;
  });

  /* A browser takes one answer for each offer, and makes a new one when it wants to. */
  if (button) button.addEventListener("click", () => {
    button.hidden = true;
    offer.prompt();
  });
})(self);
