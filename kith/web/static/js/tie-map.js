// <tie-map src labels label data-person-url data-target data-circle-of data-error …>: a network on a 2D canvas.
//
// The layout comes from the server: no simulation, no WebGL, no dependency. `src` is the buffer of kith/lib/graph_map.py,
// `labels` its names as JSON. Picking somebody dispatches `pick` {person, row} and loads `data-person-url` ({id} is
// replaced) into `data-target`. Inside the same parent, [data-map=in|out|fit] buttons and [data-map-person=ID] work it;
// [data-map-panel] elements lie over it and are kept clear. Modes and legend: tie-map-modes.js; the past: tie-map-time.js;
// what is only thought of: tie-map-effects.js; pictures of it: tie-map-export.js.

import { boundsOf, decode, NONE, tiesOf, turned } from "./tie-map-data.js";
import { watchEffects } from "./tie-map-effects.js";
import { offerPictures } from "./tie-map-export.js";
import { listen } from "./tie-map-input.js";
import { lookOf } from "./tie-map-look.js";
import { offerModes } from "./tie-map-modes.js";
import { colorsOf, paint } from "./tie-map-paint.js";
import { offerTime } from "./tie-map-time.js";

const QUICK_FROM_TIES = 6000;
const SETTLE_MS = 120;
const REACH_PIXELS = 14;
const CLOSE_UP = 5;

class TieMap extends HTMLElement {
  #stop = null;
  #canvas = null;
  #upright = null; // the data as sent; #data may be turned on its side
  #data = null;
  #labels = { circles: [], chapters: [], supers: [] };
  #state = { mode: "warmth", frame: null, only: null, risk: null, gone: new Set(), cut: new Set() };
  #effect = { gone: [], added: [], seeds: [] };
  #look = null;
  #selection = null;
  #view = { scale: 1, left: 0, top: 0, base: 1 };
  #colors = null;
  #frame = 0;
  #settle = 0;
  #asked = 0;
  #moved = false;

  async connectedCallback() {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    this.setAttribute("aria-busy", "true");
    try {
      const [buffer, names] = await Promise.all([this.#loadMap(), this.load(this.getAttribute("labels"), "json")]);
      if (!signal.aborted) this.#begin(decode(buffer), names, signal);
    } catch (fault) {
      if (!signal.aborted) this.#fail(fault);
    } finally {
      this.removeAttribute("aria-busy");
    }
  }

  disconnectedCallback() {
    this.#stop?.abort();
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#settle);
    this.#canvas?.remove();
    this.#canvas = this.#data = this.#selection = null;
  }

  // Fetch something this map needs; an answer that is no success is a fault.
  async load(url, kind) {
    return (await this.#fetched(url))[kind]();
  }

  async #fetched(url) {
    const answer = await fetch(url, { signal: this.#stop.signal, credentials: "same-origin" });
    if (!answer.ok) throw Object.assign(new Error(`${url}: ${answer.status}`), { status: answer.status });
    return answer;
  }

  // The tag of a map ends with the version of its picture: what is asked about it later must mean the same rows.
  async #loadMap() {
    const answer = await this.#fetched(this.getAttribute("src"));
    this.version = /-(\d+)"$/.exec(answer.headers.get("ETag") ?? "")?.[1] ?? "";
    return answer.arrayBuffer();
  }

  #begin(data, names, signal) {
    this.#upright = data;
    this.#labels = this.#worded(names);
    this.#canvas = document.createElement("canvas");
    this.#canvas.tabIndex = 0;
    this.#canvas.setAttribute("role", "application");
    this.#canvas.setAttribute("aria-label", this.getAttribute("label") ?? "");
    this.append(this.#canvas);
    listen(this, this.#canvas, signal);
    this.#watch(signal);
    this.fit();
    for (const offer of [offerModes, offerTime, watchEffects, offerPictures]) offer(this, this.parentElement, signal);
    if (this.dataset.focus) this.focusPerson(Number(this.dataset.focus), { silently: true });
    performance.mark("tie-map");
  }

  #worded({ circles, chapters, supers, began_at: beganAt }) {
    const circleOf = this.dataset.circleOf ?? "%s";
    const words = new Map(circles.map(({ circle, name, is_chapter: isChapter }) => [circle, isChapter ? name : circleOf.replace("%s", name)]));
    return {
      circles: Array.from({ length: this.#upright.circles }, (_, circle) => ({ text: words.get(circle) ?? "" })), // some want none
      chapters: (chapters ?? []).map(({ name }) => ({ text: name })),
      supers: supers.map(({ row, name }) => ({ row, text: name })),
      beganAt,
    };
  }

  #watch(signal) {
    const size = new ResizeObserver(() => this.#resize());
    size.observe(this);
    signal.addEventListener("abort", () => size.disconnect());
    const repaint = () => { this.#colors = this.#look = null; this.#paint(); };
    addEventListener("themechange", repaint, { signal });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint, { signal });
    document.fonts?.ready.then(() => { if (!signal.aborted) repaint(); });
    this.parentElement.addEventListener("click", (event) => this.#pressed(event), { signal });
  }

  #pressed(event) {
    const button = event.target.closest("[data-map], [data-map-person]");
    if (!button) return;
    if (button.dataset.mapPerson) {
      this.focusPerson(Number(button.dataset.mapPerson));
      button.closest("[data-map-found]")?.replaceChildren();
    }
    const act = { in: () => this.zoom(1.4), out: () => this.zoom(0.7), fit: () => this.fit() }[button.dataset.map];
    act?.();
  }

  #fail(fault) {
    console.warn("tie-map:", fault);
    const sentence = document.createElement("p");
    sentence.className = "map-error";
    sentence.setAttribute("role", "alert");
    sentence.textContent = this.dataset.error ?? "";
    this.replaceChildren(sentence);
  }

  // ---- what is shown

  get labels() { return this.#labels; }
  get data() { return this.#upright; }
  get state() { return this.#state; }
  get look() { return (this.#look ??= lookOf(this.#data, this.#labels, this.#state)); }
  get colors() { return (this.#colors ??= colorsOf(this)); }

  // Change some of mode, frame, only and risk (see tie-map-look.js).
  change(part) {
    Object.assign(this.#state, part);
    this.#look = null;
    this.#paint();
    this.dispatchEvent(new CustomEvent("look"));
  }

  // Show what is only thought of: people by id who are gone or cut off, pairs added, seeds in their order.
  think({ gone = [], cut = [], added = [], seeds = [] }) {
    const rows = (people) => people.map((person) => this.#upright.person.indexOf(person)).filter((row) => row >= 0);
    this.#effect = { gone: rows(gone), added: added.map(rows).filter((pair) => pair.length === 2), seeds: rows(seeds) };
    this.change({ gone: new Set(this.#effect.gone), cut: new Set(rows(cut)) });
  }

  // Paint what is seen now onto another canvas, `times` as fine; where nobody moved it, the whole map without room for panels.
  copyTo(context, times) {
    const whole = { left: 0, top: 16, width: this.clientWidth, height: this.clientHeight - 16 };
    context.setTransform(times, 0, 0, times, 0, 0);
    paint(context, { ...this.#scene(), view: this.#moved ? this.#view : this.#fitted(whole) }, { quick: false });
  }

  // ---- looking

  // A phone's bars come and go while one looks: what was moved by hand stays where it is.
  #resize() {
    const lies = this.#data === this.#upright;
    if (!this.#moved || lies === this.#isTall()) this.fit();
    else { this.#measure(); this.#paint(); }
  }

  #isTall() {
    return this.clientHeight > this.clientWidth * 1.15;
  }

  #measure() {
    const density = Math.min(2, devicePixelRatio || 1);
    this.#canvas.width = this.clientWidth * density;
    this.#canvas.height = this.clientHeight * density;
  }

  fit() {
    if (!this.#upright || !this.clientWidth || !this.clientHeight) return;
    this.#measure();
    this.#moved = false;
    this.#data = this.#isTall() ? turned(this.#upright) : this.#upright;
    this.#look = null;
    this.box = boundsOf(this.#data);
    this.#view = this.#fitted(this.#room());
    this.#paint();
  }

  // The view in which all circles lie within some room.
  #fitted(room) {
    const { left, right, top, bottom } = this.box;
    const scale = Math.min(room.width / (right - left), room.height / (bottom - top)) * 0.88;
    return {
      scale, base: scale,
      left: room.left + room.width / 2 - (scale * (left + right)) / 2,
      top: room.top + room.height / 2 - (scale * (top + bottom)) / 2,
    };
  }

  // What panels leave free: wide ones take the top or the bottom, narrow ones on the left take the left.
  #room() {
    const own = this.getBoundingClientRect();
    const taken = { left: 0, top: 0, bottom: 0 };
    for (const panel of this.parentElement.querySelectorAll("[data-map-panel]")) {
      const box = panel.getBoundingClientRect();
      if (!box.width || !box.height) continue;
      if (box.width > own.width * 0.6) {
        if (box.top - own.top < own.height / 2) taken.top = Math.max(taken.top, box.bottom - own.top);
        else taken.bottom = Math.max(taken.bottom, own.bottom - box.top);
      } else if (box.left - own.left < own.width / 3) taken.left = Math.max(taken.left, box.right - own.left);
    }
    taken.bottom = Math.min(taken.bottom, own.height * 0.45);
    const head = Math.min(28, own.height * 0.05); // the names of the upper circles
    return {
      left: taken.left, top: taken.top + head,
      width: Math.max(80, own.width - taken.left), height: Math.max(80, own.height - taken.top - taken.bottom - head),
    };
  }

  pan(right, down) {
    this.#view.left += right;
    this.#view.top += down;
    this.#move();
  }

  zoom(factor, at = { x: this.clientWidth / 2, y: this.clientHeight / 2 }) {
    const { scale, base, left, top } = this.#view;
    const wanted = Math.max(base * 0.6, Math.min(base * 24, scale * factor));
    this.#view.left = at.x - ((at.x - left) * wanted) / scale;
    this.#view.top = at.y - ((at.y - top) * wanted) / scale;
    this.#view.scale = wanted;
    this.#move();
  }

  spot({ clientX, clientY }) {
    const own = this.#canvas.getBoundingClientRect();
    return { x: clientX - own.left, y: clientY - own.top };
  }

  // A large map is drawn thinly while it moves and whole once it rests.
  #move() {
    this.#moved = true;
    this.#paint({ quick: this.#data.ties > QUICK_FROM_TIES });
    clearTimeout(this.#settle);
    this.#settle = setTimeout(() => this.#paint(), SETTLE_MS);
  }

  #paint({ quick = false } = {}) {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#draw(quick));
  }

  #draw(quick) {
    if (!this.#data) return;
    const context = this.#canvas.getContext("2d");
    const density = this.#canvas.width / this.clientWidth;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    context.setTransform(density, 0, 0, density, 0, 0);
    paint(context, this.#scene(), { quick });
  }

  #scene() {
    return {
      data: this.#data, look: this.look, box: this.box, view: this.#view, labels: this.#labels, colors: this.colors,
      selection: this.#selection, effect: this.#effect, width: this.clientWidth, height: this.clientHeight,
    };
  }

  // ---- picking

  tap(at) {
    const row = this.#nearest(at);
    if (row < 0) this.clear();
    else this.#pick(row);
  }

  #nearest({ x, y }) {
    const { scale, left, top } = this.#view;
    const { people, isSuper } = this.#data;
    const { person } = this.look;
    let best = -1, closest = REACH_PIXELS ** 2;
    for (let row = 0; row < people; row++) {
      if (person[row] === NONE && !this.#state.gone.has(row)) continue;
      const right = left + this.#data.x[row] * scale - x, down = top + this.#data.y[row] * scale - y;
      const away = right * right + down * down - (isSuper[row] ? 60 : 0);
      if (away < closest) { closest = away; best = row; }
    }
    return best;
  }

  clear() {
    this.#selection = null;
    this.#paint();
    this.dispatchEvent(new CustomEvent("pick", { bubbles: true, detail: null }));
  }

  // The next or previous of those the map names, by score; everybody by size where it names nobody.
  step(by) {
    const rows = this.#labels.supers.length ? this.#labels.supers.map(({ row }) => row) : this.#bySize();
    if (!rows.length) return;
    const at = rows.indexOf(this.#selection?.row);
    const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : (at + by + rows.length) % rows.length;
    this.#pick(rows[next]);
    this.#reveal(rows[next]);
  }

  #bySize() {
    const { size } = this.#data;
    return [...size.keys()].sort((a, b) => size[b] - size[a]).slice(0, 200);
  }

  // Select a person by id, and bring them into sight; false when they are not on the map.
  focusPerson(person, { silently = false } = {}) {
    const row = this.#upright ? this.#upright.person.indexOf(person) : -1;
    if (row < 0) return false;
    this.#pick(row, { silently });
    if (!silently) this.#reveal(row);
    return true;
  }

  #pick(row, { silently = false } = {}) {
    const named = this.#labels.supers.find((one) => one.row === row);
    this.#selection = { row, ties: tiesOf(this.#data, row), name: named?.text ?? "" };
    this.#paint();
    if (silently) return;
    const person = this.#data.person[row];
    this.dispatchEvent(new CustomEvent("pick", { bubbles: true, detail: { person, row } }));
    this.#inspect(person);
  }

  #reveal(row) {
    const room = this.#room();
    const x = this.#view.left + this.#data.x[row] * this.#view.scale, y = this.#view.top + this.#data.y[row] * this.#view.scale;
    if (x > room.left + 20 && x < room.left + room.width - 20 && y > room.top && y < room.top + room.height) return;
    this.#view.scale = Math.min(this.#view.scale, this.#view.base * CLOSE_UP);
    this.#view.left = room.left + room.width / 2 - this.#data.x[row] * this.#view.scale;
    this.#view.top = room.top + room.height / 2 - this.#data.y[row] * this.#view.scale;
    this.#move();
  }

  // Load what is known of a person beside the map; an answer that comes after a later pick is dropped.
  async #inspect(person) {
    const target = document.querySelector(this.dataset.target || null);
    if (!target || !this.dataset.personUrl) return;
    const mine = ++this.#asked;
    try {
      const answer = await fetch(this.dataset.personUrl.replace("{id}", person), {
        signal: this.#stop.signal, headers: { "HX-Request": "true" }, credentials: "same-origin",
      });
      const text = await answer.text();
      if (mine !== this.#asked) return;
      if (!answer.ok) { target.textContent = text; return; } // a refusal is a sentence
      target.innerHTML = text;
      window.htmx?.process(target);
    } catch (fault) {
      if (mine === this.#asked && fault.name !== "AbortError") target.textContent = this.dataset.error ?? "";
      return;
    }
    this.#nameSelection(target.querySelector("[data-name]")?.dataset.name);
  }

  #nameSelection(name) {
    if (!name || !this.#selection) return;
    this.#selection.name ||= name;
    this.#paint();
  }
}

customElements.define("tie-map", TieMap);
