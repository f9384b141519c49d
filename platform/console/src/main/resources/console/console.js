"use strict";
// The page of the site.

const MOST_LINES = 60;
const MOST_HOSTS = 500; // of a larger site racks are shown, and the hosts of those that are opened


const UNITS = {B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40, PiB: 2 ** 50};

function bytes(text) {
  const parts = /^(-?[\d.]+)([KMGTP]?i?B)$/.exec(text || "");
  return parts ? Number(parts[1]) * (UNITS[parts[2]] || 1) : 0;
}

function share(taken, whole) {
  return whole > 0 ? Math.min(1, Math.max(0, taken / whole)) : 0;
}

function bar(kind, part, words) {
  const whole = element("div", "bar");
  whole.title = words;
  const filled = element("i", kind);
  filled.style.width = Math.round(part * 100) + "%";
  whole.append(filled);
  return whole;
}

function hostCard(host) {
  const state = String(host.state || "").toLowerCase();
  const card = element("div", "host " + state);
  const name = element("b", "", host.id);
  name.title = host.id + ", " + host.vms + " VMs, CPU in use " + Math.round(host.load * 100) + " %";
  card.append(name);
  if (state !== "up") card.append(element("span", "state", state));
  fill(card, host);
  return card;
}

function grouped(rows, key) {
  const groups = new Map();
  for (const row of rows) {
    const name = row[key] || "";
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(row);
  }
  return groups;
}

const opened = new Set(); // names of racks

function fill(card, part) {
  card.append(
    bar("cpu", share(Number(part.usedCores), Number(part.cores)), "CPU: " + part.usedCores + " of " + part.cores + " cores taken"),
    bar("memory", share(bytes(part.usedMemory), bytes(part.memory)), "memory: " + part.usedMemory + " of " + part.memory + " taken"));
}

function rackCard(rack) {
  const card = element("button", "host rack-card " + (rack.up < rack.hosts ? "down" : "up"));
  card.type = "button";
  card.title = rack.rack + ", " + rack.hosts + " hosts, " + rack.vms + " VMs";
  card.setAttribute("aria-expanded", opened.has(rack.rack));
  card.append(element("b", "", rack.rack), element("span", "state", rack.up < rack.hosts ? rack.up + " of " + rack.hosts + " up" : ""));
  fill(card, rack);
  card.addEventListener("click", () => {
    if (!opened.delete(rack.rack)) opened.add(rack.rack);
    readHosts();
  });
  return card;
}

function rackOf(name, hosts) {
  const group = element("div");
  const cards = element("div", "rack");
  hosts.forEach(host => cards.append(hostCard(host)));
  group.append(element("h4", "", name), cards);
  return group;
}

// All hosts, rack by rack.
async function smallSite() {
  const page = await view("host/list?limit=" + MOST_HOSTS);
  const shown = [];
  for (const [zone, inZone] of grouped(page ? page.rows : [], "zone")) {
    const racks = element("div", "racks");
    for (const [rack, inRack] of grouped(inZone, "rack")) racks.append(rackOf(rack, inRack));
    shown.push(element("h3", "", zone), racks);
  }
  return shown;
}

// All racks, zone by zone, and the hosts of those that people opened.
async function largeSite(racks) {
  const shown = [];
  for (const [zone, inZone] of grouped(racks, "zone")) {
    const cards = element("div", "rack");
    inZone.forEach(rack => cards.append(rackCard(rack)));
    shown.push(element("h3", "", zone + ": " + count(inZone, "up") + " of " + count(inZone, "hosts") + " hosts up, " + count(inZone, "vms") + " VMs"), cards);
    for (const rack of inZone.filter(each => opened.has(each.rack))) {
      const page = await view("host/list?limit=" + MOST_HOSTS + "&rack=" + encodeURIComponent(rack.rack));
      shown.push(rackOf(rack.rack, page ? page.rows : []));
    }
  }
  return shown;
}

function sum(rows, key) {
  return rows.reduce((all, row) => all + row[key], 0);
}

function count(rows, key) {
  return sum(rows, key).toLocaleString("en");
}

const readHosts = paced(async () => {
  const page = await view("host/racks?limit=10000");
  const racks = page ? page.rows : [];
  racks.sort((one, other) => one.rack.localeCompare(other.rack, "en", {numeric: true})); // r2 before r10
  const large = sum(racks, "hosts") > MOST_HOSTS;
  const shown = large ? await largeSite(racks) : await smallSite();
  if (!racks.length) shown.push(element("p", "empty", page ? "No host yet." : "No provider of hosts is installed."));
  $("#hosts .zones").replaceChildren(...shown);
  $("#hosts .hint").hidden = !large;
  $("#summary").textContent = racks.length ? count(racks, "up") + " of " + count(racks, "hosts") + " hosts up, " + count(racks, "vms") + " VMs" : "";
  $("#simulated").hidden = !racks.some(rack => rack.simulated);
});

// The first VMs; any other one is found by its name.
const readVms = paced(async () => {
  const page = await view("vm/list?limit=12");
  $("#vms .more").hidden = !page || !page.next;
  table($("#vms .table"), page, ["id", "state", "host", "cores", "memory"], "No VM yet.", vmPage);
});

$("#vms form").addEventListener("submit", event => {
  event.preventDefault();
  const id = $("#vms input").value.trim();
  if (id) location.href = vmPage(id);
});

const readStrategies = paced(async () => table($("#strategies .table"), await view("strategy/list"),
  ["point", "strategy", "state", "decisions", "failures", "agreement", "breaker", "canary", "because"], "No strategy yet."));

const readTasks = paced(async () => table($("#tasks .table"), await view("task/list?limit=12"),
  ["id", "operation", "state", "by", "startedAt", "step", "message"], "No task yet."));

// How far the machine may go, and what it has taken of its budgets in the last hour.
const readActing = paced(async () => {
  const modes = await view("platform/modes"), budgets = await view("platform/budgets");
  $("#acting").hidden = !modes || !modes.rows.length;
  table($("#acting .modes"), modes, ["function", "cluster", "mode"], "No function yet.");
  table($("#acting .budgets"), budgets, ["acting", "cluster", "atOnce", "lastHour", "waiting", "first"], "Nothing was taken of any budget yet.");
});

const readAlarms = paced(async () => {
  const page = await view("alarm/list");
  const rows = page ? page.rows : [];
  $("#alarms").hidden = !rows.length;
  $("#alarms ul").replaceChildren(...rows.map(alarm => element("li", "", alarm.subject + ": " + alarm.message)));
});

// Reports of comparisons and rehearsals; each has a page of its own.
const readReports = paced(async () => {
  const page = await view("report/list?limit=10");
  const rows = page ? page.rows : [];
  $("#reports").hidden = !rows.length;
  $("#reports ul").replaceChildren(...rows.map(report => {
    const line = element("li");
    const link = element("a", "", report.title);
    link.href = "reports/" + encodeURIComponent(report.id) + ".html";
    line.append(link, element("span", "by", " " + report.operation.replace(".", ":") + ", " + new Date(report.madeAt).toLocaleString([], {hour12: false})),
      element("span", "why", report.verdict));
    return line;
  }));
});

const made = []; // when decisions were told, for the rate

function showDecisions(told) {
  const feed = $("#decisions .feed");
  if ($(".empty", feed)) feed.replaceChildren();
  told.decisions.forEach(decision => feed.prepend(decisionLine(decision)));
  while (feed.children.length > MOST_LINES) feed.lastElementChild.remove();
  made.push({at: Date.now(), count: told.decisions.length + told.leftOut});
}

setInterval(() => {
  while (made.length && made[0].at < Date.now() - 10000) made.shift();
  const count = made.reduce((sum, each) => sum + each.count, 0);
  $("#rate").textContent = count ? (count / 10).toFixed(1) + " a second" : "";
}, 1000);

// Shows the newest decisions from before the page was opened, as long as none came since.
const readFormerDecisions = paced(async () => {
  const page = await view("decision/list?limit=15");
  const feed = $("#decisions .feed");
  if (!$(".empty", feed)) return;
  const lines = page ? page.rows.map(decisionLine) : [];
  feed.replaceChildren(...(lines.length ? lines : [element("li", "empty", "None yet.")]));
});

function readAll() {
  readHosts();
  readVms();
  readFormerDecisions();
  readStrategies();
  readTasks();
  readAlarms();
  readActing();
  readReports();
}

readAll();
listen(readAll, {
  changes: () => { readHosts(); readVms(); readTasks(); },
  decisions: event => showDecisions(JSON.parse(event.data)),
});
setInterval(() => { readStrategies(); readAlarms(); readActing(); readTasks(); readReports(); }, 5000); // these change without a change of the inventory
