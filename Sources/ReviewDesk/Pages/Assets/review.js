// The pair page by keyboard: an answer is sent, the next pair is there at once, and what is shown as saved is on disk.
"use strict";
(() => {
  const article = document.getElementById("case");
  const revealed = document.getElementById("revealed");
  // Numbers in full do not stay on the screen.
  if (revealed) setTimeout(() => location.replace(location.pathname.replace(/\/reveal$/, "") + location.search), 30000);
  if (!article) return;

  const texts = document.getElementById("texts").dataset;
  const standard = { same: "s", different: "d", unsure: "u", undo: "z", fold: "e", learn: "l" };
  const keys = Object.assign({}, standard, JSON.parse(localStorage.getItem("desk-keys") || "{}"));
  let isOn = localStorage.getItem("desk-keys-off") !== "1";
  let isFolded = localStorage.getItem("desk-fold") === "1";
  /** Pages that are fetched ahead, by address. */
  const ahead = new Map();
  let remapping = null;

  function current() { return document.getElementById("case"); }

  function address(id) { return "/pairs/" + id + location.search; }

  function fetchAhead(place) {
    if (!place || ahead.has(place)) return;
    // The pair on the screen will have been answered by then: it does not come again.
    const headers = { "X-Beside": current().dataset.pair };
    ahead.set(place, fetch(place, { cache: "no-store", credentials: "same-origin", headers }).then((reply) => reply.ok ? reply.text() : null, () => null));
  }

  /** Puts another pair in the place of this one. */
  function show(html, place, isNew) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const next = page.getElementById("case");
    if (!next) { location.assign(place); return; }
    current().replaceWith(next);
    document.title = page.title;
    if (isNew) history.pushState({}, "", place);
    prepare();
    scrollTo(0, 0);
    current().querySelector("h1").setAttribute("tabindex", "-1");
    current().querySelector("h1").focus({ preventScroll: true });
  }

  async function go(place, isNew = true) {
    if (!place) { desk.say(texts.done); return; }
    fetchAhead(place);
    const html = await ahead.get(place);
    ahead.delete(place);
    if (html) show(html, place, isNew); else location.assign(place);
  }

  async function answer(verdict) {
    const form = current().querySelector("#answer");
    if (!form) return;
    if (Array.from(form.elements).some((field) => /^(from|typed)-/.test(field.name) && field.value)) {
      // What is wrong with a chosen value has to be seen beside it: the whole form goes, and the page that answers is shown.
      form.onsubmit = null;
      form.requestSubmit(form.querySelector("button[value=" + verdict + "]"));
      return;
    }
    const { pair, state, after, before, case: shown } = current().dataset;
    const why = form.querySelector("[name=why]").value;
    const comment = form.querySelector("[name=comment]").value;
    const from = location.pathname + location.search;
    desk.say(texts.saving);
    const sent = desk.ask("/pairs/" + pair + "/answer", { answer: verdict, case: shown, seen: state, why, comment });
    const next = after || before;
    if (next) go(next);
    try {
      const saved = await sent;
      if (saved === null) {
        // The session is over: what was chosen and typed is there again once they have signed in.
        const typed = current().querySelector("#answer");
        if (typed && current().dataset.case !== shown) await go(from);
        const kept = current().querySelector("#answer");
        if (kept) { kept.querySelector("[name=why]").value = why; kept.querySelector("[name=comment]").value = comment; draft.keep(true); }
        location.assign(from);
        return;
      }
      desk.say(saved.message);
      ahead.clear();
      if (!next) location.assign("/pairs" + location.search);
      prepare();
    } catch (error) {
      ahead.clear();
      await go(from);
      // Nothing was saved: what was chosen and typed is there again.
      const kept = current().querySelector("#answer");
      if (kept && current().dataset.case === shown) { kept.querySelector("[name=why]").value = why; kept.querySelector("[name=comment]").value = comment; }
      desk.say([error.message, error.value && error.value.advice].filter(Boolean).join(" "));
    }
  }

  // Who is at it keeps the pair; the server hears of it once a minute.
  let touched = Date.now();
  async function keep() {
    const form = current().querySelector("#answer");
    if (!form || Date.now() - touched < 60000) return;
    touched = Date.now();
    try {
      const held = await desk.ask("/pairs/" + current().dataset.pair + "/hold" + location.search, {});
      if (held && !held.held) desk.say(held.message);
    } catch (error) { desk.say(error.message); }
  }
  for (const kind of ["keydown", "pointerdown"]) addEventListener(kind, keep, { passive: true });

  async function undo() {
    desk.say(texts.undoing);
    try {
      const undone = await desk.ask("/undo", {});
      if (undone === null) { location.reload(); return; }
      ahead.clear();
      // Back to the pair that is open again: it was answered wrongly, and is answered anew.
      const place = undone.pair === null ? location.pathname + location.search : address(undone.pair);
      await go(place, place !== location.pathname + location.search);
      desk.say(undone.message);
    } catch (error) { desk.say(error.message); }
  }

  function fold(value) {
    isFolded = value;
    localStorage.setItem("desk-fold", value ? "1" : "0");
    const button = document.getElementById("fold");
    button.hidden = false;
    button.setAttribute("aria-pressed", String(value));
    current().classList.toggle("folded", value);
  }

  /** What a pair that has just been shown needs. */
  function prepare() {
    fold(isFolded);
    document.getElementById("fold").onclick = () => fold(!isFolded);
    const form = current().querySelector("#answer");
    if (form) {
      form.onsubmit = (event) => {
        // Enter alone never answers: a button has to have been chosen.
        event.preventDefault();
        if (event.submitter && event.submitter !== document.activeElement && document.activeElement.matches("input, select")) return;
        if (event.submitter) answer(event.submitter.value);
      };
    }
    for (const link of current().querySelectorAll("#before, #after")) {
      link.onclick = (event) => { if (event.ctrlKey || event.metaKey || event.shiftKey) return; event.preventDefault(); go(link.getAttribute("href")); };
    }
    fetchAhead(current().dataset.after);
    for (const kbd of document.querySelectorAll("[data-key]")) kbd.textContent = keys[kbd.dataset.key].toUpperCase();
    for (const button of current().querySelectorAll(".answers button")) button.querySelector("kbd").textContent = keys[button.value].toUpperCase();
  }

  const help = document.getElementById("help");
  document.getElementById("help-close").onclick = () => help.close();
  const off = document.getElementById("keys-off");
  off.onclick = () => {
    isOn = !isOn;
    localStorage.setItem("desk-keys-off", isOn ? "0" : "1");
    off.textContent = isOn ? texts.keysOff : texts.keysOn;
  };
  if (!isOn) off.textContent = texts.keysOn;
  for (const kbd of help.querySelectorAll("[data-key]")) {
    kbd.setAttribute("role", "button");
    kbd.tabIndex = 0;
    kbd.onclick = () => { remapping = kbd.dataset.key; kbd.textContent = texts.press; };
    kbd.onkeydown = (event) => { if (event.key === "Enter" && !remapping) { event.preventDefault(); kbd.click(); } };
  }

  addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    if (remapping) {
      if (key === "escape") { remapping = null; prepare(); return; }
      if (key.length !== 1 || key === "?" || Object.entries(keys).some(([name, known]) => known === key && name !== remapping)) return;
      event.preventDefault();
      keys[remapping] = key;
      localStorage.setItem("desk-keys", JSON.stringify(keys));
      remapping = null;
      prepare();
      return;
    }
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (event.key === "?") { event.preventDefault(); if (help.open) help.close(); else help.showModal(); return; }
    if (help.open || !isOn || event.repeat) return;
    const { after, before } = current().dataset;
    if (key === "arrowright") { event.preventDefault(); go(after); return; }
    if (key === "arrowleft") { event.preventDefault(); go(before); return; }
    for (const verdict of ["same", "different", "unsure"]) if (key === keys[verdict]) { event.preventDefault(); answer(verdict); return; }
    if (key === keys.undo) { event.preventDefault(); undo(); return; }
    if (key === keys.learn && help.querySelector("[data-key=learn]")) { event.preventDefault(); location.assign("/learning"); return; }
    if (key === keys.fold) { event.preventDefault(); fold(!isFolded); }
  });

  addEventListener("popstate", () => location.reload());
  prepare();
})();
