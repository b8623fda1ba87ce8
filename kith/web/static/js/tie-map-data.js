// Reads the buffers that kith/lib/graph_map.py and graph_film.py write, and prepares what drawing and picking need.

const VERSION = 2;
const FRAME_VERSION = 1;
const HEAD_BYTES = 16;
const SHORT_ROWS = 65536;
const SUPER_MARK = 0x80;
const BAND_MASK = 0x07;
export const NONE = 255; // no chapter, not there yet, not known

export function decode(buffer) {
  const [version, people, ties, circles] = new Uint32Array(buffer, 0, 4);
  if (version !== VERSION) throw new Error(`map version ${version}`);
  const reader = readerOf(buffer, HEAD_BYTES);
  const data = { people, ties, circles };
  data.person = reader(Uint32Array, people);
  data.x = Float32Array.from(reader(Uint16Array, people), fromGrid);
  data.y = Float32Array.from(reader(Uint16Array, people), fromGrid);
  data.circle = reader(Uint8Array, people);
  data.chapter = reader(Uint8Array, people);
  data.size = reader(Uint8Array, people);
  const mark = reader(Uint8Array, people);
  data.band = mark.map((value) => value & BAND_MASK);
  data.isSuper = mark.map((value) => (value & SUPER_MARK ? 1 : 0));
  data.ends = reader(people <= SHORT_ROWS ? Uint16Array : Uint32Array, 2 * ties, 4);
  data.warmth = reader(Uint8Array, ties);
  return data;
}

// A moment of the past: the band of every person and tie of a map, NONE for who and what was not there yet.
export function decodeFrame(buffer, { people, ties }) {
  const [version, rows, pairs] = new Uint32Array(buffer, 0, 3);
  if (version !== FRAME_VERSION || rows !== people || pairs !== ties) throw new Error("a frame of another map");
  const reader = readerOf(buffer, HEAD_BYTES);
  return { band: reader(Uint8Array, people), warmth: reader(Uint8Array, ties) };
}

function readerOf(buffer, start) {
  let offset = start;
  return (Type, length, align = 1) => {
    offset += (align - (offset % align)) % align;
    const part = new Type(buffer, offset, length);
    offset += part.byteLength;
    return part;
  };
}

const fromGrid = (value) => value / 32767.5 - 1;

// Where each group lies: the middle of those of its people who stand in one circle, where most of them do, and their mean
// distance from it. A chapter that is spread over the map has its name where it is at home.
export function placesOf({ people, circles, circle, x, y }, group, count) {
  const homes = homesOf(people, circle, circles + 1, group, count);
  const found = Array.from({ length: count }, () => ({ x: 0, y: 0, people: 0, radius: 0, here: 0 }));
  for (let i = 0; i < people; i++) {
    const own = found[group[i]];
    if (!own) continue;
    own.people += 1;
    if (homes[group[i]] === circle[i]) { own.x += x[i]; own.y += y[i]; own.here += 1; }
  }
  for (const own of found) { own.x /= own.here || 1; own.y /= own.here || 1; }
  for (let i = 0; i < people; i++) {
    const own = found[group[i]];
    if (own && homes[group[i]] === circle[i]) own.radius += Math.hypot(x[i] - own.x, y[i] - own.y) / own.here;
  }
  return found;
}

function homesOf(people, circle, circles, group, count) {
  const many = new Uint32Array(count * circles);
  for (let i = 0; i < people; i++) if (group[i] < count) many[group[i] * circles + circle[i]] += 1;
  return Array.from({ length: count }, (_, g) => {
    const row = many.subarray(g * circles, (g + 1) * circles);
    return row.indexOf(Math.max(...row));
  });
}

// The box the circles fill. The loose who orbit outside may be cut off; without circles everybody counts.
export function boundsOf({ people, circles, circle, x, y }) {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (let i = 0; i < people; i++) {
    if (circles && circle[i] === circles) continue;
    box.left = Math.min(box.left, x[i]);
    box.right = Math.max(box.right, x[i]);
    box.top = Math.min(box.top, y[i]);
    box.bottom = Math.max(box.bottom, y[i]);
  }
  return people ? widened(box) : { left: -1, right: 1, top: -1, bottom: 1 };
}

function widened(box) {
  const grow = Math.max(0, 0.2 - Math.max(box.right - box.left, box.bottom - box.top)) / 2 + 0.02;
  return { left: box.left - grow, right: box.right + grow, top: box.top - grow, bottom: box.bottom + grow };
}

// The same map on its side, for screens that are higher than wide.
export function turned(data) {
  return { ...data, x: data.y, y: data.x };
}

export function tiesOf({ ties, ends }, row) {
  const found = [];
  for (let tie = 0; tie < ties; tie++) {
    if (ends[2 * tie] === row || ends[2 * tie + 1] === row) found.push(tie);
  }
  return found;
}
