/* The worklist: keys, the sound and the words of a new alert, and staying in place while it renews itself. */
(function (self) {
  "use strict";
  const byId = id => document.getElementById(id);
  const form = byId("find-patient"), field = byId("q"), sound = byId("sound"), keys = byId("keys");
  const keysOn = byId("keys-on"), news = byId("news"), unreachable = byId("unreachable");
  if (!form) return;
  const list = () => byId("worklist");
  const waiting = () => list().dataset.waiting.split(" ").filter(Boolean);
  let known = new Set(waiting()), audio = null, anchor = null;

  /* -- Preferences of this browser, nothing of a patient --------------------------------- */
  const is = name => { try { return localStorage.getItem("cinta." + name) !== "off"; } catch (error) { return true; } };
  const keep = (name, on) => { try { localStorage.setItem("cinta." + name, on ? "on" : "off"); } catch (error) { /* asked again next time */ } };

  /* -- Sound ----------------------------------------------------------------------------- */
  const Audio = self.AudioContext || self.webkitAudioContext;
  const isBlocked = () => !audio || audio.state !== "running";
  if (Audio) {
    sound.hidden = false;
    sound.addEventListener("click", () => {
      if (is("sound") && isBlocked()) return wake(true);
      keep("sound", !is("sound"));
      wake(is("sound"));
    });
    ["pointerdown", "keydown"].forEach(kind => document.addEventListener(kind, event => {
      if (!sound.contains(event.target)) wake(false);
    }));
    draw();
  }

  /* Not at once: it takes a fifth of a second, and no alert is new before the first renewal. */
  function prepare() {
    if (audio || !Audio) return;
    audio = new Audio();
    audio.onstatechange = draw;
    draw();
  }

  /* Browsers keep silent until the first tap; what the button says is what is so. */
  function wake(andPlay) {
    if (!Audio || !is("sound")) return draw();
    prepare();
    audio.resume().then(() => { if (andPlay) play(); draw(); }, draw);
  }

  function draw() {
    const state = !is("sound") ? "off" : isBlocked() ? "blocked" : "on";
    if (sound.textContent !== sound.dataset[state]) sound.textContent = sound.dataset[state];
  }

  function play() {
    if (!audio || !is("sound") || isBlocked()) return;
    [660, 880].forEach((pitch, number) => {
      const tone = audio.createOscillator(), volume = audio.createGain();
      const start = audio.currentTime + number * 0.22;
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0, start);
      volume.gain.linearRampToValueAtTime(0.25, start + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.001, start + 0.4);
      tone.connect(volume).connect(audio.destination);
      tone.start(start);
      tone.stop(start + 0.42);
    });
  }

  /* -- Renewal --------------------------------------------------------------------------- */
  const isList = event => event.detail.target && event.detail.target.id === "worklist";

  document.addEventListener("htmx:beforeSwap", event => {
    if (!isList(event)) return;
    /* Signed out meanwhile: the sign-in page does not belong into the list. */
    if (event.detail.xhr.status === 200 && !event.detail.xhr.responseText.includes('id="worklist"')) {
      event.detail.shouldSwap = false;
      self.location.reload();
    }
    anchor = placeOf(anchorRow());
  });

  document.addEventListener("htmx:afterSettle", () => {
    const row = anchor && byId(anchor.id);
    if (row) self.scrollBy(0, row.getBoundingClientRect().top - anchor.top);
    anchor = null;
  });

  document.addEventListener("htmx:afterRequest", event => {
    if (!isList(event) && event.detail.elt !== list()) return;
    const status = event.detail.xhr.status;
    if (status !== 200 && status !== 204) return;
    prepare();
    tell(false);
    const checked = event.detail.xhr.getResponseHeader("Cinta-Checked");
    if (checked) byId("checked").textContent = decodeURIComponent(checked);
    if (status === 200) look();
  });

  ["htmx:sendError", "htmx:responseError", "htmx:timeout"].forEach(kind => document.addEventListener(kind, event => {
    if (isList(event) || event.detail.elt === list()) tell(true);
  }));

  function tell(isSilent) {
    unreachable.textContent = isSilent ? unreachable.dataset.words : "";
    unreachable.hidden = !isSilent;
  }

  /* An alert is new when it was not there before, was raised again, or became more urgent. */
  function look() {
    const number = list().dataset.number, now = waiting();
    const fresh = now.filter(each => !known.has(each)).length;
    known = new Set(now);
    const words = number === "0" ? news.dataset.quiet : news.dataset.title.replace("%s", number);
    document.title = words + " · Cinta";
    if (!fresh) return;
    news.textContent = fresh === 1 ? news.dataset.one : news.dataset.many.replace("%s", String(fresh));
    play();
  }

  function anchorRow() {
    const focused = document.activeElement;
    if (focused && focused.id && list().contains(focused)) return focused;
    if (self.scrollY === 0) return null;
    return names().find(each => each.getBoundingClientRect().top >= 0);
  }

  function placeOf(row) {
    return row ? { id: row.id, top: row.getBoundingClientRect().top } : null;
  }

  /* -- Filters keep what was typed -------------------------------------------------------- */
  document.addEventListener("click", event => {
    const filter = event.target.closest(".tabs [data-show], .tabs button");
    if (!filter || !field.value.trim() || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    byId("show").value = filter.dataset.show || filter.value;
    form.requestSubmit();
  });

  /* -- Keys ------------------------------------------------------------------------------ */
  const names = () => Array.from(list().querySelectorAll("a.nm"));
  keys.hidden = false;
  keysOn.checked = is("keys");
  keysOn.addEventListener("change", () => keep("keys", keysOn.checked));

  document.addEventListener("keydown", event => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (!keysOn.checked || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const inList = list().contains(event.target) && event.target.closest("tr");
    const step = { j: 1, k: -1 }[event.key] || (inList && { ArrowDown: 1, ArrowUp: -1 }[event.key]);
    if (step) move(step);
    else if (event.key === "/") field.focus();
    else if (event.key === "?") { keys.open = !keys.open; keys.querySelector("summary").focus(); }
    else return;
    event.preventDefault();
  });

  function move(step) {
    const all = names(), row = document.activeElement && document.activeElement.closest("tr");
    const here = row ? all.indexOf(row.querySelector("a.nm")) : -1;
    const next = all[Math.min(Math.max(here + step, 0), all.length - 1)];
    if (!next) return;
    next.focus();
    next.closest("tr").scrollIntoView({ block: "nearest" });
  }

  /* -- Paper ----------------------------------------------------------------------------- */
  const printer = byId("print"), printed = byId("printed");
  printer.hidden = false;
  printer.addEventListener("click", () => self.print());
  self.addEventListener("beforeprint", () => {
    printed.textContent = " " + printed.dataset.words.replace("%s", new Date().toLocaleString(document.documentElement.lang));
  });
})(self);
