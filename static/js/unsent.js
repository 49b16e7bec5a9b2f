/* The notice that tells what this device has not sent, and what it has just sent.
   Its words stand in templates/components/unsent.html, as one <template> for each kind of line. */
(function (self) {
  "use strict";
  const cinta = self.cinta;
  cinta.unsent = { draw: draw };
  let drawn = "", announced = 0;

  /* Show every line that is hers, or on a page without a person how many wait; tell whether there is something to send. */
  async function draw(place) {
    const owner = place.dataset.owner, all = await cinta.queue.all(), wish = await cinta.queue.wishesSignOut();
    const hers = all.filter(entry => owner && (entry.owner === owner || typeof entry.owner !== "string"));
    const sent = owner ? await cinta.queue.justSent(owner) : [];
    const lines = sentLines(place, sent);
    /* What the page itself says of a report, the notice does not say again. */
    hers.filter(entry => !named(entry).length).forEach(entry => lines.push(lineFor(place, entry)));
    if (!owner && all.length) lines.push(line(place, all.length > 1 ? "kept-many" : "kept-one", { count: all.length }));
    show(place, lines, hers.some(entry => entry.level !== "ok"));
    sent.forEach(markAsSent);
    hush(lines.length > 0, sent);
    return wish || hers.length > 0;
  }

  function sentLines(place, sent) {
    if (!sent.length) return [];
    const last = sent.reduce((late, each) => (each.at > late.at ? each : late));
    const words = { when: clock(last.at), made: clock(last.made), id: last.report_id, count: sent.length };
    return [line(place, sent.length > 1 ? "sent-many" : "sent", words)];
  }

  function named(entry) {
    return document.querySelectorAll('[data-report-id="' + CSS.escape(String(entry.report_id)) + '"]');
  }

  /* "Nothing is waiting for you" is not true while something waits here, nor once it has been sent. */
  function hush(something, sent) {
    const calm = document.querySelector("[data-calm]");
    if (!calm) return;
    calm.hidden = something;
    const isNews = each => each.at > performance.timeOrigin && each.at > announced;
    if (!sent.some(isNews)) return;
    announced = Date.now();
    document.dispatchEvent(new Event("sent"));
  }

  function lineFor(place, entry) {
    const sound = cinta.queue.isSound(entry) && entry.state !== "refused" && entry.state !== "broken";
    const kind = !sound ? "refused" : entry.fields.feel_ok && !entry.fields.symptoms.length ? "waiting-ok" : "waiting";
    const made = line(place, kind, { when: clock(entry.device_made_at), level: labelOf(place, entry) });
    const button = made.querySelector("button");
    if (button) button.addEventListener("click", () => cinta.queue.remove(entry).then(() => draw(place)));
    return made;
  }

  function line(place, kind, words) {
    const made = place.querySelector('template[data-line="' + kind + '"]').content.firstElementChild.cloneNode(true);
    for (const slot of made.querySelectorAll("[data-slot]")) slot.textContent = words[slot.dataset.slot] || "";
    for (const link of made.querySelectorAll("[data-pattern]")) link.href = link.dataset.pattern.replace(/0[0-]+0/, words.id);
    return made;
  }

  /* A live region speaks when it changes: leave it alone when nothing did. It says the lines, not their links. */
  function show(place, lines, callable) {
    const text = lines.map(each => each.textContent).join("|");
    place.hidden = !lines.length;
    place.querySelector("[data-numbers]").hidden = !callable;
    if (text === drawn) return;
    drawn = text;
    const list = place.querySelector("ul");
    list.textContent = "";
    list.append(...lines);
    document.getElementById("unsent-said").textContent = lines.map(spoken).join(" ");
  }

  function spoken(made) {
    const words = made.cloneNode(true);
    for (const control of words.querySelectorAll("a, button")) control.remove();
    return words.textContent.replace(/\s+/g, " ").trim();
  }

  /* The advice of a report that has arrived meanwhile: its page must not go on saying that nobody knows. */
  function markAsSent(sent) {
    for (const untold of named(sent)) {
      const news = document.getElementById("news");
      if (news) untold.replaceWith(filled(news, sent));
    }
  }

  function filled(news, sent) {
    const made = news.content.firstElementChild.cloneNode(true);
    made.querySelector("[data-slot=when]").textContent = clock(sent.at);
    const link = made.querySelector("a");
    link.href = link.dataset.pattern.replace(/0[0-]+0/, sent.report_id);
    return made;
  }

  function labelOf(place, entry) {
    const quiet = entry.kind === "crisis" || entry.kind === "mood";
    return place.dataset[quiet ? "quiet" : entry.level] || place.dataset.urgent;
  }

  /* By this device's clock, as she saw it; with the day when it was not today. */
  function clock(time) {
    const date = new Date(time), language = document.documentElement.lang;
    if (isNaN(date)) return "?";
    const hour = date.toLocaleTimeString(language, { hour: "numeric", minute: "2-digit" });
    if (date.toDateString() === new Date().toDateString()) return hour;
    return date.toLocaleDateString(language, { year: "numeric", month: "short", day: "numeric" }) + ", " + hour;
  }
})(self);
