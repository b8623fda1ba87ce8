// The past of the map: a slider over the months, people and ties as they were, everybody where they are now.
//
// [data-map-time] holds a range [data-map-moment], an output and a button [data-map=play]. Frames come from the map's own
// address with ?at=YYYY-MM; those of the months to come are fetched while one plays. The last step is now.

import { decodeFrame } from "./tie-map-data.js";

const STEP_MS = 420;
const AHEAD = 6;
const KEPT = 60;

export function offerTime(map, parent, signal) {
  const bar = parent.querySelector("[data-map-time]");
  const months = bar && map.labels.beganAt ? monthsBetween(map.labels.beganAt, map.dataset.at) : [];
  if (months.length < 2) return;
  const film = new Film(map, bar, months);
  bar.hidden = false;
  const opener = parent.querySelector("[data-map=time]");
  if (opener) opener.hidden = false;
  opener?.addEventListener("click", () => {
    opener.setAttribute("aria-expanded", String(parent.classList.toggle("timing")));
    map.fit();
  }, { signal });
  film.range.addEventListener("input", () => film.show(Number(film.range.value)), { signal });
  bar.addEventListener("click", (event) => event.target.closest("[data-map=play]") && film.toggle(), { signal });
  signal.addEventListener("abort", () => film.pause());
}

// The months from the first act to the one before the moment of the picture, as "2025-03"; then now.
function monthsBetween(first, last) {
  const found = [];
  const [year, month] = first.split("-").map(Number), [lastYear, lastMonth] = last.split("-").map(Number);
  for (let n = year * 12 + month - 1; n < lastYear * 12 + lastMonth - 1; n++) {
    found.push(`${Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, "0")}`);
  }
  return [...found, "now"];
}

class Film {
  #frames = new Map();
  #asked = 0;
  #timer = 0;

  constructor(map, bar, months) {
    Object.assign(this, { map, bar, months });
    this.range = bar.querySelector("[data-map-moment]");
    this.output = bar.querySelector("output");
    this.button = bar.querySelector("[data-map=play]");
    this.range.max = months.length - 1;
    this.range.value = months.length - 1;
    this.#tell(months.length - 1);
  }

  // Show a month; a later wish overtakes one that is still on its way.
  async show(nth) {
    const mine = ++this.#asked;
    this.#tell(nth);
    const { months } = this;
    try {
      const frame = months[nth] === "now" ? null : await this.#frame(months[nth]);
      if (mine === this.#asked) this.map.change({ frame });
    } catch (fault) {
      if (mine === this.#asked && fault.name !== "AbortError") this.#fail(fault);
    }
  }

  #frame(month) {
    if (!this.#frames.has(month)) {
      if (this.#frames.size >= KEPT) this.#frames.delete(this.#frames.keys().next().value);
      const coming = this.map.load(`${this.map.getAttribute("src")}?at=${month}&of=${this.map.version}`, "arrayBuffer").then((raw) => decodeFrame(raw, this.map.data));
      coming.catch(() => this.#frames.delete(month));
      this.#frames.set(month, coming);
    }
    return this.#frames.get(month);
  }

  toggle() {
    if (this.#timer) this.pause();
    else this.#play();
  }

  #play() {
    this.#pressed(true);
    if (Number(this.range.value) >= this.months.length - 1) this.range.value = 0;
    const step = async () => {
      const nth = Number(this.range.value);
      this.months.slice(nth + 1, nth + AHEAD).forEach((month) => month !== "now" && this.#frame(month).catch(() => {}));
      await this.show(nth);
      if (!this.#timer) return;
      if (nth >= this.months.length - 1) { this.pause(); return; }
      this.#timer = setTimeout(() => { this.range.value = nth + 1; step(); }, STEP_MS);
    };
    this.#timer = 1;
    step();
  }

  pause() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#pressed(false);
  }

  #pressed(on) {
    this.button?.setAttribute("aria-pressed", String(on));
  }

  #tell(nth) {
    const words = this.months[nth] === "now" ? this.bar.dataset.now : monthName(this.months[nth]);
    this.output.textContent = words;
    this.range.setAttribute("aria-valuetext", words);
    this.map.dataset.moment = this.months[nth] === "now" ? "" : words;
  }

  // A picture made anew has other rows: what is known of the past belongs to the old one.
  #fail(fault) {
    this.pause();
    console.warn("tie-map:", fault);
    this.output.textContent = fault.status === 409 ? this.bar.dataset.outdated : this.bar.dataset.error;
  }
}

function monthName(month) {
  const [year, number] = month.split("-").map(Number);
  return new Intl.DateTimeFormat(document.documentElement.lang || undefined, { year: "numeric", month: "short", timeZone: "UTC" }).format(Date.UTC(year, number - 1, 1));
}
