/* The triage rules in the browser: the same answers as tracker/clinical/triage.py, from the same table
   (data/triage.json, written by `manage.py build_rules`). A test compares both over every cell. */
(function (self) {
  "use strict";
  const cinta = (self.cinta = self.cinta || {});
  const CONTACT = 1, URGENT = 2, EMERGENCY = 3;
  const TERM_DAYS = 280, DAY = 24 * 3600 * 1000;
  /* A copy that is older than this, or from the future, means that the clock cannot be trusted. */
  const OLDEST_COPY = 45 * DAY, SLACK = 3600 * 1000;

  /* Return {urgency, rules, version}. Answers: symptoms (codes), days along (null: unknown), highRisk, strict. */
  cinta.assess = function (rules, answers) {
    const symptoms = withCombinations(rules, answers.symptoms);
    const week = weekOf(rules, answers.days);
    const stitch = answers.symptoms.some(code => code.startsWith("STITCH_"));
    const risk = answers.highRisk || stitch ? "high" : "any";
    const rows = symptoms.map(code => rowFor(rules, code, risk, week)).filter(Boolean);
    const levels = new Map(rows.map(row => [row.code, row.urgency]));
    if (rows.length < symptoms.length || !symptoms.length) levels.set(rules.codes.unknown, CONTACT);
    if (week === null || (rules.watched[0] <= week && week <= rules.watched[1])) {
      raise(rules, levels, rows, answers.strict);
    }
    const fired = Array.from(levels.keys()).sort();
    return { urgency: Math.max(...levels.values()), rules: fired, version: rules.version };
  };

  /* The answer for when nothing can be computed: go to the hospital. */
  cinta.strictest = function () {
    return { urgency: EMERGENCY, rules: ["UNKNOWN_SYMPTOM"], version: "" };
  };

  /* Never throws: rules that are missing or damaged give the strictest answer. */
  cinta.assessSafely = function (rules, answers) {
    try {
      const found = cinta.assess(rules, answers);
      return [CONTACT, URGENT, EMERGENCY].includes(found.urgency) ? found : cinta.strictest();
    } catch (error) {
      return cinta.strictest();
    }
  };

  /* Return crisis, mood or body, as tracker/advice.py does. */
  cinta.toneOf = function (rules, assessment, symptoms) {
    const graves = assessment.rules.filter(code => urgencyOfRule(rules, code) === EMERGENCY);
    if (graves.length && graves.every(code => code.startsWith("SELF_HARM"))) return "crisis";
    return symptoms.includes("LOW_MOOD") && assessment.urgency === CONTACT ? "mood" : "body";
  };

  /* Return the gestational age in days on the calendar of that time zone, or null when it is unknown. */
  cinta.daysAlong = function (dueDate, timeZone, now) {
    try {
      const days = TERM_DAYS - (dayNumber(dueDate) - dayNumber(dateIn(timeZone, now))) / DAY;
      return Number.isInteger(days) && days >= 0 ? days : null;
    } catch (error) {
      return null;
    }
  };

  /* Read what the rules need from data attributes; whatever is missing is read in the strictest way. */
  cinta.factsOf = function (data, clock) {
    const now = trueTime(data, clock === undefined ? Date.now() : clock);
    return {
      days: now === null ? null : cinta.daysAlong(data.dueDate, data.timeZone, new Date(now)),
      highRisk: data.highRisk !== "no",
      strict: data.strict === "yes",
    };
  };

  function withCombinations(rules, ticked) {
    const all = new Set(ticked);
    for (const pair of rules.combinations) {
      const has = codes => codes.some(code => ticked.includes(code));
      if (has(pair.first) && has(pair.second)) all.add(pair.code);
    }
    return Array.from(all);
  }

  function weekOf(rules, days) {
    if (days === null || days === undefined) return null;
    const week = Math.floor(days / 7);
    return rules.weeks[0] <= week && week <= rules.weeks[1] ? week : null;
  }

  function rowFor(rules, symptom, risk, week) {
    const all = rules.rules.filter(row => row.symptom === symptom && row.risk === risk);
    const now = week === null ? [] : all.filter(row => row.week_from <= week && week <= row.week_to);
    return (now.length ? now : all).reduce(
      (gravest, row) => (gravest && gravest.urgency >= row.urgency ? gravest : row), null);
  }

  function raise(rules, levels, rows, strict) {
    const named = rows.filter(row => row.urgency === URGENT && row.documents.length);
    if (named.length >= 2) levels.set(rules.codes.two_signs, EMERGENCY);
    if (strict && rows.some(row => row.documents.includes("S0"))) levels.set(rules.codes.strict, EMERGENCY);
  }

  function urgencyOfRule(rules, code) {
    if (code === rules.codes.unknown) return CONTACT;
    const row = rules.rules.find(each => each.code === code);
    return row ? row.urgency : EMERGENCY;
  }

  function dayNumber(text) {
    const time = Date.parse(text + "T00:00:00Z");
    if (!/^\d{4}-\d\d-\d\d$/.test(text) || new Date(time).toISOString().slice(0, 10) !== text) throw RangeError(text);
    return time;
  }

  function dateIn(timeZone, now) {
    if (!timeZone) throw RangeError("no time zone");
    const shape = { timeZone: timeZone, year: "numeric", month: "2-digit", day: "2-digit" };
    const parts = {};
    for (const part of new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", shape).formatToParts(now)) {
      parts[part.type] = part.value;
    }
    return parts.year + "-" + parts.month + "-" + parts.day;
  }

  /* The device's clock, put right by how far it was ahead of the server when the copy was made. */
  function trueTime(data, clock) {
    const made = Date.parse(data.madeAt), now = clock - Number(data.clockAhead || 0);
    return now >= made - SLACK && now <= made + OLDEST_COPY ? now : null;
  }
})(self);
