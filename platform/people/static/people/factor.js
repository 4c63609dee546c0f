/* A passkey or security key: the button of a form marked data-webauthn asks the browser for it.
   `allauth.webauthn.forms` (of allauth) does the talking. */
document.addEventListener("DOMContentLoaded", () => {
  for (const form of document.querySelectorAll("form[data-webauthn]")) {
    const kind = form.dataset.webauthn;
    const button = form.querySelector("button[data-webauthn-button]");
    const trouble = form.querySelector("[role=alert]");
    const ids = { credential: form.querySelector("[name=credential]").id, data: "js_data" };
    ids[kind === "addForm" ? "add" : "authenticate"] = button.id;
    button.hidden = false;
    window.allauth.webauthn.forms[kind]({ ids });
    document.addEventListener("allauth.error", (event) => {
      event.preventDefault();
      trouble.textContent = trouble.dataset.text;
    });
  }
});
