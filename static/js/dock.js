/* The callout under her thumb, decided on this device by the same rules: at once, and without a network.
   With one, the server's own answer takes its place. */
(function (self) {
  "use strict";
  const cinta = self.cinta, form = document.querySelector("form.logf"), facts = document.querySelector("[data-made-at]");
  if (!form || !facts || !self.fetch) return;
  const LEVELS = { 1: "contact", 2: "urgent", 3: "emergency" };
  const data = Object.assign({}, facts.dataset);
  /* A page fresh from the server: its time is now, so the difference is this device's clock. */
  if (!data.clockAhead) data.clockAhead = Date.now() - Date.parse(data.madeAt);

  const alone = facts === form ? null : document.getElementById("live");
  const rules = fetch(data.rules).then(answer => answer.json()).catch(() => null);
  const isKept = Boolean(alone);

  async function decide() {
    const table = await rules, dock = document.getElementById("dock");
    const boxes = Array.from(form.querySelectorAll("[name=symptoms]:checked"));
    const ticked = boxes.map(box => box.value.toUpperCase());
    if (!table && !isKept) return; /* each sign carries the server's own level there */
    if (!ticked.length) return void dock.removeAttribute("data-decided");
    const found = cinta.assessSafely(table, Object.assign({ symptoms: ticked }, cinta.factsOf(data)));
    const crisis = table && cinta.toneOf(table, found, ticked) === "crisis";
    dock.dataset.decided = crisis ? "crisis" : LEVELS[found.urgency];
    const shown = dock.querySelector('[data-dock="' + dock.dataset.decided + '"] h2');
    if (alone && shown && alone.textContent !== shown.textContent) alone.textContent = shown.textContent;
  }

  form.addEventListener("change", decide);
  /* The kept page cannot carry the id of a report that is still to come. Each showing of it is a new report. */
  self.addEventListener("pageshow", () => {
    if (isKept) form.elements.report_id.value = cinta.uuid();
    decide();
  });
})(self);
