// Keeps the shell of the pages, says so in words when there is no network, and shows notifications.
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
// A message of the server, which only this browser can read: shown at once; what is newer of a community takes the place of what was there.
addEventListener("push", (e) => {
  let told = {};
  try { told = e.data.json(); } catch { /* nothing to say but that there is something */ }
  e.waitUntil(registration.showNotification(told.title || "Kith", {
    body: told.body || "", tag: told.tag || "", icon: {{ picture|tojson }}, data: { path: told.path || "/" },
  }));
});
addEventListener("notificationclick", (e) => {
  e.notification.close();
  const to = new URL(e.notification.data?.path || "/", location.origin);
  if (to.origin !== location.origin) return;
  e.waitUntil((async () => {
    const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
    const page = pages.find((p) => p.url === to.href) || pages[0];
    if (!page) return clients.openWindow(to.href);
    await page.focus();
    return page.url === to.href ? page : page.navigate(to.href).catch(() => clients.openWindow(to.href));
  })());
});
