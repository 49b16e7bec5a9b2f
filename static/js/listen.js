/* Read a page aloud with the browser's own voice. Only voices of this device: no word leaves it.
   Where there is no such voice for the language of the text, no button shows. */
(function (self) {
  "use strict";
  const speech = self.speechSynthesis, Utterance = self.SpeechSynthesisUtterance;
  const button = document.querySelector("[data-listen]"), stopper = document.querySelector("[data-listen-stop]");
  const roots = Array.from(document.querySelectorAll("[data-read]"));
  if (!speech || !Utterance || !button || !roots.length) return;

  const BLOCKS = "h1, h2, h3, p, li, figcaption, dt, dd", APART = ".sources, .no-print, .vh, .hero__hi, form, nav, svg";
  const label = button.querySelector("span"), LISTEN = label.textContent;
  const tongue = (roots[roots.length - 1].closest("[lang]") || document.documentElement).lang || "en";
  let queue = [], place = 0, state = "silent", turn = 0;

  /* -- Voices: some browsers know them late, and say so -------------------------------------- */
  const base = language => language.toLowerCase().split(/[-_]/)[0];
  const voice = () => speech.getVoices().find(each => each.localService && base(each.lang) === base(tongue));
  function show() {
    const ready = Boolean(voice());
    if (!ready && state !== "silent") stop();
    button.hidden = !ready;
  }
  if (speech.addEventListener) speech.addEventListener("voiceschanged", show);
  else speech.onvoiceschanged = show;

  /* -- What is read: the innermost blocks that can be seen, sentence by sentence ---------------- */
  const seen = block => block.getClientRects().length > 0 && !block.closest(APART);
  const blocks = () => roots.flatMap(root => Array.from(root.querySelectorAll(BLOCKS)))
    .filter(block => seen(block) && !block.querySelector(BLOCKS));
  /* Long pieces are cut off by some voices. */
  const sentences = text => text.replace(/([.!?])\s+/g, "$1\n").split(/\n+/);
  const pieces = block => sentences(block.innerText).map(text => text.trim()).filter(Boolean);

  /* -- Reading ---------------------------------------------------------------------------------- */
  function mark(block) {
    const before = document.querySelector(".is-read-aloud");
    if (before === block) return;
    if (before) before.classList.remove("is-read-aloud");
    if (!block) return;
    block.classList.add("is-read-aloud");
    const calm = self.matchMedia("(prefers-reduced-motion: reduce)").matches;
    block.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  }

  function draw() {
    label.textContent = { silent: LISTEN, reading: button.dataset.pauseWords, paused: button.dataset.continueWords }[state];
    stopper.hidden = state === "silent";
  }

  function say() {
    const mine = ++turn, piece = queue[place];
    if (!piece) return stop();
    const utterance = new Utterance(piece.text);
    utterance.lang = tongue;
    utterance.voice = voice() || null;
    utterance.onend = () => { if (mine === turn && state === "reading") { place += 1; say(); } };
    utterance.onerror = () => { if (mine === turn) stop(); };
    mark(piece.block);
    speech.speak(utterance);
  }

  /* On some phones a pause of the voice is its end: so it is silenced, and the sentence begins again. */
  function hush() {
    turn += 1;
    speech.cancel();
  }

  function stop() {
    const lost = document.activeElement === stopper;
    hush();
    state = "silent";
    place = 0;
    mark(null);
    draw();
    if (lost) button.focus();
  }

  button.addEventListener("click", () => {
    if (state === "reading") {
      hush();
      state = "paused";
    } else {
      if (state === "silent") {
        queue = blocks().flatMap(block => pieces(block).map(text => ({ block: block, text: text })));
        hush(); /* whatever another page left behind */
      }
      state = "reading";
      say();
    }
    draw();
  });
  stopper.addEventListener("click", stop);
  self.addEventListener("pagehide", stop);
  show();
})(self);
