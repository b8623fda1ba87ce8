// Hands and keys on the map: drag, pinch, wheel, tap, arrows, + and -, Enter [ ] Escape 0.

const TAP_PIXELS = 6;
const STEP = 60;
const KEYS = {
  "+": (map) => map.zoom(1.25), "=": (map) => map.zoom(1.25), "-": (map) => map.zoom(0.8), "_": (map) => map.zoom(0.8),
  "0": (map) => map.fit(), "]": (map) => map.step(1), "Enter": (map) => map.step(1), "[": (map) => map.step(-1),
  "Escape": (map) => map.clear(),
  "ArrowLeft": (map) => map.pan(STEP, 0), "ArrowRight": (map) => map.pan(-STEP, 0),
  "ArrowUp": (map) => map.pan(0, STEP), "ArrowDown": (map) => map.pan(0, -STEP),
};

export function listen(map, canvas, signal) {
  canvas.addEventListener("keydown", (event) => press(map, event), { signal });
  canvas.addEventListener("wheel", (event) => roll(map, event), { signal, passive: false });
  listenToPointers(map, canvas, signal);
}

function press(map, event) {
  const act = KEYS[event.key];
  if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  act(map);
}

function roll(map, event) {
  event.preventDefault();
  const pixels = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY;
  map.zoom(Math.exp(-pixels * (event.ctrlKey ? 0.008 : 0.0016)), map.spot(event));
}

function listenToPointers(map, canvas, signal) {
  const down = new Map();
  const hand = { moved: 0, apart: 0 };
  const options = { signal };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    if (!down.size) hand.moved = 0;
    down.set(event.pointerId, event);
    hand.apart = 0;
  }, options);
  canvas.addEventListener("pointermove", (event) => {
    const before = down.get(event.pointerId);
    if (!before) return;
    down.set(event.pointerId, event);
    if (down.size === 1) drag(map, hand, before, event);
    else pinch(map, hand, [...down.values()]);
  }, options);
  const lift = (event) => {
    const wasDown = down.delete(event.pointerId);
    hand.apart = 0;
    if (wasDown && event.type === "pointerup" && hand.moved <= TAP_PIXELS && !down.size) map.tap(map.spot(event));
  };
  canvas.addEventListener("pointerup", lift, options);
  canvas.addEventListener("pointercancel", lift, options);
}

function drag(map, hand, before, event) {
  const right = event.clientX - before.clientX, down = event.clientY - before.clientY;
  hand.moved += Math.abs(right) + Math.abs(down);
  if (hand.moved > TAP_PIXELS) map.pan(right, down);
}

function pinch(map, hand, [one, other]) {
  const apart = Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
  const middle = { clientX: (one.clientX + other.clientX) / 2, clientY: (one.clientY + other.clientY) / 2 };
  if (hand.apart) map.zoom(apart / hand.apart, map.spot(middle));
  hand.apart = apart;
  hand.moved = Infinity;
}
