"use strict";
// What the pages have in common: reading views over REST, and being told by server-sent events when to read them again.
// Text from the site is only ever set as text, never as HTML.

const PAUSE = 2000; // a view is read at most so often, in ms

const $ = (selector, within = document) => within.querySelector(selector);

function element(tag, classes, text) {
  const made = document.createElement(tag);
  if (classes) made.className = classes;
  if (text !== undefined) made.textContent = text;
  return made;
}

// Reads a page of a view; null if there is no such view, as when its area is not installed.
async function view(path) {
  const response = await fetch("api/v1/" + path, {headers: {Accept: "application/json"}});
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(path + ": " + response.status);
  return response.json();
}

// Calls work now, but not again before the pause is over; what is asked meanwhile is done once, at its end.
function paced(work) {
  let running = false, again = false;
  return async function ask() {
    if (running) { again = true; return; }
    running = true;
    try { await work(); } catch (failure) { console.warn(failure); }
    setTimeout(() => { running = false; if (again) { again = false; ask(); } }, PAUSE);
  };
}

const GOOD = ["ACTIVE", "DONE", "ACT"];
const BAD = ["OPEN", "REFUSED", "QUARANTINED", "FAILED", "ABSENT"];
const WARN = ["CANARY", "PARKED", "PROPOSED", "UNDOING", "CANCELLED", "ADVISE", "OBSERVE"];

function mood(value) {
  return GOOD.includes(value) ? "good" : BAD.includes(value) ? "bad" : WARN.includes(value) ? "warn" : "";
}

function words(name) {
  return name.replace(/[A-Z]/g, letter => " " + letter.toLowerCase());
}

function shown(value) {
  if (value === null || value === undefined || value === "") return "";
  if (Array.isArray(value)) return value.map(shown).join(", ");
  if (typeof value === "object") return value.name && value.version ? value.name + "@" + value.version : JSON.stringify(value);
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return new Date(value).toLocaleTimeString([], {hour12: false});
  if (typeof value === "number" && !Number.isInteger(value)) return value.toFixed(2);
  return String(value);
}

// The page of a VM.
function vmPage(id) {
  return "vm.html?id=" + encodeURIComponent(id);
}

function link(href, text) {
  const made = element("a", "", text);
  made.href = href;
  return made;
}

// Shows rows as a table of the columns that they have; those of pages link from their first column.
function table(place, page, columns, none, pages) {
  const rows = page ? page.rows : [];
  place.replaceChildren();
  if (!rows.length) { place.append(element("p", "empty", none)); return; }
  const keys = columns.filter(column => column in rows[0]);
  const whole = element("table");
  const head = element("tr");
  keys.forEach(key => head.append(element("th", typeof rows[0][key] === "number" ? "number" : "", words(key))));
  whole.append(head);
  for (const row of rows) {
    const line = element("tr");
    for (const key of keys) {
      const cell = element("td", typeof row[key] === "number" ? "number" : mood(row[key]), shown(row[key]));
      if (pages && key === keys[0]) cell.replaceChildren(link(pages(row[key]), shown(row[key])));
      cell.dataset.name = words(key); // a phone shows it beside the value
      line.append(cell);
    }
    whole.append(line);
  }
  place.append(whole);
}

// Shows the largest unit of a duration such as 38us400ns.
function roughly(duration) {
  const parts = /^(\d+)([a-z]+)/.exec(duration);
  return parts ? parts[1] + " " + parts[2] : duration;
}

function decisionLine(decision) {
  const line = element("li");
  line.title = decision.id + ", " + decision.at;
  const by = decision.by.name ? decision.by.name + "@" + decision.by.version : decision.by;
  const fallback = decision.fallbackBecause || decision.instead;
  const verb = decision.point.slice(decision.point.lastIndexOf(".") + 1);
  line.append(
    element("span", "what", verb + " "), decision.point === "placement.place" ? link(vmPage(decision.subject), decision.subject) : decision.subject,
    element("span", "what", " \u2192 " + decision.choice), " ",
    element("span", "by", by + " " + roughly(decision.took)),
    element("span", "why", decision.because));
  if (fallback) line.append(element("span", "fallback", "fallback: " + fallback));
  return line;
}

function say(state, text) {
  $("#link").className = state;
  $("#link").textContent = text;
}

// Reads all at the beginning and when it is not known what changed; told says what to do at which event.
function listen(readAll, told) {
  const events = new EventSource("api/v1/events");
  events.onopen = () => { say("live", "live"); readAll(); };
  events.onerror = () => {
    say("lost", "not connected, trying again");
    if (events.readyState === EventSource.CLOSED) setTimeout(() => listen(readAll, told), PAUSE);
  };
  events.addEventListener("anew", readAll);
  for (const name in told) events.addEventListener(name, told[name]);
}

