// Live news: new posts wait behind a pill; what changed on this page is fetched anew, never over what somebody is doing there.
const HIDDEN_MS = 60_000, GATHER_MS = 400, RETRY_MS = 5_000, LONGEST_MS = 300_000;
const KINDS = ["post", "reply", "edit", "delete", "thank", "answer"];
const stale = new Map(); // post id -> { root, certain }: what to fetch, and whether its version tells that it changed
const fresh = new Set(); // ids of new posts
const seen = new Set(); // news may be told twice
const pill = document.querySelector("[data-news]");
let address = document.querySelector("[data-live]")?.dataset.live;
let source = null, last = "", failures = 0, reloading = false, gathering, resting, retrying;

const about = (ms) => ms * (0.5 + Math.random());
const shown = (id) => [...document.querySelectorAll(`[data-post="${Number(id)}"]`)];
const parse = (html) => new DOMParser().parseFromString(html, "text/html");

// --- the line
function connect() {
  if (source || !address || document.hidden) return;
  source = new EventSource(last ? `${address}&after=${last}` : address);
  source.addEventListener("hello", (e) => { if (failures) ring(); last = e.lastEventId; failures = 0; });
  source.addEventListener("reset", (e) => { last = e.lastEventId; reloading = true; gather(); });
  source.addEventListener("bell", () => ring());
  for (const kind of KINDS) source.addEventListener(kind, hear);
  // The browser reconnects by itself unless it was refused; then a new pass may help.
  source.addEventListener("error", () => { if (source?.readyState === EventSource.CLOSED) { hangUp(); retry(); } });
}

function hangUp() { source?.close(); source = null; }
function retry() {
  clearTimeout(retrying);
  retrying = setTimeout(async () => {
    if (failures > 1 && !document.hidden) await renew().catch(() => {});
    connect();
  }, about(Math.min(RETRY_MS * 2 ** failures++, LONGEST_MS)));
}

async function renew() {
  const answer = await fetch(location.href);
  if (answer.ok && !answer.redirected) address = parse(await answer.text()).querySelector("[data-live]")?.dataset.live;
}

function hear(e) {
  last = e.lastEventId;
  if (seen.has(last)) return;
  seen.add(last);
  const { root, post } = JSON.parse(e.data);
  document.dispatchEvent(new CustomEvent("kith:news", { detail: { id: Number(last), kind: e.type, root, post } }));
  if (e.type === "delete") forget(post);
  else if (e.type === "post") fresh.add(post);
  else mark(post, root, e.type === "answer");
  if (e.type === "answer") document.querySelectorAll("[data-lines] > .accepted").forEach((el) => mark(Number(el.dataset.post), root, true));
  if (root !== post) mark(root, root);
  gather();
}

// How much is unread comes from the server: the event says only that it changed, and a burst of them asks once.
let ringing;
function ring() {
  const bells = document.querySelectorAll("[data-bell]"), asked = bells[0]?.closest("a")?.dataset.count;
  if (!asked) return;
  clearTimeout(ringing);
  ringing = setTimeout(async () => {
    const answer = await fetch(asked);
    if (!answer.ok || answer.redirected) return;
    const count = Number(await answer.text());
    if (document.body.hasAttribute("data-rung-here") && !document.querySelector("textarea")?.value) return location.reload();
    bells.forEach((el) => { el.hidden = !count; el.textContent = count > 99 ? "99+" : count; });
  }, GATHER_MS);
}

const mark = (id, root, certain = false) => stale.set(id, { root, certain: certain || stale.get(id)?.certain });
function forget(id) { fresh.delete(id); stale.delete(id); shown(id).forEach((el) => el.remove()); }

// --- what changed
function gather(ms = GATHER_MS) { gathering ??= setTimeout(() => { gathering = null; freshen(); }, about(ms)); }

async function freshen() {
  if (document.hidden) return; // once somebody looks again
  if (reloading && !document.querySelector("form.editing, form.why, textarea:focus, input:focus")) return location.reload();
  tell();
  const wanted = [...stale];
  stale.clear();
  for (const [id, { root, certain }] of wanted) {
    const done = await (shown(id).length ? replace(id, certain) : append(id, root)).catch(() => false);
    if (!done) mark(id, root, certain);
  }
  if (stale.size || reloading) gather(RETRY_MS);
}

// Return the element as the server has it now; null is gone, undefined is not to be had at present.
async function fetched(address, id) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  if (answer.status === 404) return null;
  return answer.ok && !answer.redirected ? parse(await answer.text()).querySelector(`[data-post="${id}"]`) ?? undefined : undefined;
}

// Somebody edits, has a menu open, selects, or has come by keyboard to a place that could not be found again.
function inUse(el) {
  const { activeElement: at } = document, chosen = getSelection();
  return el.querySelector("form, details[open], :popover-open") || (el.contains(at) && !at.id)
    || (!chosen.isCollapsed && el.contains(chosen.anchorNode));
}

async function replace(id, certain) {
  const [old] = shown(id);
  if (inUse(old)) return false;
  const next = await fetched(old.dataset.fragment, id);
  if (next === null) { old.remove(); return true; }
  if (!next || inUse(old)) return false;
  if (!certain && next.dataset.version === old.dataset.version) return true;
  if (old.closest("[data-thread]:not([data-post])")) next.querySelectorAll(".reply, .earlier, .side > .thread").forEach((el) => el.remove());
  const focused = old.contains(document.activeElement) && document.activeElement.id;
  old.replaceWith(next);
  window.htmx?.process(next);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  return true;
}

async function append(id, root) {
  const lines = document.querySelector(`[data-thread="${Number(root)}"] [data-lines]`);
  const pattern = document.querySelector("[data-fragment]")?.dataset.fragment;
  if (!lines || !pattern || id === root) return true; // it has no place on this page
  const next = await fetched(pattern.replace(/\d+\/\w+$/, `${Number(id)}/line`), id);
  if (next && !shown(id).length) {
    lines.querySelector(":scope > .none")?.remove();
    lines.append(next);
    window.htmx?.process(next);
  }
  return next !== undefined;
}

// --- the pill
function tell() {
  if (!pill || /[?&](kind|space)=[^&]/.test(location.search) || document.querySelector("[data-feed*='space=']")) return; // which of them belong here only the server knows
  fresh.forEach((id) => { if (shown(id).length) fresh.delete(id); });
  const { one, many } = pill.dataset;
  pill.textContent = fresh.size === 1 ? one : many.replace("{n}", fresh.size);
  pill.hidden = !fresh.size;
}

pill?.addEventListener("click", async () => {
  const feed = document.querySelector("[data-feed]");
  const answer = await fetch(feed.dataset.feed, { headers: { "HX-Request": "true" } });
  if (!answer.ok || answer.redirected) return;
  const page = [...parse(await answer.text()).body.children], cards = page.filter((el) => el.dataset.post);
  const added = cards.filter((el) => !shown(el.dataset.post).length);
  // Without one that stands here already there would be a gap between the new and the old.
  if (added.length === cards.length && !inUse(feed)) feed.replaceChildren(...page); else feed.prepend(...added);
  window.htmx?.process(feed);
  fresh.clear();
  pill.hidden = true;
  const first = added[0] ?? feed;
  first.tabIndex = -1;
  first.focus();
});

// --- nobody looks
document.addEventListener("visibilitychange", () => {
  clearTimeout(resting);
  if (document.hidden) { resting = setTimeout(hangUp, HIDDEN_MS); return; }
  connect();
  gather();
});
addEventListener("pagehide", hangUp);
addEventListener("pageshow", connect);
connect();
