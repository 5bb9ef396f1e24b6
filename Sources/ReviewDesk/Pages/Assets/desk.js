// What the desk does beyond its forms: it says when the session is about to end. Every page works without it.
"use strict";
(() => {
  const meta = document.querySelector("meta[name=page-token]");

  /** Text for the region that screen readers announce. */
  function say(text) { document.getElementById("status").textContent = text; }

  /** JSON of a route of the desk; `null` when nobody is signed in any more. */
  async function ask(path, body) {
    const reply = await fetch(path, body === undefined ? { cache: "no-store" } : {
      method: "POST", body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", "X-Page-Token": meta.content },
    });
    if (reply.status === 401) return null;
    const value = await reply.json();
    if (!reply.ok) throw Object.assign(new Error(value.message), { status: reply.status, value });
    return value;
  }

  window.desk = { ask, say };

  const notice = document.getElementById("session");
  if (!notice) return;
  const over = document.getElementById("session-over");
  const main = document.getElementById("main");
  const warning = document.getElementById("session-warning");
  const warnAt = 120;
  let end = Date.now() + 1000 * Number(notice.dataset.left);
  let extended = Date.now();
  let announced = 0;

  function left() { return Math.round((end - Date.now()) / 1000); }

  /** After signing in again in another tab this page goes on where it was, with the token of the new session. */
  function accept(pulse) {
    if (pulse === null) return close();
    if (pulse.name !== notice.dataset.name) return location.reload();
    end = Date.now() + 1000 * pulse.left;
    meta.content = pulse.token;
    for (const field of document.querySelectorAll("input[name=page-token]")) field.value = pulse.token;
    if (!over.hidden) draft.clear();
    over.hidden = true;
    main.hidden = false;
    if (left() > warnAt) notice.hidden = true;
  }

  function close() {
    if (over.hidden) draft.keep(true);
    notice.hidden = true;
    main.hidden = true;
    over.hidden = false;
  }

  async function extend() {
    extended = Date.now();
    try { accept(await ask("/session", {})); } catch (error) { say(error.message); }
  }

  async function check() {
    try { accept(await ask("/session")); } catch (error) { say(error.message); }
  }

  // Somebody who types or clicks is there; the server hears of it once a minute.
  function active() {
    if (!over.hidden) return;
    if (!notice.hidden || Date.now() - extended > 60000) extend();
  }
  addEventListener("keydown", active);
  addEventListener("pointerdown", active);
  document.getElementById("session-stay").addEventListener("click", extend);
  addEventListener("visibilitychange", () => { if (!document.hidden) check(); });

  setInterval(() => {
    const seconds = left();
    if (!over.hidden) return;
    // Another tab may have kept the session alive.
    if (seconds <= 0) { close(); check(); return; }
    if (seconds > warnAt) { notice.hidden = true; announced = 0; return; }
    if (notice.hidden) { check().then(() => { if (left() <= warnAt) notice.hidden = false; }); }
    // Read out every half minute, not every second.
    const step = Math.ceil(seconds / 30);
    if (step !== announced) {
      announced = step;
      const time = Math.floor(seconds / 60) + ":" + String(seconds % 60).padStart(2, "0");
      warning.textContent = warning.dataset.text.replace("{time}", time);
    }
  }, 1000);
})();
