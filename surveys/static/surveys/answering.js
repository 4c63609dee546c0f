/* Saves each answer as it is given, and keeps it here for as long as there is no connection, sealed
   with a key that comes with the page. Without this script the page saves everything with "Next". */
(() => {
  "use strict";
  const MONTH = 30 * 24 * 60 * 60 * 1000;
  const START = "answers:";
  shelf.wipeOlder(START, MONTH);
  const done = document.querySelector("[data-forget]"); // submitted: nothing waits any more
  if (done) shelf.names(`${START}${done.dataset.forget}:`).forEach(shelf.wipe);
  const form = document.querySelector("[data-answer-url]");
  if (!form) return;
  const line = form.querySelector("[data-saved]");
  const count = form.querySelector("[data-count]");
  const url = form.dataset.answerUrl;
  const seal = sealWith(form.dataset.seal);
  const place = `${START}${form.dataset.shelf}:`;
  const FIRST_PAUSE = 1000;
  const LONGEST_PAUSE = 30000;
  let busy = false;
  let leaving = false;
  let held = null; // the button that waits for a connection
  let trouble = false;
  let pause = FIRST_PAUSE;
  let retry = null;
  let typing = null;
  let typed = "";

  const say = (text, isTrouble) => {
    line.hidden = false;
    line.classList.toggle("survey-saved--trouble", Boolean(isTrouble));
    if (line.textContent !== text) line.textContent = text;
  };

  /* What waits, by item. It survives a closed tab, and is gone as soon as it is saved. What was kept
     of an item goes before the next is sealed: an older answer never comes back. */
  const waiting = new Map();
  const onShelf = new Set();
  const drop = (code) => {
    waiting.delete(code);
    onShelf.delete(code);
    shelf.wipe(place + code);
  };
  let sealing = Promise.resolve(); // the newest answer
  const putOnShelf = async (code, body) => {
    const sealed = await seal.close(body);
    if (waiting.get(code) === body && shelf.put(place + code, sealed)) onShelf.add(code);
  };
  const wait = (code, body) => {
    drop(code);
    waiting.set(code, body);
    if (seal) sealing = putOnShelf(code, body);
  };
  const areAllOnShelf = () => [...waiting.keys()].every((code) => onShelf.has(code));

  /* An item's fields: its code, or its code and a part ("themes.3", "hours.na"). */
  const codeOf = (name) => name.split(".")[0];
  const fieldsOf = (code) =>
    [...form.elements].filter((field) => field.name && codeOf(field.name) === code);
  const isSet = (field) =>
    field.type === "radio" || field.type === "checkbox" ? field.checked : field.value.trim() !== "";

  const bodyOf = (code) => {
    const body = new URLSearchParams({ item: code });
    for (const field of fieldsOf(code)) if (isSet(field)) body.append(field.name, field.value);
    const order = form.elements.order;
    if (order) body.append("order", order.value);
    return body.toString();
  };

  const recount = () => {
    if (!count) return;
    const answered = [...form.querySelectorAll("[data-asks]")].filter((item) =>
      fieldsOf(item.dataset.asks).some(isSet),
    );
    count.textContent = answered.length;
  };

  const post = (body) =>
    fetch(url, {
      method: "POST",
      headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
      credentials: "omit",
      body,
    });

  const later = () => {
    trouble = true;
    sealing.then(() => {
      const words = areAllOnShelf() ? (held ? "held" : "offline") : "open";
      if (trouble) say(line.dataset[words], true);
    });
    clearTimeout(retry);
    retry = setTimeout(send, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  };

  const refused = async (code, response) => {
    drop(code);
    const answer = await response.json().catch(() => ({}));
    if (response.status === 410) [...waiting.keys()].forEach(drop); // closed: nothing can be saved
    held = null;
    say(answer.message || line.dataset.refused, true);
  };

  const goOn = () => {
    const button = held;
    held = null;
    if (button) form.requestSubmit(button);
  };

  async function send() {
    if (busy) return;
    if (!waiting.size) {
      if (navigator.onLine) goOn();
      return;
    }
    busy = true;
    const [code, body] = waiting.entries().next().value;
    let response = null;
    try {
      response = await post(body);
    } catch {
      response = null; // no connection: the answer goes on waiting
    }
    busy = false;
    if (!response || response.status >= 500 || response.status === 429) {
      later();
      return;
    }
    if (!response.ok) {
      await refused(code, response);
      send();
      return;
    }
    pause = FIRST_PAUSE;
    trouble = false;
    if (waiting.get(code) === body) drop(code);
    if (waiting.size) send();
    else {
      say(line.dataset.kept);
      goOn();
    }
  }

  const keep = (code) => {
    typed = "";
    wait(code, bodyOf(code));
    recount();
    if (line.hidden) say(line.dataset.saving);
    send();
  };

  /* "Not applicable" beside a field or beside other boxes: the one takes the other away. */
  const keepApart = (field) => {
    const isNa = (other) => other.value === "na" || other.name.endsWith(".na");
    const others = fieldsOf(codeOf(field.name)).filter((other) => isNa(other) !== isNa(field));
    if (field.type === "radio" || !isSet(field)) return;
    for (const other of others) {
      if (other.type === "checkbox") other.checked = false;
      else if (other.type !== "radio") other.value = "";
    }
  };

  form.addEventListener("change", (event) => {
    if (!event.target.name || event.target.type === "hidden") return;
    keepApart(event.target);
    keep(codeOf(event.target.name));
  });

  form.addEventListener("input", (event) => {
    if (!event.target.matches("textarea, input[type=text]")) return;
    clearTimeout(typing);
    typed = codeOf(event.target.name);
    keepApart(event.target);
    typing = setTimeout(() => keep(typed), 900);
  });

  /* Digits answer the question that has the focus; elsewhere they do nothing. */
  const wantedBy = (key, radios) => {
    const has = (value) => radios.find((radio) => radio.value === value);
    if (key === "n") return has("na");
    return has(key) || (key === "0" ? has("na") || has("10") : undefined);
  };
  form.addEventListener("keydown", (event) => {
    if (event.target.type !== "radio" || event.ctrlKey || event.metaKey || event.altKey) return;
    const radios = fieldsOf(codeOf(event.target.name)).filter((field) => field.type === "radio");
    const choice = wantedBy(event.key, radios);
    if (!choice) return;
    event.preventDefault();
    choice.focus();
    if (choice.checked) return;
    choice.checked = true;
    choice.dispatchEvent(new Event("change", { bubbles: true }));
  });

  /* A page is not left while there is no connection: the browser would show its own error. */
  form.addEventListener("submit", (event) => {
    clearTimeout(typing);
    if (typed) wait(typed, bodyOf(typed));
    if (navigator.onLine && !trouble) {
      leaving = true;
      return;
    }
    event.preventDefault();
    held = event.submitter;
    later();
  });
  window.addEventListener("online", () => {
    pause = FIRST_PAUSE;
    trouble = false;
    send();
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && !areAllOnShelf()) event.preventDefault();
  });

  /* What was given here before and could not be saved is put back, and sent. */
  const putBack = (code, body) => {
    const kept = new URLSearchParams(body);
    for (const field of fieldsOf(code)) {
      if (field.type === "radio" || field.type === "checkbox")
        field.checked = kept.getAll(field.name).includes(field.value);
      else if (field.type !== "hidden") field.value = kept.get(field.name) || "";
    }
  };
  /* What an earlier version of this script left open. */
  const leftOpen = () => {
    const name = `benchlearn:${url}`;
    const kept = JSON.parse(shelf.read(name) || "{}");
    shelf.wipe(name);
    return Object.entries(kept);
  };
  const comeBack = async () => {
    for (const [code, body] of leftOpen()) {
      wait(code, body);
      putBack(code, body);
    }
    for (const name of seal ? shelf.names(place) : []) {
      const code = name.slice(place.length);
      const stored = shelf.read(name);
      const body = stored && (await seal.open(stored));
      if (waiting.has(code)) continue; // answered anew meanwhile
      if (body === null) {
        shelf.wipe(name);
        continue;
      }
      waiting.set(code, body);
      onShelf.add(code);
      putBack(code, body);
    }
    recount();
    if (waiting.size) send();
  };
  recount();
  comeBack();

  const errors = document.getElementById("errors");
  if (errors) errors.focus();
})();
