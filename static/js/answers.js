/* What the service worker answers when nobody else does: the kept page, with the advice put into its place. */
(function (self) {
  "use strict";
  const cinta = self.cinta;
  const KINDS = ["emergency", "urgent", "contact", "crisis", "mood", "ok", "empty", "unsaved", "signed-out"];
  cinta.pages = { withAnswer: withAnswer, saidNow: saidNow, whole: whole, lastResort: lastResort };

  /* Put an answer, which the page carries as a <template>, into its place. */
  function withAnswer(text, entry, isAnswer) {
    const kind = KINDS.includes(entry.kind) ? entry.kind : entry.level;
    const block = new RegExp('<template data-kind="' + kind + '">([\\s\\S]*?)</template>').exec(text);
    if (!block) return text;
    const words = entry.fields.symptoms.map(code => wordsFor(text, code)).join(", ");
    let answer = block[1].split('<b data-slot="words"></b>').join("<b>" + words + "</b>");
    answer = answer.split('data-report-id=""').join('data-report-id="' + entry.report_id + '"');
    /* One of two lines is true; of what the server refused neither is, and the notice tells. */
    const wrong = entry.state === "refused" ? "[a-z]+" : entry.number === undefined ? "yes" : "no";
    answer = answer.replace(new RegExp('<p class="sent" data-kept="' + wrong + '"[\\s\\S]*?</p>', "g"), "");
    if (!isAnswer) answer = answer.replace(/ autofocus| role="alert"/g, "");
    const heading = /<h1[^>]*>([^<]*)/.exec(answer);
    text = between(text, "intro", () => answer).replace(/<title>[^<]*/, () => "<title>" + heading[1] + " · Cinta");
    if (kind === "empty") {
      text = text.replace(/(<textarea [^>]*>)(?=<\/textarea>)/, (tag) => tag + escaped(entry.fields.note));
    } else if (isAnswer) {
      text = between(text, "form", () => "");
      if (kind !== "ok") text = text.replace("<main ", '<main data-report-urgency="' + entry.level + '" ');
    }
    return text;
  }

  function saidNow(text) {
    return text.replace(/<h1 data-now="([^"]*)">[^<]*/, "<h1>$1");
  }

  function between(text, name, made) {
    return text.replace(new RegExp("<!--" + name + "-->[\\s\\S]*<!--/" + name + "-->"), made);
  }

  function escaped(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  }

  /* Her words for a sign, as the form on the same page says them. */
  function wordsFor(text, code) {
    const plain = code.replace(/[^A-Za-z0-9_]/g, "");
    const label = new RegExp('<b>([^<]*)</b>(?:<small>[^<]*</small>)?</span><input [^>]*value="' + plain + '"', "i");
    const found = label.exec(text);
    return found ? found[1] : plain.replace(/_/g, " ").toLowerCase();
  }

  function whole(text, copy) {
    return new Response(text, { headers: copy.headers });
  }

  /* Nothing is kept at all, not even the public page: the strictest advice in the plainest page. */
  function lastResort() {
    const words = cinta.lastResort;
    const page = '<!doctype html><html lang="' + words.language + '"><meta charset="utf-8">' +
      '<meta name="viewport" content="width=device-width"><title>' + words.heading + "</title>" +
      '<main data-report-urgency="emergency"><section data-urgency="emergency"><h1>' + words.heading + "</h1><p>" +
      words.untold + '</p><p><a href="tel:' + words.number + '">' + words.call + "</a></p></section></main></html>";
    return new Response(page, { headers: { "Content-Type": "text/html; charset=utf-8" } });
  }
})(self);
