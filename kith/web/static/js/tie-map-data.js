// Reads the buffer that kith/lib/graph_map.py writes, and prepares what drawing and picking need.

const VERSION = 1;
const HEAD_BYTES = 16;
const SHORT_ROWS = 65536;
const SUPER_MARK = 0x80;
const BAND_MASK = 0x07;

export function decode(buffer) {
  const [version, people, ties, circles] = new Uint32Array(buffer, 0, 4);
  if (version !== VERSION) throw new Error(`map version ${version}`);
  const reader = readerOf(buffer, HEAD_BYTES);
  const data = { people, ties, circles };
  data.person = reader(Uint32Array, people);
  data.x = Float32Array.from(reader(Uint16Array, people), fromGrid);
  data.y = Float32Array.from(reader(Uint16Array, people), fromGrid);
  data.circle = reader(Uint8Array, people);
  data.size = reader(Uint8Array, people);
  const mark = reader(Uint8Array, people);
  data.band = mark.map((value) => value & BAND_MASK);
  data.isSuper = mark.map((value) => (value & SUPER_MARK ? 1 : 0));
  data.ends = reader(people <= SHORT_ROWS ? Uint16Array : Uint32Array, 2 * ties, 4);
  data.warmth = reader(Uint8Array, ties);
  return data;
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

// Where each circle lies: its middle and the mean distance of its people from it.
export function circlesOf({ people, circles, circle, x, y }) {
  const found = Array.from({ length: circles }, () => ({ x: 0, y: 0, people: 0, radius: 0 }));
  for (let i = 0; i < people; i++) {
    const own = found[circle[i]];
    if (own) { own.x += x[i]; own.y += y[i]; own.people += 1; }
  }
  for (const own of found) { own.x /= own.people || 1; own.y /= own.people || 1; }
  for (let i = 0; i < people; i++) {
    const own = found[circle[i]];
    if (own) own.radius += Math.hypot(x[i] - own.x, y[i] - own.y) / own.people;
  }
  return found;
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
