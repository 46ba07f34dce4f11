/* The page of a form: conditions, rows, sums, photos, the draft, and sending without losing a word.
   Everything that is shown is put in as text, never as HTML. The server checks all of it again. */
"use strict";
(() => {
  const MONTHS = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."];
  const WEEK = 7 * 24 * 3600 * 1000;
  const all = (root, selector) => [...root.querySelectorAll(selector)];

  /* conditions: an earlier field holds one of these values, and is asked itself */
  const values = (form, name) => all(form, `[name="${name}"]`)
    .filter((e) => !["radio", "checkbox"].includes(e.type) || e.checked).map((e) => e.value);
  const ask = (form) => {
    for (const field of all(form, "[data-when]")) {
      const decisive = form.querySelector(`[data-field="${field.dataset.when}"]`);
      const wanted = field.dataset.is.split(" ");
      const asked = !(decisive && decisive.hidden)
        && values(form, field.dataset.when).some((value) => wanted.includes(value));
      field.hidden = !asked;
      for (const input of all(field, "input, select, textarea")) input.disabled = !asked;
    }
  };

  /* numbers, products, totals: in whole ten-thousandths, so that no sum is off by a satang */
  const SCALE = 10000n;
  const exact = (text) => {
    const plain = String(text).replace(/[๐-๙]/g, (d) => "๐๑๒๓๔๕๖๗๘๙".indexOf(d)).replace(/[,\s฿]/g, "");
    const found = /^([-+]?)(\d+)(?:\.(\d{1,4}))?$/.exec(plain);
    if (!found) return null;
    const whole = BigInt(found[2]) * SCALE + BigInt((found[3] || "").padEnd(4, "0"));
    return found[1] === "-" ? -whole : whole;
  };
  const shown = (amount, money) => {
    const sign = amount < 0n ? "-" : "";
    let size = amount < 0n ? -amount : amount;
    if (money) size = (size + 50n) / 100n * 100n;
    const whole = (size / SCALE).toString().replace(/\B(?=(\d{3})+$)/g, ",");
    const part = (size % SCALE).toString().padStart(4, "0");
    return sign + whole + (money ? "." + part.slice(0, 2) : ("." + part).replace(/\.?0+$/, ""));
  };
  const cellOf = (row, column) =>
    row.querySelector(`[name$=".${column}"]`) || row.querySelector(`[data-column="${column}"]`);
  const numberIn = (row, column) => {
    const cell = cellOf(row, column);
    return cell ? exact(cell.value) : null;
  };
  const sum = (table) => {
    const rows = all(table, "tbody tr");
    for (const row of rows) {
      for (const output of all(row, "[data-product]")) {
        const [left, right] = output.dataset.product.split(" ").map((name) => numberIn(row, name));
        output.value = left === null || right === null ? ""
          : shown(left * right / SCALE, output.dataset.money === "1");
      }
    }
    for (const output of all(table, "[data-total]")) {
      const given = rows.map((row) => numberIn(row, output.dataset.total)).filter((n) => n !== null);
      output.value = shown(given.reduce((a, b) => a + b, 0n), output.dataset.money === "1");
    }
  };

  /* rows of a table */
  const nextNumber = (root, name) => 1 + Math.max(-1, ...all(root, `[name^="${name}."]`)
    .map((e) => Number(e.name.split(".")[1])).filter((n) => !Number.isNaN(n)));
  const addRow = (table, number) => {
    const row = table.querySelector("template").content.firstElementChild.cloneNode(true);
    const name = table.dataset.table;
    for (const input of all(row, "[name]")) {
      input.name = input.name.replace(`${name}.ROW.`, `${name}.${number}.`);
    }
    table.querySelector("tbody").append(row);
    return row;
  };

  /* photos */
  const addPhoto = (field, photo) => {
    const list = field.querySelector(".kept");
    const item = document.createElement("li");
    if (photo.seen) {
      const image = new Image();
      image.src = photo.seen;
      image.alt = "";
      item.append(image);
    }
    const name = document.createElement("span");
    name.textContent = photo.name;
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "remove";
    remove.textContent = list.dataset.remove;
    const number = nextNumber(field, field.dataset.photos);
    item.append(name, remove);
    for (const part of ["name", "sha256"]) {
      const input = document.createElement("input");
      input.type = "hidden";
      input.name = `${field.dataset.photos}.${number}.${part}`;
      input.value = photo[part];
      item.append(input);
    }
    list.append(item);
  };
  const thumbnail = async (file) => {
    try {
      const picture = await createImageBitmap(file);
      const canvas = document.createElement("canvas");
      const size = Math.min(1, 160 / Math.max(picture.width, picture.height));
      canvas.width = Math.max(1, picture.width * size);
      canvas.height = Math.max(1, picture.height * size);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      return canvas.toDataURL("image/jpeg", 0.6);
    } catch {
      return "";
    }
  };
  const takePhotos = async (form, input) => {
    const field = input.closest("[data-photos]");
    const list = field.querySelector(".kept");
    wrongs(field, []);
    for (const file of [...input.files]) {
      if (all(list, "li").length >= Number(field.dataset.most)) break;
      const wait = document.createElement("li");
      wait.textContent = list.dataset.sending;
      list.append(wait);
      try {
        const answer = await fetch(`/photos?name=${encodeURIComponent(file.name)}`,
          { method: "POST", body: file });
        const told = await answer.json();
        wait.remove();
        if (answer.ok) addPhoto(field, { ...told, seen: await thumbnail(file) });
        else wrongs(field, [`${file.name}: ${told.message} ${told.hint || ""}`]);
      } catch {
        wait.remove();
        wrongs(field, [form.dataset.lost]);
      }
    }
    input.value = "";
    keep(form);
  };

  /* the draft, in this browser until the form is sent, the visitor signs out, or a week has passed */
  const key = (form) => `khaen:draft:${form.dataset.draft}`;
  const keep = (form) => {
    const typed = all(form, "[name]:not(:disabled)")
      .filter((e) => !["radio", "checkbox"].includes(e.type) || e.checked)
      .filter((e) => e.value !== "").map((e) => [e.name, e.value]);
    const seen = Object.fromEntries(all(form, ".kept li").filter((li) => li.querySelector("img"))
      .map((li) => [li.querySelector("[name$=sha256]").value, li.querySelector("img").src]));
    try {
      localStorage.setItem(key(form), JSON.stringify({ at: Date.now(), typed, seen }));
    } catch { /* a full or closed storage: the page still works */ }
  };
  const forget = (form) => {
    try { localStorage.removeItem(key(form)); } catch { /* nothing was kept */ }
  };
  const drafted = (form) => {
    try {
      const draft = JSON.parse(localStorage.getItem(key(form)) || "null");
      return draft && Date.now() - draft.at < WEEK ? draft : null;
    } catch {
      return null;
    }
  };
  const restore = (form, draft) => {
    const typed = new Map();
    for (const [name, value] of draft.typed) typed.set(name, [...(typed.get(name) || []), value]);
    for (const table of all(form, "[data-table]")) {
      const name = table.dataset.table;
      const numbers = new Set([...typed.keys()].filter((n) => n.startsWith(`${name}.`))
        .map((n) => Number(n.split(".")[1])));
      for (const number of [...numbers].sort((a, b) => a - b)) {
        if (!form.querySelector(`[name^="${name}.${number}."]`)) addRow(table, number);
      }
    }
    for (const field of all(form, "[data-photos]")) {
      const name = field.dataset.photos;
      const here = all(field, "[name$=sha256]").map((e) => e.value);
      for (const [input, [sha256]] of typed) {
        if (!input.startsWith(`${name}.`) || !input.endsWith(".sha256") || here.includes(sha256)) continue;
        const [called] = typed.get(input.replace(/sha256$/, "name")) || ["photo"];
        addPhoto(field, { name: called, sha256, seen: (draft.seen || {})[sha256] });
      }
    }
    for (const e of all(form, "[name]:not([type=hidden])")) {
      const given = typed.get(e.name) || [];
      if (["radio", "checkbox"].includes(e.type)) e.checked = given.includes(e.value);
      else e.value = given.length ? given[0] : "";
    }
  };

  /* what is wrong, at its input */
  const wrongs = (field, messages) => {
    for (const old of all(field, ":scope > .wrong")) old.remove();
    for (const message of messages) {
      const told = document.createElement("p");
      told.className = "wrong";
      told.textContent = message;
      field.append(told);
    }
  };
  const tell = (form, told) => {
    for (const old of all(form, ".wrong")) old.remove();
    for (const e of all(form, "[aria-invalid]")) e.removeAttribute("aria-invalid");
    const box = form.querySelector("#told");
    const rest = [];
    let first = null;
    for (const [name, messages] of Object.entries(told.errors || {})) {
      const input = name && form.querySelector(`[name="${name}"]:not([type=hidden])`);
      const field = input ? input.closest("td, .field")
        : name && form.querySelector(`[data-field="${name.split(".")[0]}"]`);
      if (!field) { rest.push(...messages); continue; }
      for (const message of messages) {
        const shownAt = document.createElement("p");
        shownAt.className = "wrong";
        shownAt.textContent = message;
        field.append(shownAt);
      }
      if (input) input.setAttribute("aria-invalid", "true");
      const target = input || field.querySelector("input, select, textarea, button");
      if (target && (!first || target.compareDocumentPosition(first) & 4)) first = target;
    }
    box.textContent = [told.message, told.hint, ...rest].filter(Boolean).join("\n");
    box.hidden = false;
    if (first) { first.focus(); first.scrollIntoView({ block: "center" }); }
    else box.scrollIntoView({ block: "center" });
  };
  const send = async (form) => {
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
      const told = await answer.json();
      if (answer.ok) {
        forget(form);
        location.assign(told.location);
        return;
      }
      tell(form, told);
    } catch {
      tell(form, { message: form.dataset.lost });
    }
    button.disabled = false;
  };

  /* questions while typing */
  let waiting = 0;
  const later = (work) => { clearTimeout(waiting); waiting = setTimeout(work, 300); };
  const readDay = async (input) => {
    const told = input.closest(".field").querySelector(".read");
    if (!told) return;
    if (!input.value.trim()) { told.textContent = ""; return; }
    const answer = await fetch(`/forms/day?text=${encodeURIComponent(input.value)}`);
    told.textContent = answer.ok ? (await answer.json()).day : "";
  };
  const findAssets = async (input) => {
    if (input.value.trim().length < 2) return;
    const answer = await fetch(`/forms/assets?q=${encodeURIComponent(input.value)}`);
    if (!answer.ok) return;
    const list = document.getElementById("assets");
    list.replaceChildren(...(await answer.json()).map((asset) => {
      const option = document.createElement("option");
      option.value = asset.number;
      option.textContent = asset.name;
      return option;
    }));
  };

  const changed = (form) => {
    ask(form);
    for (const table of all(form, "[data-table]")) sum(table);
    keep(form);
  };
  const begin = (form) => {
    const draft = drafted(form);
    if (draft) {
      restore(form, draft);
      const note = form.querySelector("#restored");
      note.querySelector("span").textContent = form.dataset.restored;
      note.hidden = false;
    }
    ask(form);
    for (const table of all(form, "[data-table]")) sum(table);
    form.addEventListener("submit", (event) => { event.preventDefault(); send(form); });
    form.addEventListener("input", (event) => {
      const input = event.target;
      if (input.type === "file" || input.classList.contains("picker")) return;
      changed(form);
      if (input.dataset.kind === "date") later(() => readDay(input));
      if (input.dataset.kind === "asset") later(() => findAssets(input));
    });
    form.addEventListener("change", (event) => {
      const input = event.target;
      if (input.type === "file") { takePhotos(form, input); return; }
      if (!input.classList.contains("picker") || !input.value) return;
      const [year, month, day] = input.value.split("-").map(Number);
      const typed = input.parentElement.querySelector("[name]");
      typed.value = `${day} ${MONTHS[month - 1]} ${year + 543}`;
      typed.focus();
      changed(form);
      readDay(typed);
    });
    form.addEventListener("click", (event) => {
      const button = event.target.closest("button[type=button]");
      if (!button) return;
      if (button.id === "forget") { forget(form); location.reload(); return; }
      if (button.classList.contains("pick")) {
        const picker = button.parentElement.querySelector(".picker");
        try { picker.showPicker(); } catch { picker.focus(); }
        return;
      }
      if (button.classList.contains("add")) {
        const table = button.closest("[data-table]");
        const row = addRow(table, nextNumber(table, table.dataset.table));
        row.querySelector("input, select").focus();
      }
      if (button.classList.contains("remove")) {
        const table = button.closest("[data-table]");
        button.closest("tr, li").remove();
        if (table && !table.querySelector("tbody tr")) addRow(table, 0);
      }
      changed(form);
    });
  };

  /* the page is drawn after this file is read */
  const wait = setInterval(() => {
    const form = document.getElementById("fill");
    if (form) { clearInterval(wait); begin(form); }
  }, 50);
})();
