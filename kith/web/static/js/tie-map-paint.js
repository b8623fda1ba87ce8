// Draws the map: ties from plain to hot, people, what is only thought of, then names with halos, none over another.

import { dotsOf, linesOf, TONES } from "./tie-map-look.js";
import { NONE } from "./tie-map-data.js";

const TAU = Math.PI * 2;
const FULL_INK = 1100; // up to this much, ties are drawn as strong as designed
const FAINTEST = 0.06; // below this a screen rounds colours off: draw fewer ties, each plainer
const BATCH = 1500; // longer paths make browsers slow
const BEND = 0.22; // how far a tie between circles leans to the middle, so that neighbours form a bundle
const HIGH_RISK = 3;

export function colorsOf(element) {
  const probe = document.createElement("i");
  element.append(probe);
  const read = (name) => { probe.style.color = `var(${name})`; return getComputedStyle(probe).color; };
  const all = (name, count) => Array.from({ length: count }, (_, i) => read(`--${name}${i}`));
  const colors = {
    warmth: all("w", 5), groups: all("g", TONES), risks: all("risk", 3), plain: read("--plain"), line: read("--line-2"),
    ink: read("--ink"), soft: read("--ink-2"), ground: read("--sunken"), brand: read("--brand"),
    font: getComputedStyle(element).fontFamily,
  };
  probe.remove();
  colors.dark = isDark(colors.ground);
  return colors;
}

function isDark(color) {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  return context.getImageData(0, 0, 1, 1).data[1] < 110;
}

// One frame. `scene` holds data, look, view {scale, left, top, base}, box, width, height, colors, labels, selection, effect.
export function paint(context, scene, { quick }) {
  const frame = frameOf(context, scene);
  paintTies(frame, quick ? 5 : 1);
  paintPeople(frame);
  if (scene.selection) paintSelection(frame);
  paintEffect(frame);
  const taken = [];
  paintGroupNames(frame, taken);
  paintSupers(frame, taken);
}

function frameOf(context, scene) {
  const { data, view, box, selection, look, colors } = scene;
  const zoom = view.scale / view.base;
  const spread = Math.sqrt(Math.max(300, view.base * 0.9) / 430);
  const crowd = Math.min(2.1, Math.sqrt(6500 / Math.max(1, data.people)) + 0.05);
  return {
    ...scene, context, zoom,
    lines: linesOf(look, colors), dots: dotsOf(look, colors),
    dim: selection !== null && selection.ties.length > 0,
    dot: Math.min(3, 0.6 + 0.4 * zoom) * spread * crowd,
    px: (row) => view.left + data.x[row] * view.scale,
    py: (row) => view.top + data.y[row] * view.scale,
    middleX: view.left + (view.scale * (box.left + box.right)) / 2,
    middleY: view.top + (view.scale * (box.top + box.bottom)) / 2,
  };
}

const radiusOf = (frame, row) => (0.55 + frame.data.size[row] / 42) * frame.dot;

function paintTies(frame, stride) {
  const { context, look, lines, zoom, dim } = frame;
  const strength = Math.min(1.5, Math.sqrt(FULL_INK / Math.max(1, inkOf(look, lines)))) * (dim ? 0.62 : 1) * Math.min(2.2, Math.sqrt(zoom) + 0.25) * (stride > 1 ? 2 : 1);
  context.lineCap = "butt";
  let tone = -1, every = 1;
  for (let nth = 0; nth < look.order.length; nth += stride) {
    const tie = look.order[nth];
    if (look.tie[tie] === tone && nth % every) continue;
    if (look.tie[tie] !== tone || nth % BATCH < stride) {
      if (tone >= 0) context.stroke();
      tone = look.tie[tie];
      const line = lines[tone];
      context.beginPath();
      // In the dark warm ties glow where they cross; thousands of cold ones would add up to white.
      context.globalCompositeOperation = line.glow ? "lighter" : "source-over";
      context.strokeStyle = line.color;
      const alpha = line.alpha * strength;
      every = Math.max(1, Math.round(FAINTEST / alpha));
      context.globalAlpha = Math.min(1, alpha * every);
      context.lineWidth = line.width;
    }
    traceTie(frame, tie, BEND);
  }
  if (tone >= 0) context.stroke();
  context.globalCompositeOperation = "source-over";
  context.globalAlpha = 1;
}

// How much colour all ties together would lay down: a map that is hot everywhere is drawn as thinly as a large one.
function inkOf(look, lines) {
  look.ink ??= look.order.reduce((ink, tie) => ink + lines[look.tie[tie]].alpha, 0);
  return look.ink;
}

function traceTie(frame, tie, bend) {
  const { data } = frame;
  tracePair(frame, data.ends[2 * tie], data.ends[2 * tie + 1], bend);
}

function tracePair(frame, a, b, bend) {
  const { context, data, px, py, width, height } = frame;
  const ax = px(a), ay = py(a), bx = px(b), by = py(b);
  if (Math.max(ax, bx) < 0 || Math.max(ay, by) < 0 || Math.min(ax, bx) > width || Math.min(ay, by) > height) return;
  context.moveTo(ax, ay);
  if (data.circle[a] === data.circle[b]) { context.lineTo(bx, by); return; }
  const cx = (ax + bx) / 2, cy = (ay + by) / 2;
  context.quadraticCurveTo(cx + (frame.middleX - cx) * bend, cy + (frame.middleY - cy) * bend, bx, by);
}

function paintPeople(frame) {
  const { context, data, look, dots, dim } = frame;
  context.globalAlpha = dim ? 0.55 : 1;
  dots.forEach((color, tone) => {
    context.fillStyle = color;
    context.beginPath();
    for (let row = 0; row < data.people; row++) if (look.person[row] === tone) traceDot(frame, row, 0);
    context.fill();
  });
  if (look.dots === "risk") paintHighRisk(frame);
  context.globalAlpha = 1;
}

// Colour is never alone: who is likely to fall silent has a ring as well.
function paintHighRisk(frame) {
  const { context, data, look, colors } = frame;
  context.strokeStyle = colors.risks[2];
  context.lineWidth = 1.2;
  context.beginPath();
  for (let row = 0; row < data.people; row++) {
    if (look.person[row] !== HIGH_RISK) continue;
    const radius = radiusOf(frame, row) + 2;
    context.moveTo(frame.px(row) + radius, frame.py(row));
    context.arc(frame.px(row), frame.py(row), radius, 0, TAU);
  }
  context.stroke();
}

function traceDot(frame, row, more) {
  const x = frame.px(row), y = frame.py(row), radius = radiusOf(frame, row) + more;
  if (x < -radius || y < -radius || x > frame.width + radius || y > frame.height + radius) return;
  frame.context.moveTo(x + radius, y);
  frame.context.arc(x, y, radius, 0, TAU);
}

function paintSelection(frame) {
  const { context, look, colors, selection } = frame;
  const alive = selection.ties.filter((tie) => look.tie[tie] !== NONE);
  const thin = Math.min(1, Math.sqrt(50 / Math.max(1, selection.ties.length)));
  context.globalCompositeOperation = colors.dark ? "lighter" : "source-over";
  for (const tie of alive) {
    const band = look.warmth[tie];
    context.strokeStyle = colors.warmth[Math.max(1, band)];
    context.globalAlpha = Math.min(1, (0.32 + 0.14 * band) * thin);
    context.lineWidth = (0.8 + band * 0.4) * Math.max(0.6, thin);
    context.beginPath();
    traceTie(frame, tie, 0.18);
    context.stroke();
  }
  context.globalCompositeOperation = "source-over";
  context.globalAlpha = 1;
  for (const tie of alive) paintNeighbour(frame, tie);
}

function paintNeighbour(frame, tie) {
  const { context, data, look, colors, selection, dots } = frame;
  const other = data.ends[2 * tie] === selection.row ? data.ends[2 * tie + 1] : data.ends[2 * tie];
  context.fillStyle = look.dots === "warmth" ? colors.warmth[Math.max(1, look.warmth[tie])] : dots[look.person[other]];
  context.beginPath();
  traceDot(frame, other, 1);
  context.fill();
}

// What is only thought of: who is taken away, who would be introduced, who would begin a launch.
function paintEffect(frame) {
  const { effect, colors, context } = frame;
  for (const row of effect.gone) ring(frame, row, 1, colors.soft, 1.2, [2, 3]);
  context.strokeStyle = colors.brand;
  context.lineWidth = 1.8;
  context.setLineDash([6, 4]);
  for (const [a, b] of effect.added) {
    context.beginPath();
    tracePair(frame, a, b, 0.18);
    context.stroke();
  }
  context.setLineDash([]);
  for (const [a, b] of effect.added) for (const row of [a, b]) ring(frame, row, 2.5, colors.brand, 1.8);
  effect.seeds.forEach((row, nth) => paintSeed(frame, row, nth + 1));
}

function paintSeed(frame, row, number) {
  const { context, colors } = frame;
  const x = frame.px(row), y = frame.py(row), radius = Math.max(8, radiusOf(frame, row) + 3);
  context.fillStyle = colors.brand;
  context.beginPath();
  context.arc(x, y, radius, 0, TAU);
  context.fill();
  context.fillStyle = colors.ground;
  context.font = `650 ${radius > 11 ? 12 : 10}px ${colors.font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(String(number), x, y + 0.5);
  context.textAlign = "start";
}

function paintGroupNames(frame, taken) {
  const { context, view, look, width, height, colors } = frame;
  const screen = Math.min(1.15, Math.max(0.82, Math.min(width, height) / 820));
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const own of [...look.places].sort((a, b) => b.people - a.people)) {
    if (!own.people || !own.text) continue;
    const size = Math.max(12, Math.min(26, 11 + Math.sqrt(own.people) * 0.28)) * screen;
    context.font = `600 ${size}px ${colors.font}`;
    const x = view.left + own.x * view.scale;
    const y = view.top + (own.y - own.radius * 1.62) * view.scale - size * 0.4;
    if (x < 0 || x > width || y < 0 || y > height) continue;
    const half = context.measureText(own.text).width / 2 + 4;
    if (free(taken, x - half, y - size * 0.6, x + half, y + size * 0.6)) write(frame, own.text, x, y, colors.ink);
  }
}

function paintSupers(frame, taken) {
  const { context, data, colors, labels, look, selection } = frame;
  const chosen = selection ? selection.row : -1;
  const there = labels.supers.filter(({ row }) => look.person[row] !== NONE);
  const named = there.sort((a, b) => (b.row === chosen) - (a.row === chosen));
  context.textAlign = "left";
  for (const { row, text } of named) {
    ring(frame, row, 2.2, colors.warmth[3], 1.4);
    nameBeside(frame, taken, row, text, row === chosen);
  }
  for (let row = 0; row < data.people && labels.supers.length < 1; row++) if (data.isSuper[row]) ring(frame, row, 2.2, colors.warmth[3], 1.4);
  if (chosen >= 0) {
    if (selection.name && !named.some((one) => one.row === chosen)) nameBeside(frame, taken, chosen, selection.name, true);
    ring(frame, chosen, 5, colors.ink, 2);
  }
  context.textAlign = "start";
}

function ring(frame, row, away, color, width, dash = []) {
  const { context } = frame;
  context.setLineDash(dash);
  context.strokeStyle = color;
  context.lineWidth = width;
  context.beginPath();
  context.arc(frame.px(row), frame.py(row), radiusOf(frame, row) + away, 0, TAU);
  context.stroke();
  context.setLineDash([]);
}

function nameBeside(frame, taken, row, text, isChosen) {
  const { context, colors } = frame;
  const x = frame.px(row) + radiusOf(frame, row) + 8, y = frame.py(row);
  context.font = `${isChosen ? 650 : 550} 12px ${colors.font}`;
  const right = x + context.measureText(text).width + 3;
  const fits = free(taken, x - 3, y - 9, right, y + 9);
  if (fits || isChosen) write(frame, text, x, y, isChosen ? colors.ink : colors.soft);
}

function write({ context, colors }, text, x, y, color) {
  context.strokeStyle = colors.ground;
  context.lineWidth = 4;
  context.lineJoin = "round";
  context.globalAlpha = 0.85;
  context.strokeText(text, x, y);
  context.globalAlpha = 1;
  context.fillStyle = color;
  context.fillText(text, x, y);
}

function free(taken, left, top, right, bottom) {
  if (taken.some((box) => left < box.right && right > box.left && top < box.bottom && bottom > box.top)) return false;
  taken.push({ left, top, right, bottom });
  return true;
}
