{% load i18n static %}/* The service worker. What it does is in static/js/worker.js; here stand the names it needs. */
"use strict";
self.cinta = {
  version: "{{ version|escapejs }}",
  hashed: {{ hashed|yesno:"true,false" }},
  files: "{% get_static_prefix %}",
  rules: "{% static 'data/triage.json' %}",
  shell: [
{% for file in shell %}    "{% static file %}",
{% endfor %}  ],
  lastResort: {
    language: "{{ language|escapejs }}",
    heading: "{% translate 'Go to the hospital now' as text %}{{ text|escapejs }}",
    untold: "{% translate 'There is no network. Your care team has not been told. Please call.' as text %}{{ text|escapejs }}",
    call: "{% blocktranslate asvar text %}Call {{ number }}{% endblocktranslate %}{{ text|escapejs }}",
    number: "{{ number|escapejs }}",
  },
};
importScripts({% for file in scripts %}"{% static file %}"{% if not forloop.last %}, {% endif %}{% endfor %});
