/* Puts what is marked in the text into the field "Passage". Without this script a coder copies it. */
(() => {
  "use strict";
  const text = document.querySelector("[data-text]");
  let marked = "";
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (selection.rangeCount && text.contains(selection.anchorNode) && text.contains(selection.focusNode)) {
      marked = selection.toString().trim() || marked;
    }
  });
  for (const button of document.querySelectorAll("[data-mark]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const passage = button.form.elements.passage;
      if (marked) passage.value = marked;
      passage.focus();
    });
  }
})();
