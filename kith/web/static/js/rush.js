// Orders by the fast lane: sent from here, answered when they are on disk. Whoever has to wait keeps the place, also over a reload.
// What the lane cannot do, and whatever goes wrong with it, goes the way of the form.
const form = document.querySelector("form[data-lane]");
const line = document.querySelector("[data-line]");
const said = document.querySelector("[data-said]");
const kept = `kith-order:${form?.dataset.lane}`;
const TRIES = 5, LONGEST_S = 30;
let busy = false;

const value = (name) => form.elements[name]?.value.trim() ?? "";
const rest = (seconds) => new Promise((go) => { setTimeout(go, seconds * 1000 * (0.75 + Math.random() / 2)); });
const buttons = () => document.querySelectorAll("button[form='order-form'], #order-form button.block");

function order() {
  const items = [...form.querySelectorAll("input[name^='qty-']")].filter((el) => !["", "0"].includes(el.value.trim()));
  // The lane knows no coupons, groups and gifts. What was typed is judged in one place: anything but plain digits goes by the form.
  if (value("coupon") || value("group") || form.elements.is_gift?.checked || !items.length || items.some((el) => !/^[1-9][0-9]{0,3}$/.test(el.value.trim()))) return null;
  const contact = { name: value("name"), phone: value("phone"), address: value("address") };
  return JSON.stringify({
    items: items.map((el) => ({ item_id: Number(el.name.slice(4)), qty: Number(el.value.trim()) })), key: value("key"),
    contact: Object.values(contact).every(Boolean) ? contact : null, // whether one is needed is known where prices are
    shows_energy: form.elements.shows_energy.checked, terms_digest: value("terms"),
  });
}

const send = (body) => fetch(form.dataset.lane, {
  method: "POST", body, credentials: "same-origin",
  headers: { "Authorization": `Pass ${form.dataset.pass}`, "Content-Type": "application/json" },
});

function say(sentence) {
  said.textContent = sentence;
  said.hidden = !sentence;
  if (sentence) said.scrollIntoView({ block: "center" });
}

function wait({ number, ahead }) {
  line.hidden = line.querySelector("[data-busy]").hidden = false;
  line.querySelector("[data-idle]").hidden = true;
  line.querySelector("[data-number]").textContent = number.toLocaleString();
  line.querySelector("[data-ahead]").textContent = ahead.toLocaleString();
}

// Ask until there is an answer; the same key is the same order, however often it is sent.
async function place(body) {
  sessionStorage.setItem(kept, body);
  for (let tries = 0; tries < TRIES;) {
    let answer;
    try { answer = await send(body); } catch { tries += 1; await rest(tries); continue; }
    if (answer.status === 201) { sessionStorage.removeItem(kept); location.assign((await answer.json()).page); return true; }
    if (answer.status === 202) { const turn = await answer.json(); wait(turn); await rest(Math.min(LONGEST_S, turn.ask_again_s)); continue; }
    if (answer.status === 503) { tries += 1; await rest(Number(answer.headers.get("Retry-After")) || tries); continue; }
    sessionStorage.removeItem(kept);
    const refused = await answer.json().catch(() => ({}));
    // A pass that is over, or another order under this key: the form knows what to do.
    if (!refused.sentence || ["BadPass", "PlainWayOnly", "OtherOrder", "TermsChanged"].includes(refused.error)) return false;
    line.hidden = true;
    say(refused.sentence);
    return true;
  }
  return false;
}

async function go(body) {
  busy = true;
  buttons().forEach((el) => { el.disabled = true; });
  say("");
  const done = await place(body).catch(() => false);
  buttons().forEach((el) => { el.disabled = false; });
  busy = false;
  if (!done) { sessionStorage.removeItem(kept); form.submit(); }
}

if (form) {
  form.addEventListener("submit", (event) => {
    if (busy) { event.preventDefault(); return; }
    const body = order();
    if (body) { event.preventDefault(); go(body); }
  });
  // Everybody's page would come anew at the same moment: it opens where it stands.
  document.addEventListener("kith:due", (event) => {
    if (!form.hasAttribute("data-until")) return;
    event.preventDefault();
    form.removeAttribute("data-until");
    document.querySelectorAll("[data-before]").forEach((el) => { el.hidden = true; });
    document.querySelectorAll("[data-after]").forEach((el) => { el.hidden = false; });
    buttons().forEach((el) => { el.disabled = false; });
  });
  const waiting = sessionStorage.getItem(kept);
  if (waiting && !form.hasAttribute("data-until")) go(waiting);
}
