/* Notes are saved as they are typed. What can't be sent waits on this device, for a day at most, and
   goes as soon as there is a connection; once kept by the server it is wiped here. Without this script
   each note has a button. */
(() => {
  "use strict";
  const DAY = 24 * 60 * 60 * 1000;
  const forms = [...document.querySelectorAll("form[data-note]")];
  const told = document.querySelector("[data-saved]");
  const page = document.querySelector("[data-talk]");
  const key = (form) => `talk:${form.getAttribute("action")}`;
  const timers = new Map();
  const busy = new Set();

  const read = (name) => {
    const kept = localStorage.getItem(name);
    if (!kept) return null;
    const note = JSON.parse(kept);
    if (Date.now() - note.at < DAY) return note;
    localStorage.removeItem(name);
    return null;
  };
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith("talk:")) read(name);
  }

  const say = (state) => {
    told.hidden = false;
    told.className = `bl-status bl-status--${state === "saved" ? "good" : "attention"}`;
    told.textContent = told.dataset[state];
  };

  const keep = (form) => {
    const note = { text: form.elements.text.value, covered: form.elements.covered.checked, version: form.elements.version.value, at: Date.now() };
    localStorage.setItem(key(form), JSON.stringify(note));
  };

  const send = async (form) => {
    if (busy.has(form)) return;
    const sent = localStorage.getItem(key(form));
    if (!sent) return;
    busy.add(form);
    let refused = false;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
      if (answer.ok && !answer.redirected) {
        form.elements.version.value = (await answer.json()).version;
        if (localStorage.getItem(key(form)) === sent) localStorage.removeItem(key(form));
        say("saved");
      } else {
        refused = true;
        say(answer.status === 409 ? "conflict" : "trouble");
      }
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      refused = true;
      say("trouble");
    } finally {
      busy.delete(form);
    }
    if (!refused && localStorage.getItem(key(form))) send(form);
  };

  const count = () => {
    const done = forms.filter((form) => form.elements.covered.checked).length;
    document.querySelector("[data-covered]").textContent = done;
  };

  for (const form of forms) {
    form.querySelector("button").hidden = true;
    const kept = read(key(form));
    if (kept) {
      form.elements.text.value = kept.text;
      form.elements.covered.checked = kept.covered;
      if (kept.version === form.elements.version.value) send(form);
      else say("conflict");
    }
    form.addEventListener("input", () => {
      keep(form);
      count();
      clearTimeout(timers.get(form));
      timers.set(form, setTimeout(() => send(form), 600));
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      keep(form);
      send(form);
    });
  }
  count();
  const all = () => forms.forEach(send);
  window.addEventListener("online", all);
  setInterval(all, 15000);

  const clock = document.querySelector("[data-clock]");
  if (clock && page.dataset.began && !page.dataset.ended) {
    const began = Date.parse(page.dataset.began);
    const tick = () => {
      clock.textContent = Math.max(0, Math.floor((Date.now() - began) / 60000));
    };
    tick();
    setInterval(tick, 10000);
  }
})();
