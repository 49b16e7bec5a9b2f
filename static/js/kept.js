/* What the service worker keeps, in two caches: the shell (our files and the public pages) and "hers"
   (/offline/ with what the rules need of her, the warning signs and this week's lesson, both public). */
(function (self) {
  "use strict";
  const cinta = self.cinta, kept = (cinta.kept = {});
  const HERS = "cinta-hers", SHELL_PREFIX = "cinta-shell-", SHELL = SHELL_PREFIX + cinta.version;
  const OFFLINE = "/offline/", SIGNS = "/warning-signs/", KEPT_AT = "Kept-At", KEPT_FOR = "Kept-For";
  const HOUR = 3600 * 1000, PATIENCE = 20000;

  kept.install = async function () {
    const shell = await caches.open(SHELL);
    await shell.addAll(cinta.shell);
    await keepPublicPages();
  };

  /* Forget her. What has not been sent is not here, and stays. */
  kept.clear = () => caches.delete(HERS);

  /* Renew what is too old, or belongs to someone else than the person on the page that asks. */
  kept.renewIfNeeded = async function (owner, now) {
    const page = await kept.page(OFFLINE, HERS);
    const mark = page ? cinta.ownerIn(page.text) : "";
    if (owner || mark) {
      if (now || mark !== owner || isOlderThan(page, HOUR)) await kept.renew();
    } else if (isOlderThan(await kept.page(OFFLINE, SHELL), 24 * HOUR)) await keepPublicPages();
  };

  /* Fetch her pages again. Throws without a network, and then changes nothing. */
  kept.renew = async function () {
    /* Opened first: if she signs out while this runs, what is put here vanishes with the cache. */
    let hers = await caches.open(HERS);
    const answer = await fetched(OFFLINE, "same-origin");
    const text = await answer.text(), data = kept.dataOf(text), owner = cinta.ownerIn(text);
    const before = await kept.page(OFFLINE, HERS);
    if (before && cinta.ownerIn(before.text) !== owner) {
      await caches.delete(HERS);
      hers = await caches.open(HERS);
    }
    if (!owner) return void (await caches.delete(HERS));
    const paths = data.lesson ? [SIGNS, data.lesson] : [SIGNS];
    const pages = await Promise.all(paths.map(publicPage));
    const ahead = Date.now() - Date.parse(data.madeAt);
    await hers.put(OFFLINE, copyOf(answer, text.replace('data-clock-ahead=""', 'data-clock-ahead="' + ahead + '"')));
    await Promise.all(paths.map((path, index) => hers.put(path, pages[index])));
    const fresh = [OFFLINE].concat(paths);
    for (const request of await hers.keys()) {
      if (!fresh.includes(new URL(request.url).pathname)) await hers.delete(request);
    }
  };

  /* After a new version: the pages kept before it point to files of the old one, so renew them first. */
  kept.moveToThisVersion = async function () {
    if (await caches.has(HERS)) await kept.renew();
    for (const name of await caches.keys()) {
      if (name.startsWith(SHELL_PREFIX) && name !== SHELL) await caches.delete(name);
    }
  };

  /* Return a kept page as {text, headers}: hers, or the public one; from one cache if it is named. */
  kept.page = async function (path, cacheName) {
    for (const name of cacheName ? [cacheName] : [HERS, SHELL]) {
      const found = (await caches.has(name)) && (await (await caches.open(name)).match(path, { ignoreVary: true }));
      if (found) return { text: await found.text(), headers: found.headers };
    }
    return null;
  };

  kept.offlinePage = () => kept.page(OFFLINE);

  /* Read the data attributes of a kept page's <main>. */
  kept.dataOf = function (text) {
    const data = {}, main = /<main\b[^>]*>/.exec(text);
    for (const pair of main ? main[0].match(/data-[a-z-]+="[^"]*"/g) || [] : []) {
      const name = pair.slice(5, pair.indexOf("=")).replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
      data[name] = pair.slice(pair.indexOf('"') + 1, -1);
    }
    return data;
  };

  async function keepPublicPages() {
    const shell = await caches.open(SHELL);
    for (const path of [OFFLINE, SIGNS]) await put(shell, path, await fetched(path, "omit"));
  }

  /* A public page as it was kept within the hour for the files of this version, or fetched. */
  async function publicPage(path) {
    const found = await kept.page(path);
    const isFresh = found && found.headers.get(KEPT_FOR) === cinta.version && !isOlderThan(found, HOUR);
    if (isFresh) return new Response(found.text, { headers: found.headers });
    const answer = await fetched(path, "omit");
    return copyOf(answer, await answer.text());
  }

  async function fetched(path, credentials) {
    const asked = fetch(path, { credentials: credentials, cache: "no-store", redirect: "error" });
    const answer = await cinta.limited(asked, PATIENCE);
    if (!answer.ok) throw Error(path + ": " + answer.status);
    return answer;
  }

  async function put(cache, path, answer) {
    await cache.put(path, copyOf(answer, await answer.text()));
  }

  /* The same page with the same policy, and when it was kept. */
  function copyOf(answer, text) {
    const headers = new Headers({ "Content-Type": "text/html; charset=utf-8" });
    for (const name of ["Content-Security-Policy", "Referrer-Policy", "X-Frame-Options"]) {
      if (answer.headers.has(name)) headers.set(name, answer.headers.get(name));
    }
    headers.set(KEPT_AT, String(Date.now()));
    headers.set(KEPT_FOR, cinta.version);
    /* A copy does not know who is signed in when it is shown, and leaves the number on the icon alone. */
    return new Response(text.replace(' data-open-advice=""', ""), { headers: headers });
  }

  function isOlderThan(page, limit) {
    return !page || !(Math.abs(Date.now() - Number(page.headers.get(KEPT_AT))) < limit);
  }
})(self);
