// What is only thought of: the panel [data-map-dock] holds what the server found, with the people it concerns in
// [data-map-effect] as JSON {gone, cut, added, seeds}. Whatever the panel shows is drawn; closed, the map is as it is.

export function watchEffects(map, parent, signal) {
  const dock = parent.querySelector("[data-map-dock]");
  if (!dock) return;
  const read = () => {
    const found = [...dock.querySelectorAll("[data-map-effect]")].map((part) => JSON.parse(part.dataset.mapEffect));
    map.think(Object.assign({}, ...found));
  };
  const changes = new MutationObserver(read);
  changes.observe(dock, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-map-effect"] });
  signal.addEventListener("abort", () => changes.disconnect());
  dock.addEventListener("click", (event) => close(map, dock, event), { signal });
  dock.addEventListener("keydown", (event) => event.key === "Escape" && empty(map, dock), { signal });
}

function close(map, dock, event) {
  if (event.target.closest("[data-map=close]")) empty(map, dock);
}

function empty(map, dock) {
  dock.replaceChildren();
  map.querySelector("canvas")?.focus();
}
