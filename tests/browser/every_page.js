/* What a crawler asks of a page. Every question returns its complaints, empty when there are none. */
(function (self) {
  "use strict";
  const all = selector => [...document.querySelectorAll(selector)];
  const words = element => (element.getAttribute("aria-label") || element.innerText || element.value || "").replace(/\s+/g, " ").trim();
  const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  let visited = [], troubles = [];
  self.look = { wide, cut, small, structure, moving, bare, covered, listen, heard, dead, paper, errors, headings, forms, empty };

  function say(element) {
    const name = element.tagName.toLowerCase() + [...element.classList].map(each => "." + each).join("");
    return name + " " + JSON.stringify(words(element).slice(0, 60));
  }

  function isShown(element) {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && !element.closest(".vh") && element.checkVisibility({ visibilityProperty: true });
  }

  /* Nobody scrolls sideways: what sticks out of the screen. */
  function wide() {
    const edge = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= edge) return [];
    const outside = all("body *").filter(each => {
      const box = each.getBoundingClientRect();
      return isShown(each) && (box.right > edge + 1 || box.left < -1) && !each.closest("svg") && !scrolls(each);
    });
    return ["wide: " + (outside.slice(0, 3).map(say).join(", ") || "something")];
  }

  function scrolls(element) {
    for (let each = element.parentElement; each; each = each.parentElement) {
      if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(each).overflowX)) return true;
    }
    return false;
  }

  /* Words that their own box does not show. */
  function cut() {
    return all("body *").filter(each => {
      if (each.closest("svg") || each.matches("input, textarea, select") || !words(each) || !isShown(each)) return false;
      const style = getComputedStyle(each);
      const hides = ["hidden", "clip"].includes(style.overflowX) || ["hidden", "clip"].includes(style.overflowY);
      const spills = each.matches("button, .btn, .lab, .chip, .tool, .call, th, td, summary, .mainnav a");
      if (!hides && !spills || !each.clientWidth) return false;
      const over = each.scrollWidth > each.clientWidth + 1 || hides && each.scrollHeight > each.clientHeight + 2;
      return over && !each.querySelector(":scope > svg, .vh") && !each.matches(".ribbon");
    }).map(each => "cut: " + say(each));
  }

  /* 44 px each way; a link within a sentence is as high as its line. */
  function small() {
    return all(CONTROLS).filter(each => {
      if (!isShown(each) || isInSentence(each)) return false;
      const box = reach(each);
      return box.width < 43.5 || box.height < 43.5;
    }).map(each => "small: " + say(each) + " " + Math.round(reach(each).width) + "x" + Math.round(reach(each).height));
  }

  function reach(element) {
    const label = element.labels && element.labels[0];
    const boxes = [element, label].filter(each => each && isShown(each)).map(each => each.getBoundingClientRect());
    /* What lies over the words and beyond them is part of the target. */
    const after = getComputedStyle(element, "::after");
    if (after.content !== "none" && after.position === "absolute") boxes.push({ width: parseFloat(after.width), height: parseFloat(after.height) });
    return { width: Math.max(...boxes.map(each => each.width)), height: Math.max(...boxes.map(each => each.height)) };
  }

  function isInSentence(element) {
    if (element.tagName !== "A" || getComputedStyle(element).display !== "inline") return false;
    const around = element.closest("p, li, dd, td, label, legend, blockquote, span, small");
    return Boolean(around) && words(around).length > words(element).length + 3;
  }

  function structure() {
    const found = [], names = new Map();
    const expect = (isSo, what) => isSo || found.push(what);
    expect(all("h1").length === 1, all("h1").length + " h1");
    expect(all("main").length === 1, all("main").length + " main");
    expect(all("h1").every(each => each.closest("main, header")), "h1 outside main");
    expect(document.title.trim().length > 5, "title: " + document.title);
    expect(document.documentElement.lang && document.documentElement.dir, "no lang or dir");
    expect(!all("[style], style, script:not([src])").length, "inline style or script");
    for (const link of all("a[href]")) {
      const name = spoken(link), target = link.href;
      if (!name) found.push("link without words: " + link.href);
      else if (names.has(name) && names.get(name) !== target) found.push("one name, two places: " + name);
      names.set(name, target);
    }
    for (const region of all("[role=status], [role=alert], [aria-live]")) {
      if (region.matches(".errsum")) continue;
      const text = words(region);
      if (region.querySelector("a, button, input")) found.push("live region with controls: " + say(region));
      if (text.length > 120) found.push("live region of many words: " + say(region));
    }
    return found;
  }

  function spoken(link) {
    return (link.getAttribute("aria-label") || link.textContent).replace(/\s+/g, " ").trim();
  }

  /* Who asked for less motion gets none. */
  function moving() {
    return all("body *").filter(each => {
      const style = getComputedStyle(each);
      const moves = style.transitionDuration.split(", ").some(time => parseFloat(time) > 0) && style.transitionProperty !== "none";
      return moves || style.animationName !== "none" || style.scrollBehavior === "smooth";
    }).map(each => "moving: " + say(each)).slice(0, 3);
  }

  /* Without our colors a control still has an edge. */
  function bare() {
    return all("button, .btn, .call, .care, .panel, .lab, .pick, .chip, input:not([type=hidden]), select, textarea, summary").filter(each => {
      if (!isShown(each)) return false;
      const style = getComputedStyle(each);
      const hasEdge = [style.borderTopWidth, style.borderBottomWidth].some(width => parseFloat(width) > 0);
      const isNative = each.matches("input, select") && style.appearance === "auto";
      const isHiddenInput = each.matches("input") && style.opacity === "0";
      const isFolded = each.tagName === "SUMMARY" && parseFloat(getComputedStyle(each.parentElement).borderTopWidth) > 0;
      const isText = isFolded || each.matches(".linkbtn, .tool, .panel .panel") || style.textDecorationLine.includes("underline");
      return !hasEdge && !isNative && !isHiddenInput && !isText;
    }).map(each => "no edge: " + say(each));
  }

  /* What sticks to the screen leaves most of it free. */
  function covered() {
    const high = all("body *").filter(each => ["fixed", "sticky"].includes(getComputedStyle(each).position) && isShown(each))
      .map(each => each.getBoundingClientRect()).filter(box => box.top < innerHeight && box.bottom > 0 && box.width > innerWidth / 2);
    const height = high.reduce((sum, box) => sum + Math.min(box.bottom, innerHeight) - Math.max(box.top, 0), 0);
    return height > innerHeight * .35 ? ["covered: " + Math.round(height) + " of " + innerHeight + " px"] : [];
  }

  /* The way of a keyboard: before each Tab, look at what has the focus. */
  function listen() {
    visited = [];
    troubles = [];
    document.activeElement.blur();
    self.scrollTo(0, 0);
    document.addEventListener("keydown", inspect, true);
    return reachable().reduce((taps, each) => taps + 1 + (PARTS[each.type] || 0), 2);
  }

  /* How often Tab stays within a control that has parts of its own. */
  const PARTS = { date: 3, time: 3, "datetime-local": 6 };

  function reachable() {
    return all(CONTROLS + ", [tabindex='0']").filter(canBeReached);
  }

  function canBeReached(element) {
    const style = getComputedStyle(element);
    if (element.disabled || element.tabIndex < 0 || !element.checkVisibility({ visibilityProperty: true }) || style.display === "none") return false;
    /* Of radio buttons one can be reached with Tab, the others with arrows. */
    if (element.type !== "radio") return true;
    const group = all('input[type=radio][name="' + element.name + '"]').filter(each => each.form === element.form);
    return (group.find(each => each.checked) || group[0]) === element;
  }

  function inspect() {
    const element = document.activeElement;
    if (!element || element === document.body || visited.includes(element)) return;
    visited.push(element);
    const ring = [element, element.nextElementSibling, element.closest("label, .pick, .chip, li, .task, .lesson, article")].filter(Boolean);
    if (!ring.some(hasRing)) troubles.push("no ring: " + say(element));
    const box = element.getBoundingClientRect(), middle = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2;
    const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
    if (bottom - top < 1) troubles.push("out of sight: " + say(element));
    else if ([top + 1, (top + bottom) / 2, bottom - 1].every(y => isUnderBar(element, middle, y))) troubles.push("under a bar: " + say(element));
  }

  function hasRing(element) {
    const style = getComputedStyle(element), after = getComputedStyle(element, "::after");
    return [style, after].some(each => each.outlineStyle !== "none" && parseFloat(each.outlineWidth) >= 2);
  }

  function isUnderBar(element, x, y) {
    const top = document.elementFromPoint(x, y);
    if (!top || top === element || element.contains(top) || top.contains(element)) return false;
    for (let each = top; each; each = each.parentElement) {
      if (["fixed", "sticky"].includes(getComputedStyle(each).position)) return !each.contains(element);
    }
    return false;
  }

  function heard() {
    inspect();
    document.removeEventListener("keydown", inspect, true);
    const missed = reachable().filter(each => !visited.includes(each));
    return troubles.concat(missed.map(each => "not reached: " + say(each)));
  }

  /* Without scripts no button may be there that only a script can answer. */
  function dead() {
    const buttons = all("button").filter(each => isShown(each) && !each.disabled && (each.type === "button" || !each.form));
    const links = all("a:not([href])").filter(isShown);
    const forms = all("form").filter(each => !each.hasAttribute("action") && each.method !== "get" && !each.method);
    return buttons.concat(links, forms).map(each => "dead: " + say(each));
  }

  /* Paper has no navigation, and nothing on it can be opened. */
  function paper() {
    const found = all(".mainnav, .tools, .skip").filter(isShown).map(each => "on paper: " + say(each));
    for (const folded of all("main details")) {
      const inside = [...folded.children].filter(each => each.tagName !== "SUMMARY");
      if (!folded.closest(".no-print") && inside.length && isShown(folded) && !inside.some(isShown)) found.push("folded on paper: " + say(folded));
    }
    return found;
  }

  function described(element) {
    return (element.getAttribute("aria-describedby") || "").split(" ").map(id => document.getElementById(id));
  }

  function headings() {
    return all("main :is(h1, h2, h3)").filter(isShown).map(words);
  }

  /* How many forms of this page a person fills in. */
  function forms() {
    return fillable().length;
  }

  function fillable() {
    const fields = "input:not([type=hidden]), select, textarea";
    return all("main form").filter(form => form.method === "post" && form.querySelector(fields));
  }

  /* Send one of them with nothing in it. */
  function empty(number) {
    const form = fillable()[number];
    for (const field of form.elements) {
      if (["checkbox", "radio"].includes(field.type)) field.checked = false;
      else if (field.type !== "hidden" && field.tagName !== "BUTTON") field.value = "";
    }
    form.submit();
  }

  /* A refused form: the summary has the focus, and leads to each field. */
  function errors() {
    const summary = document.querySelector(".errsum[tabindex]"), found = [];
    if (!summary) return found;
    if (!document.title.startsWith("Error:")) found.push("title: " + document.title);
    if (!summary.contains(document.activeElement)) found.push("the summary has no focus");
    for (const link of summary.querySelectorAll("a[href^='#']")) {
      if (!document.getElementById(link.hash.slice(1))) found.push("leads nowhere: " + say(link));
    }
    for (const field of all("[aria-invalid=true]")) {
      const told = [field, field.closest("fieldset")].filter(Boolean).flatMap(described);
      if (!told.some(each => each && words(each))) found.push("says not what is wrong: " + say(field));
    }
    return found;
  }
})(self);
