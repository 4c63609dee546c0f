/* Notes are saved as they are typed. What can't be sent waits on this device, sealed with
   a key that only the server has: after signing out nobody reads it here. It goes as soon as there is
   a connection; once kept by the server it is wiped here, and after a day in any case. Without this script each note
   has a button. */
(() => {
  "use strict";
  const DAY = 24 * 60 * 60 * 1000;
  const forms = [...document.querySelectorAll("form[data-note]")];
  const told = document.querySelector("[data-saved]");
  const page = document.querySelector("[data-talk]");
  const nameOf = (form) => `talk:${page.dataset.shelf}:${form.getAttribute("action")}`;
  const timers = new Map();
  const busy = new Set();
  const waiting = new Map(); // of each form what the server hasn't got yet

  /* --- The shelf: sealed, in the order in which it is asked. ----------------------------------- */

  const seal = sealWith(page.dataset.seal);
  let onShelf = Boolean(seal); // otherwise notes wait in this page alone
  let last = Promise.resolve();
  const inTurn = (work) => {
    last = last.then(work, work);
    return last;
  };

  const shelve = (name, note) =>
    inTurn(async () => {
      if (seal) onShelf = shelf.put(name, await seal.close(note));
    });

  const wipe = (name) => inTurn(() => shelf.wipe(name));

  const unseal = async (name) => {
    const kept = seal && shelf.read(name);
    if (!kept) return null;
    const note = await seal.open(kept);
    if (!note) shelf.wipe(name);
    return note;
  };

  shelf.wipeOlder("talk:", DAY);

  /* What an earlier version of this script left open. */
  const leftOpen = (form) => {
    const name = `talk:${form.getAttribute("action")}`;
    const kept = JSON.parse(shelf.read(name) || "null");
    if (kept) shelf.wipe(name);
    return kept;
  };

  /* --- Keeping and sending. -------------------------------------------------------------------- */

  const say = (state) => {
    told.hidden = false;
    told.className = `bl-status bl-status--${state === "saved" ? "good" : "attention"}`;
    told.textContent = told.dataset[state];
  };

  const trouble = () => inTurn(() => say(onShelf ? "trouble" : "open"));

  const keep = (form) => {
    const note = { text: form.elements.text.value, covered: form.elements.covered.checked, version: form.elements.version.value };
    waiting.set(form, note);
    shelve(nameOf(form), note);
  };

  const send = async (form) => {
    const sent = waiting.get(form);
    if (busy.has(form) || !sent) return;
    busy.add(form);
    let refused = false;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
      if (answer.ok && !answer.redirected) {
        form.elements.version.value = (await answer.json()).version;
        if (waiting.get(form) === sent) {
          waiting.delete(form);
          wipe(nameOf(form));
        }
        say("saved");
      } else {
        refused = true;
        if (answer.status === 409) say("conflict");
        else trouble();
      }
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      refused = true;
      trouble();
    } finally {
      busy.delete(form);
    }
    if (!refused && waiting.has(form)) send(form);
  };

  const count = () => {
    const done = forms.filter((form) => form.elements.covered.checked).length;
    document.querySelector("[data-covered]").textContent = done;
  };

  /* What waited here when the page was opened, unless somebody types in it already. What was changed
     elsewhere meanwhile stays, and what waited goes below it. */
  const putBack = async (form) => {
    const kept = leftOpen(form) || (await unseal(nameOf(form)));
    if (!kept || waiting.has(form)) return;
    const isSame = kept.version === form.elements.version.value;
    const there = form.elements.text.value.trim();
    const both = there.includes(kept.text.trim()) ? there : `${there}\n\n${kept.text}`.trim();
    form.elements.text.value = isSame ? kept.text : both;
    form.elements.covered.checked = kept.covered || (!isSame && form.elements.covered.checked);
    keep(form);
    count();
    if (isSame) send(form);
    else say("merged");
  };

  for (const form of forms) {
    form.querySelector("button").hidden = true;
    putBack(form);
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
  window.addEventListener("beforeunload", (event) => {
    if (waiting.size && !onShelf) event.preventDefault();
  });

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
