/* Saves each answer as it is given. Without this script the page saves everything with "Next". */
(() => {
  "use strict";
  const form = document.querySelector("[data-answer-url]");
  if (!form) return;
  const line = form.querySelector("[data-saved]");
  const url = form.dataset.answerUrl;
  const waiting = new Map();
  const FIRST_PAUSE = 1000;
  const LONGEST_PAUSE = 30000;
  let busy = false;
  let leaving = false;
  let pause = FIRST_PAUSE;
  let retry = null;

  const say = (text, trouble) => {
    line.hidden = false;
    line.classList.toggle("survey-saved--trouble", Boolean(trouble));
    if (line.textContent !== text) line.textContent = text;
  };

  const post = (code, value) =>
    fetch(url, {
      method: "POST",
      headers: { Accept: "application/json" },
      credentials: "omit",
      body: new URLSearchParams({ item: code, value }),
    });

  const later = () => {
    say(line.dataset.offline, true);
    clearTimeout(retry);
    retry = setTimeout(send, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  };

  const refused = async (code, response) => {
    waiting.delete(code);
    const answer = await response.json().catch(() => ({}));
    say(answer.message || line.dataset.refused, true);
  };

  async function send() {
    if (busy || !waiting.size) return;
    busy = true;
    const [code, value] = waiting.entries().next().value;
    let response = null;
    try {
      response = await post(code, value);
    } catch {
      response = null; // no connection: the answer goes on waiting
    }
    busy = false;
    if (!response || response.status >= 500) {
      later();
    } else if (!response.ok) {
      await refused(code, response);
      send();
    } else {
      pause = FIRST_PAUSE;
      if (waiting.get(code) === value) waiting.delete(code);
      if (waiting.size) send();
      else say(line.dataset.kept);
    }
  }

  const keep = (code, value) => {
    waiting.delete(code);
    waiting.set(code, value);
    if (line.hidden) say(line.dataset.saving);
    send();
  };

  form.addEventListener("change", (event) => {
    if (event.target.name) keep(event.target.name, event.target.value);
  });

  let typing = null;
  form.addEventListener("input", (event) => {
    if (event.target.type !== "textarea") return;
    clearTimeout(typing);
    typing = setTimeout(() => keep(event.target.name, event.target.value), 900);
  });

  /* Digits answer the statement that has the focus; elsewhere they do nothing. */
  form.addEventListener("keydown", (event) => {
    if (event.target.type !== "radio" || event.ctrlKey || event.metaKey || event.altKey) return;
    const wanted = event.key === "0" ? "na" : event.key;
    const choice = [...form.elements[event.target.name]].find((radio) => radio.value === wanted);
    if (!choice) return;
    event.preventDefault();
    choice.focus();
    if (choice.checked) return;
    choice.checked = true;
    choice.dispatchEvent(new Event("change", { bubbles: true }));
  });

  form.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("online", () => { pause = FIRST_PAUSE; send(); });
  window.addEventListener("beforeunload", (event) => {
    if (waiting.size && !leaving) event.preventDefault();
  });

  const errors = document.getElementById("errors");
  if (errors) errors.focus();
})();
