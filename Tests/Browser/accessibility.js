// What a machine can tell of WCAG 2.2 AA on one page; returns sentences, none when all is well. Names of success criteria
// stand before each.
const problems = [];
const visible = (e) => !!(e.offsetWidth || e.offsetHeight || e.getClientRects().length) && getComputedStyle(e).visibility !== "hidden";
const brief = (e) => e.outerHTML.replace(/\s+/g, " ").slice(0, 90);

function name(e) {
  const by = e.getAttribute("aria-labelledby");
  if (by) return by.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? "").join(" ").trim();
  if (e.getAttribute("aria-label")) return e.getAttribute("aria-label").trim();
  if (e.labels && e.labels.length) return [...e.labels].map((l) => l.textContent).join(" ").trim();
  return (e.textContent || e.getAttribute("title") || e.getAttribute("value") || "").trim();
}

if (!document.documentElement.lang) problems.push("3.1.1 no language");
if (!document.title.trim()) problems.push("2.4.2 no title");
if (document.querySelectorAll("main").length !== 1) problems.push("1.3.1 one main");
if (document.querySelectorAll("h1").length !== 1) problems.push("1.3.1 one h1, found " + document.querySelectorAll("h1").length);
let depth = 1;
for (const heading of document.querySelectorAll("h1, h2, h3, h4")) {
  const level = Number(heading.tagName[1]);
  if (level > depth + 1) problems.push("1.3.1 heading skips a level: " + brief(heading));
  depth = level;
  if (!heading.textContent.trim()) problems.push("2.4.6 empty heading");
}
const ids = new Map();
for (const e of document.querySelectorAll("[id]")) ids.set(e.id, (ids.get(e.id) ?? 0) + 1);
for (const [id, count] of ids) if (count > 1) problems.push("4.1.1 id twice: " + id);
for (const e of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button]")) {
  if (!visible(e)) continue;
  if (!name(e)) problems.push("4.1.2 no name: " + brief(e));
  if (e.tabIndex < 0 && !e.disabled) problems.push("2.1.1 not reachable: " + brief(e));
  const box = e.getBoundingClientRect();
  const isInline = e.tagName === "A" && getComputedStyle(e).display === "inline";
  if (!isInline && (box.width < 23.5 || box.height < 23.5) && e.type !== "checkbox") problems.push("2.5.8 target " + Math.round(box.width) + "×" + Math.round(box.height) + ": " + brief(e));
}
for (const e of document.querySelectorAll("input:not([type=hidden]), select, textarea")) {
  if (visible(e) && !(e.labels && e.labels.length) && !e.getAttribute("aria-label") && !e.getAttribute("aria-labelledby")) problems.push("1.3.1 no label: " + brief(e));
}
for (const e of document.querySelectorAll("img, svg[role=img]")) if (!e.getAttribute("alt") && !e.getAttribute("aria-label")) problems.push("1.1.1 no text: " + brief(e));
for (const e of document.querySelectorAll("table")) if (!e.querySelector("th")) problems.push("1.3.1 table without heads: " + brief(e));
for (const e of document.querySelectorAll("[aria-controls], [aria-describedby]")) {
  for (const attribute of ["aria-controls", "aria-describedby"]) for (const id of (e.getAttribute(attribute) ?? "").split(/\s+/).filter(Boolean)) if (!document.getElementById(id)) problems.push("4.1.2 refers to nothing: " + brief(e));
}
if (!document.querySelector("[role=status][aria-live], [aria-live=polite]")) problems.push("4.1.3 no status region");
if (document.documentElement.scrollWidth > innerWidth + 1) problems.push("1.4.10 scrolls sideways: " + document.documentElement.scrollWidth + " > " + innerWidth);

// 1.4.3: contrast of text, over the nearest opaque ground.
function colour(text) {
  const parts = text.match(/[\d.]+/g);
  return parts ? parts.map(Number) : [0, 0, 0, 0];
}
function luminance([r, g, b]) {
  const part = (v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
  return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
}
function ground(e) {
  for (; e; e = e.parentElement) {
    const found = colour(getComputedStyle(e).backgroundColor);
    if (found.length < 4 || found[3] === 1) return found;
  }
  return [255, 255, 255];
}
const seen = new Set();
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const e = walker.currentNode.parentElement;
  if (!walker.currentNode.textContent.trim() || !visible(e) || e.closest("svg, .unseen, .skip, template, script, option") || seen.has(e)) continue;
  seen.add(e);
  const style = getComputedStyle(e);
  const [light, dark] = [luminance(colour(style.color)), luminance(ground(e))].sort((a, b) => b - a);
  const ratio = (light + 0.05) / (dark + 0.05);
  const isLarge = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
  if (ratio < (isLarge ? 3 : 4.5)) problems.push("1.4.3 contrast " + ratio.toFixed(2) + ": " + brief(e));
}
return problems;
