// By what the map is coloured: warmth, chapters, circles, risk; and the legend that says what the tones mean.
//
// [data-map-modes] holds a radio for each mode; [data-map-legend] is filled anew when the mode changes. A mode there is
// nothing to show of is not offered. In chapters and circles a name of the legend, pressed, dims all others.

import { riskTone } from "./tie-map-look.js";

export function offerModes(map, parent, signal) {
  const modes = parent.querySelector("[data-map-modes]"), legend = parent.querySelector("[data-map-legend]");
  if (!modes) return;
  const warmth = legend ? [...legend.children] : [];
  hideEmpty(map, modes);
  modes.addEventListener("change", (event) => choose(map, event.target.value), { signal });
  map.addEventListener("look", () => explain(map, legend, warmth), { signal });
  const checked = modes.querySelector("input:checked")?.value;
  if (checked && checked !== map.state.mode) choose(map, checked);
  legend?.addEventListener("click", (event) => point(map, event), { signal });
}

function hideEmpty(map, modes) {
  for (const radio of modes.querySelectorAll("input")) {
    const none = { chapters: !map.labels.chapters.length, circles: !map.labels.circles.length }[radio.value];
    if (none) radio.closest("label").hidden = true;
  }
}

async function choose(map, mode) {
  if (mode === "risk" && !map.state.risk) await readRisks(map);
  map.change({ mode, only: null });
}

// The chances to fall silent, a byte a person; a fault leaves everybody unknown, and the legend says so.
async function readRisks(map) {
  try {
    map.state.risk = new Uint8Array(await map.load(map.dataset.riskUrl, "arrayBuffer"));
  } catch (fault) {
    if (fault.name !== "AbortError") console.warn("tie-map:", fault);
  }
}

function point(map, event) {
  const button = event.target.closest("[data-group]");
  if (!button) return;
  const group = Number(button.dataset.group);
  map.change({ only: map.state.only === group ? null : group });
  map.parentElement.querySelector(`[data-map-legend] [data-group="${group}"]`)?.focus();
}

function explain(map, legend, warmth) {
  if (!legend) return;
  const { mode } = map.state;
  legend.dataset.mode = mode;
  const lines = { chapters: groupLines, circles: groupLines, risk: riskLines }[mode];
  if (!lines) { legend.replaceChildren(...warmth); return; }
  const list = document.createElement("ul");
  list.append(...lines(map));
  if (lines === riskLines) list.tabIndex = 0; // on a phone it is wider than its place, and holds nothing else to focus
  const top = legend.querySelector("ul")?.scrollTop ?? 0;
  legend.replaceChildren(list);
  list.scrollTop = top;
}

function groupLines(map) {
  const { tone, places } = map.look.groups;
  const bySize = [...places.keys()].sort((a, b) => places[b].people - places[a].people || a - b);
  return bySize.filter((group) => places[group].people && places[group].text).map((group) => {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.group = group;
    button.setAttribute("aria-pressed", String(map.state.only === group));
    button.append(swatch(`g${tone[group] - 1}`), places[group].text, number(places[group].people));
    return item(button);
  });
}

function riskLines(map) {
  const { risk } = map.state;
  const many = [0, 0, 0, 0];
  for (let row = 0; row < map.data.people; row++) many[riskTone(risk?.[row] ?? 255)] += 1;
  const words = (map.dataset.riskWords ?? "").split("|"); // unknown, then rising
  return [3, 2, 1, 0].map((tone) => item(swatch(tone ? `risk${tone - 1}` : "plain"), words[tone] ?? "", number(many[tone])));
}

function item(...parts) {
  const line = document.createElement("li");
  line.append(...parts);
  return line;
}

function swatch(tone) {
  const dot = document.createElement("i");
  dot.className = `dot ${tone}`;
  dot.setAttribute("aria-hidden", "true");
  return dot;
}

function number(count) {
  const small = document.createElement("small");
  small.className = "num";
  small.textContent = count.toLocaleString(document.documentElement.lang || undefined);
  return small;
}
