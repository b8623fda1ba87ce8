// The map as a PNG: what is seen now, twice as fine, with a caption, the moment, and what the tones mean.

const TIMES = 2;
const FOOT = 46;
const EDGE = 18;

export function offerPictures(map, parent, signal) {
  parent.addEventListener("click", (event) => event.target.closest("[data-map=png]") && save(map), { signal });
}

async function save(map) {
  const canvas = draw(map);
  const blob = await new Promise((done) => { canvas.toBlob(done, "image/png"); });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${map.dataset.fileName || "map"}.png`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// A canvas with the map and its foot; exported for the picture alone, without a download.
export function draw(map) {
  const canvas = document.createElement("canvas");
  canvas.width = map.clientWidth * TIMES;
  canvas.height = (map.clientHeight + FOOT) * TIMES;
  const context = canvas.getContext("2d");
  context.fillStyle = map.colors.ground;
  context.fillRect(0, 0, canvas.width, canvas.height);
  map.copyTo(context, TIMES);
  context.setTransform(TIMES, 0, 0, TIMES, 0, 0);
  context.fillStyle = map.colors.ground;
  context.fillRect(0, map.clientHeight, map.clientWidth, FOOT);
  caption(map, context, map.clientHeight + FOOT / 2);
  return canvas;
}

function caption(map, context, y) {
  const { colors, dataset } = map;
  context.textBaseline = "middle";
  context.textAlign = "left";
  context.font = `600 14px ${colors.font}`;
  context.fillStyle = colors.ink;
  const name = dataset.caption ?? "";
  context.fillText(name, EDGE, y);
  const x = EDGE + context.measureText(name).width + 14;
  context.font = `400 12px ${colors.font}`;
  context.fillStyle = colors.soft;
  const facts = [dataset.moment || dataset.day, dataset.facts].filter(Boolean).join(" · ");
  context.fillText(facts, x, y);
  legend(map, context, x + context.measureText(facts).width + 24, y);
}

// From the right to where the caption ends, as many tones as fit.
function legend(map, context, from, y) {
  const { colors } = map;
  let x = map.clientWidth - EDGE;
  for (const { color, text } of entries(map)) {
    const wide = context.measureText(text).width + 30;
    if (x - wide < from) return;
    x -= wide;
    context.fillStyle = color;
    context.beginPath();
    context.arc(x + 5, y, 5, 0, Math.PI * 2);
    context.fill();
    context.fillStyle = colors.soft;
    context.fillText(text, x + 15, y);
  }
}

function entries(map) {
  const { colors, look, state } = map;
  if (look.groups) {
    const { places, tone } = look.groups;
    const bySize = [...places.keys()].filter((group) => places[group].text).sort((a, b) => places[b].people - places[a].people);
    return bySize.slice(0, colors.groups.length).map((group) => ({ color: colors.groups[tone[group] - 1], text: places[group].text })).reverse();
  }
  if (state.mode === "risk") {
    const words = (map.dataset.riskWords ?? "").split("|");
    return [colors.plain, ...colors.risks].map((color, tone) => ({ color, text: words[tone] ?? "" })).reverse();
  }
  const ends = (map.dataset.warmthWords ?? "").split("|");
  return [{ color: colors.warmth[4], text: ends[1] ?? "" }, { color: colors.warmth[0], text: ends[0] ?? "" }];
}
