/* Open the group that holds the sign an address points to (#spotting). Newer browsers do so by themselves. */
(function (self) {
  "use strict";
  function reveal() {
    const sign = document.getElementById(self.location.hash.slice(1)), group = sign && sign.closest("details");
    if (!group || group.open) return;
    group.open = true;
    sign.scrollIntoView();
  }
  self.addEventListener("hashchange", reveal);
  reveal();
})(self);
