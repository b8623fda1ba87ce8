// What every page does: theme, toast, menus, copying, the service worker.
const root = document.documentElement;

function toggleTheme() {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme:dark)").matches;
  const set = () => {
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* this page only, then */ }
    dispatchEvent(new Event("themechange"));
  };
  if (document.startViewTransition) document.startViewTransition(set); else set();
}

let fading;
export function say(sentence) {
  const toast = document.getElementById("toast");
  toast.textContent = sentence;
  clearTimeout(fading);
  fading = setTimeout(() => { toast.textContent = ""; }, 6000);
}

async function copy(button) {
  const text = button.dataset.copy || document.getElementById(button.dataset.copyFrom)?.value || "";
  await navigator.clipboard.writeText(text);
  if (button.dataset.copied) say(button.dataset.copied);
}

document.addEventListener("click", (e) => {
  if (e.target.closest("[data-theme-toggle]")) toggleTheme();
  const button = e.target.closest("[data-copy],[data-copy-from]");
  if (button) copy(button);
  const item = e.target.closest(".menu button, .menu a");
  if (item) item.closest("[popover]")?.hidePopover();
});
// A menu opens beside its button, and stays within the window.
document.addEventListener("toggle", (e) => {
  const menu = e.target;
  if (!menu.matches?.(".menu") || e.newState !== "open") return;
  const button = document.querySelector(`[popovertarget="${menu.id}"]`).getBoundingClientRect();
  menu.style.top = `${Math.min(button.bottom + 4, innerHeight - menu.offsetHeight - 8)}px`;
  menu.style.left = `${Math.max(8, Math.min(button.right - menu.offsetWidth, innerWidth - menu.offsetWidth - 8))}px`;
}, true);
// Of a row of pages that is wider than the window the open one is shown.
for (const open of document.querySelectorAll(".seg [aria-current]")) {
  const row = open.closest(".seg"), [a, b] = [open.getBoundingClientRect(), row.getBoundingClientRect()];
  row.scrollLeft += a.left + a.width / 2 - b.left - b.width / 2;
}
// A refusal comes as a sentence for the toast (the server retargets it).
document.addEventListener("htmx:error", () => say(document.body.dataset.offline || "…"));
new MutationObserver(([change]) => {
  if (change.target.textContent) { clearTimeout(fading); fading = setTimeout(() => { change.target.textContent = ""; }, 6000); }
}).observe(document.getElementById("toast"), { childList: true });

if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => {});
