/* Show what is typed as a password, until it is sent. Without this script the button stays hidden. */
document.querySelectorAll("[data-shows]").forEach(button => {
  "use strict";
  const field = document.getElementById(button.dataset.shows), label = button.querySelector("span"), SHOW = label.textContent;
  function show(shown) {
    field.type = shown ? "text" : "password";
    label.textContent = shown ? button.dataset.hide : SHOW;
  }
  button.hidden = false;
  button.addEventListener("click", () => show(field.type === "password"));
  field.form.addEventListener("submit", () => show(false));
});
