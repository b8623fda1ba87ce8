// What a mode makes of the map: the tone of every person and tie, and the paint of every tone.
//
// A look is { person, tie: a tone each, NONE where nothing is drawn; order: the ties to draw, plain ones first;
// dots, lines: the paint of each tone; places: the names on the map; band, warmth: the bands of the moment }.

import { NONE, placesOf } from "./tie-map-data.js";

export const TONES = 8;
const PLAIN = 0; // in no group; tones 1..8 are those of groups
export const GREY = 9; // cut off
const DIMMED = 10;
const RISKS = [1 / 3, 2 / 3]; // as kith/see/rules/risk.py
const WARM_ALPHA = { dark: [0.07, 0.09, 0.15, 0.26, 0.48], light: [0.16, 0.17, 0.24, 0.34, 0.52] };
const GROUP_ALPHA = { dark: [0.05, 0.3], light: [0.1, 0.34] };

// `state` holds mode, frame, gone and cut (sets of rows), only (a group, or null), risk (bytes 0..100, NONE unknown).
export function lookOf(data, labels, state) {
  const band = state.frame?.band ?? data.band, warmth = state.frame?.warmth ?? data.warmth;
  const groups = groupsOf(data, labels, state.mode);
  const look = { ...(groups ? grouped(data, groups, state) : state.mode === "risk" ? risky(data, state) : warm(band, warmth)), groups, band, warmth };
  leaveOut(data, look, state);
  look.places = groups?.places ?? circlesOf(data, labels);
  look.order = ordered(look.tie, look.lines);
  return look;
}

function warm(band, warmth) {
  return { person: band.slice(), tie: warmth.slice(), lines: "warmth", dots: "warmth" };
}

function grouped(data, { of, tone }, { only }) {
  const toned = (group) => (group >= tone.length ? PLAIN : only !== null && group !== only ? DIMMED : tone[group]);
  const person = Uint8Array.from(of, (group) => (only !== null && group !== only ? DIMMED : toned(group)));
  const tie = new Uint8Array(data.ties);
  for (let i = 0; i < data.ties; i++) {
    const a = of[data.ends[2 * i]], b = of[data.ends[2 * i + 1]];
    tie[i] = a === b ? toned(a) : only === null ? PLAIN : DIMMED;
  }
  return { person, tie, lines: "group", dots: "group" };
}

function risky(data, { risk }) {
  const person = Uint8Array.from({ length: data.people }, (_, row) => riskTone(risk?.[row] ?? NONE));
  return { person, tie: new Uint8Array(data.ties), lines: "group", dots: "risk" };
}

export function riskTone(percent) {
  return percent > 100 ? 0 : 1 + RISKS.filter((edge) => percent >= 100 * edge).length;
}

// Who is not there at the moment, and who is taken away, is not drawn; who is cut off turns grey.
function leaveOut(data, look, { frame, gone, cut }) {
  for (let row = 0; row < data.people; row++) {
    if (frame?.band[row] === NONE || gone.has(row)) look.person[row] = NONE;
    else if (cut.has(row)) look.person[row] = GREY;
  }
  for (let tie = 0; tie < data.ties; tie++) {
    const a = look.person[data.ends[2 * tie]], b = look.person[data.ends[2 * tie + 1]];
    if (a === NONE || b === NONE || frame?.warmth[tie] === NONE) look.tie[tie] = NONE;
    else if (a === GREY || b === GREY) look.tie[tie] = GREY;
  }
}

const LAST_ON_TOP = { warmth: [DIMMED, GREY, 0, 1, 2, 3, 4], group: [DIMMED, GREY, PLAIN, 1, 2, 3, 4, 5, 6, 7, 8] };

function ordered(tie, lines) {
  const buckets = Array.from({ length: DIMMED + 1 }, () => []);
  for (let i = 0; i < tie.length; i++) if (tie[i] !== NONE) buckets[tie[i]].push(i);
  return Uint32Array.from(LAST_ON_TOP[lines].flatMap((tone) => buckets[tone]));
}

// ---- groups

function groupsOf(data, labels, mode) {
  if (mode !== "chapters" && mode !== "circles") return null;
  const of = mode === "chapters" ? data.chapter : data.circle;
  const names = mode === "chapters" ? labels.chapters : labels.circles;
  const places = placesOf(data, of, names.length);
  return { of, tone: tonesOf(places), places: places.map((place, i) => ({ ...place, text: names[i].text })) };
}

// The largest groups have a tone each; a smaller one shares that of a group as far away as can be.
function tonesOf(places) {
  const tone = new Uint8Array(places.length);
  const bySize = [...places.keys()].sort((a, b) => places[b].people - places[a].people || a - b);
  bySize.forEach((group, nth) => { tone[group] = nth < TONES ? 1 + nth : farthest(places, tone, bySize.slice(0, nth), group); });
  return tone;
}

function farthest(places, tone, before, group) {
  const away = new Float32Array(TONES + 1).fill(Infinity);
  for (const other of before) {
    const far = Math.hypot(places[other].x - places[group].x, places[other].y - places[group].y);
    away[tone[other]] = Math.min(away[tone[other]], far);
  }
  return 1 + away.subarray(1).indexOf(Math.max(...away.subarray(1)));
}

function circlesOf(data, labels) {
  return placesOf(data, data.circle, labels.circles.length).map((place, i) => ({ ...place, text: labels.circles[i].text }));
}

// ---- paint

export function linesOf({ lines }, colors) {
  const theme = colors.dark ? "dark" : "light";
  const grey = { color: colors.line, alpha: colors.dark ? 0.5 : 0.8, width: 0.6, glow: false };
  const dimmed = { color: colors.line, alpha: 0.12, width: 0.6, glow: false };
  if (lines === "warmth") {
    const warm = WARM_ALPHA[theme].map((alpha, band) => ({ color: colors.warmth[band], alpha, width: band > 2 ? 0.9 : 0.6, glow: colors.dark && band > 1 }));
    return [...warm, ...Array(GREY - warm.length).fill(grey), grey, dimmed];
  }
  const [across, within] = GROUP_ALPHA[theme];
  const groups = colors.groups.map((color) => ({ color, alpha: within, width: 0.6, glow: false }));
  return [{ color: colors.soft, alpha: across, width: 0.6, glow: false }, ...groups, grey, dimmed];
}

export function dotsOf({ dots }, colors) {
  const kinds = { warmth: colors.warmth, group: [colors.plain, ...colors.groups], risk: [colors.plain, ...colors.risks] };
  const tones = [...kinds[dots]];
  while (tones.length < GREY) tones.push(colors.plain);
  return [...tones, colors.line, colors.line];
}
