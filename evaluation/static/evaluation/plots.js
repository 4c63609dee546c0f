/* Charts and tables of the report, for who wants to look closer. A mark tells what is in its row of
   the table, and nothing else: it is read from there. Without this script chart and table stand
   below each other as they are. */
(() => {
  "use strict";
  const page = document.querySelector("[data-report]");
  if (!page) return;
  const words = page.dataset;
  const make = (name, text, className) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  };

  /* --- What a mark tells --- */

  const rowOf = (table, mark) => table.querySelector(`tbody tr[data-row="${mark.dataset.row}"]`);
  const cellsOf = (table, mark) => {
    const heads = [...table.querySelectorAll("thead th")].map((each) => each.textContent.trim());
    return [...rowOf(table, mark).cells].map((cell, place) => [heads[place], cell.textContent.trim()]);
  };

  const tell = (plot, table, mark) => {
    for (const each of [...plot.querySelectorAll(".is-shown"), ...table.querySelectorAll(".is-shown")]) {
      each.classList.remove("is-shown");
    }
    mark.classList.add("is-shown");
    rowOf(table, mark).classList.add("is-shown");
    const list = plot.querySelector(".ev-plot__told");
    list.hidden = false;
    list.replaceChildren(
      ...cellsOf(table, mark).map(([head, said]) => {
        const line = make("div");
        line.append(make("dt", head), make("dd", said));
        return line;
      }),
    );
  };

  const begin = (plot) => {
    const holder = document.getElementById(plot.dataset.table);
    const table = holder && holder.querySelector("table");
    if (!table) return;
    [...table.tBodies[0].rows].forEach((row, place) => { row.dataset.row = place; });
    const list = make("dl", "", "ev-plot__told");
    list.hidden = true;
    plot.append(list);
    const marks = [...plot.querySelectorAll("[data-row]")].filter((mark) => rowOf(table, mark));
    const rows = plot.querySelector("ul");
    rows.setAttribute("role", "listbox");
    rows.setAttribute("aria-label", plot.closest("figure").querySelector("figcaption").textContent);
    marks.forEach((mark, place) => {
      mark.tabIndex = place ? -1 : 0;
      mark.setAttribute("role", "option");
      mark.setAttribute("aria-selected", "false");
      mark.setAttribute("aria-label", cellsOf(table, mark).map((each) => each.join(": ")).join("; "));
      const show = () => tell(plot, table, mark);
      mark.addEventListener("pointerenter", show);
      mark.addEventListener("click", () => { mark.focus(); show(); });
      mark.addEventListener("focus", () => {
        for (const each of marks) {
          each.tabIndex = each === mark ? 0 : -1;
          each.setAttribute("aria-selected", String(each === mark));
        }
        show();
      });
    });
    rows.addEventListener("keydown", (event) => {
      const here = marks.indexOf(event.target);
      const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: marks.length - 1 }[event.key];
      if (to === undefined || here < 0) return;
      event.preventDefault();
      if (marks[to]) marks[to].focus();
    });
    const button = make("button");
    button.type = "button";
    const named = () => { button.textContent = plot.hidden ? words.chart : words.table; };
    named();
    button.addEventListener("click", () => {
      plot.hidden = !plot.hidden;
      named();
      const fold = holder.closest("details");
      if (plot.hidden && fold) fold.open = true;
      if (plot.hidden) holder.scrollIntoView({ block: "nearest" });
    });
    const tools = make("div", "", "ev-tools");
    tools.append(button);
    plot.before(tools);
  };

  /* --- A link to a table that is folded up --- */

  const unfold = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    for (const fold of target ? target.querySelectorAll(":scope > details") : []) fold.open = true;
  };
  addEventListener("hashchange", unfold);
  unfold();

  /* --- Sorting a table --- */

  const valueOf = (cell) => {
    const text = cell.textContent.trim();
    const found = text.replace("−", "-").match(/^[<+]?\s*(-?\d[\d.,]*)/);
    if (!found) return [text === "–" || !text ? 2 : 1, text.toLocaleLowerCase()];
    const plain = words.decimal === "," ? found[1].replaceAll(".", "").replace(",", ".") : found[1].replaceAll(",", "");
    return [0, parseFloat(plain)];
  };
  const compared = (one, other) => {
    if (one[0] !== other[0]) return one[0] - other[0];
    return typeof one[1] === "number" ? one[1] - other[1] : one[1].localeCompare(other[1]);
  };

  const sortable = (table) => {
    const body = table.tBodies[0];
    if (body.rows.length < 3) return;
    [...table.querySelectorAll("thead th")].forEach((head, column) => {
      const button = make("button", head.textContent.trim(), "ev-sort");
      button.type = "button";
      button.title = words.sort;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const each of table.querySelectorAll("[aria-sort]")) each.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = [...body.rows].map((row) => [valueOf(row.cells[column]), row]);
        rows.sort(([a], [b]) => (a[0] === b[0] && down ? -compared(a, b) : compared(a, b)));
        body.append(...rows.map(([, row]) => row));
      });
    });
  };

  /* --- One organisation, where names may be seen --- */

  const names = (cell) => cell.textContent.replace(/^\d+ \(/, "").replace(/\)$/, "").split(", ").map((each) => each.trim());
  const choose = (who) => {
    for (const each of page.querySelectorAll(".is-chosen")) each.classList.remove("is-chosen");
    if (!who) return 0;
    const cells = [...page.querySelectorAll(".ev-table th, .ev-table td")].filter((cell) => names(cell).includes(who));
    const tiles = [...page.querySelectorAll("[data-who]")].filter((tile) => tile.dataset.who === who);
    for (const each of [...cells, ...tiles]) {
      each.classList.add("is-chosen");
      const fold = each.closest("details");
      if (fold) fold.open = true;
    }
    return cells.length + tiles.length;
  };

  page.querySelectorAll("[data-plot]").forEach(begin);
  const who = page.querySelector("[data-highlight]");
  if (who) {
    who.hidden = false;
    const told = who.querySelector("[role=status]");
    who.querySelector("select").addEventListener("change", (event) => {
      const count = choose(event.target.value);
      told.textContent = event.target.value ? told.dataset.found.replace("{n}", count) : "";
    });
  }
  page.querySelectorAll("table.ev-table").forEach(sortable);
})();
