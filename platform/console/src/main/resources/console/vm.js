"use strict";
// The page of one VM, named by ?id=.

const ID = new URLSearchParams(location.search).get("id") || "";
const MOST_PRINTED = 65536; // characters that are kept of the console
const SCREEN_PAUSE = 5000; // ms

document.title = ID + " - Vinestock";
$("#name").textContent = ID;
$("#type").textContent = "vm:console " + ID;

// Shows names and values, those only that there are.
function facts(place, pairs) {
  place.replaceChildren();
  for (const [name, value] of pairs) {
    const values = (Array.isArray(value) ? value : [value]).map(shown).filter(text => text);
    if (values.length) place.append(element("dt", "", name), ...values.map(text => element("dd", "", text)));
  }
  if (!place.children.length) place.append(element("dd", "empty", "None."));
}

function labels(of) {
  return Object.entries(of || {}).map(([key, value]) => key + "=" + value);
}

const readVm = paced(async () => {
  const page = await view("vm/info/" + encodeURIComponent(ID));
  const vm = page ? page.rows[0] : {};
  $("#state").textContent = page ? vm.state : "There is no such VM.";
  $("#state").className = vm.state === "RUNNING" ? "good" : vm.state === "STOPPED" ? "" : "warn";
  $("#simulated").hidden = !vm.simulated;
  facts($("#where .facts"), [
    ["host", vm.seenHost || (page ? "on none" : "")],
    ["should be on", vm.wantedHost === vm.seenHost ? "" : vm.wantedHost],
    ["should be", vm.wantedPower === vm.seenPower ? "" : vm.wantedPower],
    ["zone", vm.zone], ["rack", vm.rack], ["cluster", vm.cluster], ["rules", vm.rules],
  ]);
  facts($("#hardware .facts"), [
    ["cores", vm.cores], ["memory", vm.memory], ["disks", vm.disks], ["network", vm.nics], ["starts", vm.kernel],
    ["labels", labels(vm.labels)],
  ]);
});

const readDecision = paced(async () => {
  const page = await view("decision/list?limit=1&subject=" + encodeURIComponent(ID));
  const lines = page ? page.rows.map(decisionLine) : [];
  $("#where .feed").hidden = false;
  $("#where .feed").replaceChildren(...(lines.length ? lines : [element("li", "empty", "No decision about it is known.")]));
});

let refused = false; // who looks has not signed in, or lacks the role

// Reads what is for operators; says why not if it cannot be read.
async function guarded(path, type, why) {
  const response = await fetch("api/v1/" + path, {headers: {Accept: type}});
  const problem = response.ok ? null : await response.json().catch(() => null);
  refused = response.status === 401 || response.status === 403;
  why.textContent = response.ok ? "" : problem ? problem.detail : "answer " + response.status;
  return response.ok ? response : null;
}

async function showScreen() {
  const image = $("#guest img");
  const response = await guarded("vm/screen/" + encodeURIComponent(ID), "image/png", $("#guest img + p"));
  if (response) {
    const former = image.src;
    image.src = URL.createObjectURL(await response.blob());
    URL.revokeObjectURL(former);
  }
  image.hidden = !response;
}

let printed = "", next = null;

// Without the sequences that move a cursor or set a colour.
function plain(text) {
  return text
    .replace(/\x1b\[[0-?]*[ -\/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()][0-~]|\x1b[0-Z\\^-~]/g, "")
    .replace(/\r+\n/g, "\n").replace(/\r/g, "\n")
    .replace(/[^\n]\x08/g, "").replace(/[\x00-\x08\x0b-\x1f\x7f]/g, "");
}

async function showConsole() {
  const pre = $("#guest pre");
  const response = await guarded("vm/console/" + encodeURIComponent(ID) + (next === null ? "" : "?from=" + next), "application/json", $("#guest pre + p"));
  if (response) {
    const more = await response.json();
    const atEnd = pre.hidden || pre.scrollTop + pre.clientHeight >= pre.scrollHeight - 4;
    printed = (next === more.from ? printed + more.text : more.text).slice(-MOST_PRINTED);
    next = more.next;
    pre.textContent = plain(printed);
    if (!printed) $("#guest pre + p").textContent = "It has printed nothing yet.";
    pre.hidden = !printed;
    if (atEnd) pre.scrollTop = pre.scrollHeight;
  }
}

// Looks again and again, but not while nobody looks at the page, nor once it was refused: the browser would ask each time.
async function follow(show, pause) {
  while (!refused) {
    try { if (!document.hidden) await show(); } catch (failure) { console.warn(failure); }
    await new Promise(done => setTimeout(done, pause));
  }
}

$("#guest button").addEventListener("click", async () => {
  await guarded("vm/console/" + encodeURIComponent(ID), "application/json", $("#guest .why"));
  if (refused) return;
  $("#guest .why").textContent = "";
  $("#guest .shown").hidden = false;
  $("#guest .ask").hidden = true;
  follow(showConsole, PAUSE);
  follow(showScreen, SCREEN_PAUSE);
});

function readAll() {
  readVm();
  readDecision();
}

readAll();
listen(readAll, {
  changes: readVm,
  decisions: event => { if (JSON.parse(event.data).decisions.some(decision => decision.subject === ID)) readDecision(); },
});
setInterval(readAll, 10000);
