// What somebody has typed outlasts their session: it waits in this tab until they have signed in again, and is theirs alone.
// Nothing of it leaves the browser. Signing out, another name, sending it, or twelve hours clear it.
"use strict";
(() => {
  const key = "desk-draft";
  const longest = 12 * 3600 * 1000;
  const session = document.getElementById("session");
  const name = session && session.dataset.name;
  const here = location.pathname + location.search;
  const texts = document.getElementById("draft-texts");

  function read() {
    try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; }
  }

  function clear() { sessionStorage.removeItem(key); }

  /** The fields of the forms that somebody fills in. Passwords and tokens are none. */
  function fields(form) {
    return Array.from(form.elements).filter((field) => field.name && !["hidden", "password", "submit", "button"].includes(field.type));
  }

  function isChanged(field) {
    if (["checkbox", "radio"].includes(field.type)) return field.checked !== field.defaultChecked;
    if (field.options) return Array.from(field.options).some((option) => option.selected !== option.defaultSelected);
    return field.value !== field.defaultValue;
  }

  /** What a form has: those with the same address are told apart by what is hidden in them. */
  function state(form) {
    const hidden = Array.from(form.elements).filter((field) => field.type === "hidden" && field.name !== "page-token");
    return {
      action: form.getAttribute("action"),
      hidden: hidden.map((field) => [field.name, field.value]),
      fields: fields(form).map((field) => [field.name, field.type, field.type === "checkbox" ? field.value : "", field.type === "checkbox" ? field.checked : field.value]),
    };
  }

  /** Keeps what was typed on this page; `isLost` when it is known that it was not sent. */
  function keep(isLost, forms) {
    if (!name) return;
    const typed = (forms || Array.from(document.querySelectorAll("main form[method=post]"))).filter((form) => fields(form).some(isChanged));
    if (typed.length) sessionStorage.setItem(key, JSON.stringify({ name, place: here, at: Date.now(), isLost, forms: typed.map(state) }));
  }

  function fill(form, kept) {
    for (const [name, type, value, now] of kept.fields) {
      const field = fields(form).find((one) => one.name === name && (type !== "checkbox" || one.value === value));
      if (!field) continue;
      if (type === "checkbox") field.checked = now; else field.value = now;
      const details = field.closest("details");
      if (details) details.open = true;
    }
  }

  /** Puts it back into the page it was typed on. */
  function restore(draft) {
    const forms = Array.from(document.querySelectorAll("main form[method=post]"));
    let isBack = false;
    for (const kept of draft.forms) {
      const form = forms.find((one) => { const now = state(one); return now.action === kept.action && JSON.stringify(now.hidden) === JSON.stringify(kept.hidden); });
      if (form) { fill(form, kept); isBack = true; }
    }
    if (isBack && texts) document.getElementById("status").textContent = texts.dataset.back;
  }

  window.draft = { keep, clear };

  const draft = read();
  if (draft && Date.now() - draft.at > longest) clear();
  else if (draft && document.getElementById("signed-out")) {
    // Sent, and refused because the session was over: sign in, and back to where it was typed.
    sessionStorage.setItem(key, JSON.stringify(Object.assign(draft, { isLost: true })));
    const link = document.querySelector("#signed-out a");
    if (link) link.setAttribute("href", "/sign-in?back=" + encodeURIComponent(draft.place));
  } else if (draft && name) {
    if (draft.isLost && draft.name === name && draft.place === here) restore(draft);
    // Sent and taken, or somebody else is here now.
    if (!draft.isLost || draft.name !== name || draft.place === here) clear();
  }

  addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches(".leave")) { clear(); return; }
    if (form.closest("main") && form.method === "post") keep(false, [form]);
  });
})();
