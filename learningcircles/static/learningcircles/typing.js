/* Saves what is typed as it is typed: nobody's text waits for a button, and another form on the page
   takes nothing away. Without this script the button saves it. */
(() => {
  "use strict";
  const PAUSE = 2500;
  const AGAIN = 10000;
  const typed = [];

  const watch = (form) => {
    const text = form.querySelector("textarea");
    const line = form.querySelector("[data-typed-line]");
    let kept = text.value;
    let timer = null;
    let met = false; // another's text: both are kept at the server, and somebody puts them together
    let saving = Promise.resolve();

    const later = (pause) => {
      clearTimeout(timer);
      timer = setTimeout(save, pause);
    };
    const isDirty = () => !met && text.value !== kept;
    const post = async () => {
      if (!isDirty()) return;
      const sent = text.value;
      line.textContent = line.dataset.busy;
      const answer = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
        keepalive: sent.length < 30000,
      });
      if (!answer.headers.get("Content-Type")?.startsWith("application/json")) throw new Error();
      const told = await answer.json();
      line.textContent = told.message;
      kept = sent;
      if (answer.ok) form.elements.version.value = told.version;
      else {
        met = true;
        const link = document.createElement("a");
        link.href = told.url;
        link.textContent = told.link;
        line.append(" ", link);
      }
    };
    const save = () => {
      saving = saving.then(post).catch(() => {
        line.textContent = line.dataset.trouble;
        later(AGAIN);
      });
      return saving;
    };
    text.addEventListener("input", () => later(PAUSE));
    text.addEventListener("change", save);
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      kept = text.value;
    });
    typed.push({ form, isDirty, save });
  };
  document.querySelectorAll("form[data-typed]").forEach(watch);

  /* Another form of the page: first what was typed, then that. */
  document.addEventListener("submit", (event) => {
    const open = typed.filter((one) => one.form !== event.target && one.isDirty());
    if (!open.length || event.target.matches("[data-typed]")) return;
    event.preventDefault();
    const { target, submitter } = event;
    Promise.all(open.map((one) => one.save())).then(() => {
      if (!open.some((one) => one.isDirty())) target.requestSubmit(submitter);
    });
  });
  addEventListener("pagehide", () => typed.forEach((one) => one.isDirty() && one.save()));
  addEventListener("beforeunload", (event) => {
    if (typed.some((one) => one.isDirty())) event.preventDefault();
  });
})();
