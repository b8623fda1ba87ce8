// Keeps the shell of the pages, and says so in words when there is no network.
const SHELL = {{ kept|tojson }}, OFFLINE = {{ offline|tojson }};
const NAME = "kith-" + SHELL.join("").split("").reduce((h, c) => (h * 31 + c.charCodeAt(0)) | 0, 7);
addEventListener("install", (e) => { skipWaiting(); e.waitUntil(caches.open(NAME).then((c) => c.addAll(SHELL))); });
addEventListener("activate", (e) => e.waitUntil((async () => {
  for (const key of await caches.keys()) if (key !== NAME) await caches.delete(key);
  await clients.claim();
})()));
addEventListener("fetch", (e) => {
  if (e.request.method !== "GET") return;
  const address = new URL(e.request.url);
  if (address.origin !== location.origin) return;
  if (SHELL.includes(address.pathname)) e.respondWith(caches.match(e.request).then((kept) => kept || fetch(e.request)));
  else if (e.request.mode === "navigate") e.respondWith(fetch(e.request).catch(() => caches.match(OFFLINE)));
});
