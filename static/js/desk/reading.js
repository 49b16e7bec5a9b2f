/* While an editor types: asks the desk how hard the words read, and shows it beside them. */
(function () {
  "use strict";
  var WAIT = 700;

  function words(form) {
    var posted = new URLSearchParams();
    new FormData(form).forEach(function (value, name) {
      // Plain fields and texts of the form itself: not its schedule, its sources or its questions.
      if (typeof value === "string" && !/-|^(next|action)/.test(name)) posted.append(name, value);
    });
    return posted;
  }

  function start(form, panels) {
    var address = panels[0].dataset.address, timer = 0, asked = words(form).toString(), number = 0;

    function show(html, problem) {
      panels.forEach(function (panel) {
        if (html !== null) panel.querySelector(".reading__words").innerHTML = html;
        panel.querySelector(".reading__failed").textContent = problem;
      });
    }

    function ask() {
      var posted = words(form), mine = (number += 1);
      if (posted.toString() === asked) return;
      asked = posted.toString();
      fetch(address, {
        method: "POST", body: posted, credentials: "same-origin",
        headers: { "X-Requested-With": "XMLHttpRequest" },
      }).then(function (answer) {
        return answer.text().then(function (said) {
          if (mine !== number) return;
          if (answer.ok) show(said, "");
          else show(null, answer.status === 413 ? said : panels[0].dataset.failed);
        });
      }).catch(function () {
        asked = "";
        show(null, panels[0].dataset.failed);
      });
    }

    function later() {
      window.clearTimeout(timer);
      timer = window.setTimeout(ask, WAIT);
    }
    ["input", "keyup", "change", "click"].forEach(function (event) {
      form.addEventListener(event, later);
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    var panels = Array.from(document.querySelectorAll(".reading[data-address]"));
    var form = document.getElementById("w-editor-form") || (panels[0] && panels[0].closest("form"));
    if (form && panels.length) start(form, panels);
  });
})();
