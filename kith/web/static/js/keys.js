// Keys: `?` lists them. None acts while somebody types, or with Ctrl, Alt or Meta held.
const GO_MS = 1200;
const list = document.getElementById("keys");
let going;

const items = () => [...document.querySelectorAll("[data-key-item], article.post, [data-lines] > .said")].filter((el) => el.offsetParent);
const at = (all) => all.findIndex((el) => el.contains(document.activeElement));

function move(step) {
  const all = items(), now = at(all), next = all[now < 0 && step > 0 ? 0 : now + step];
  if (!next) return document.querySelector(".loadmore a")?.focus();
  const place = next.matches("a") ? next : next.querySelector("a:not([tabindex='-1'])") ?? next;
  place.focus({ preventScroll: true });
  next.scrollIntoView({ block: "center" });
}

function open() {
  const all = items(), now = all[at(all)];
  (now?.matches("a") ? now : now?.querySelector(".meta a, a"))?.click();
}

function reply() {
  const all = items(), now = all[at(all)], link = now?.querySelector("a[href$='#reply']");
  if (link) return link.click();
  (document.querySelector("#reply textarea") ?? document.querySelector("[data-composer] textarea"))?.focus();
}

const keys = {
  j: () => move(1), k: () => move(-1), o: open, r: reply,
  n: () => (document.querySelector("#new textarea") ? document.querySelector("#new textarea").focus() : go("write")),
  "/": () => (document.querySelector("main [type=search]") ?? [...document.querySelectorAll("[type=search]")].find((el) => el.offsetParent) ?? { focus: () => go("s") }).focus(),
  "?": () => list?.showModal(),
};
function go(name) {
  const link = document.querySelector(`[data-go="${name}"]`);
  if (link) location.href = link.href;
}

document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.altKey || e.metaKey || e.isComposing || list?.open) return;
  if (e.target.matches("input, textarea, select, [contenteditable]")) return;
  if (going) { clearTimeout(going); going = null; go(e.key); return; }
  if (e.key === "g") { going = setTimeout(() => { going = null; }, GO_MS); return; }
  if (!keys[e.key]) return;
  e.preventDefault();
  keys[e.key]();
});
document.querySelectorAll("[data-keys]").forEach((button) => button.addEventListener("click", () => list?.showModal()));

// Sharing outwards: the sheet of the phone where there is one, else the address is copied.
document.addEventListener("click", async (e) => {
  const button = e.target.closest("[data-share]");
  if (!button) return;
  const address = new URL(button.dataset.share, location.href).href;
  if (navigator.share) return navigator.share({ title: document.title, url: address }).catch(() => {});
  await navigator.clipboard.writeText(address);
  document.getElementById("toast").textContent = button.dataset.copied;
});
