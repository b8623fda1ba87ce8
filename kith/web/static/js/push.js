// Notifications on this device: asks the browser, and hands what it answers to the form.
import { say } from "./app.js";

const part = document.getElementById("device"), form = document.getElementById("device-on");
const hex = (bytes) => [...new Uint8Array(bytes)].map((b) => b.toString(16).padStart(2, "0")).join("");
const digest = async (text) => hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));

async function begin() {
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) {
    part.querySelector("[data-unable]").hidden = false;
    return;
  }
  const worker = await navigator.serviceWorker.ready, held = await worker.pushManager.getSubscription();
  const mine = held && document.querySelector(`[data-device="${await digest(held.endpoint)}"]`);
  if (!mine) { form.hidden = false; return; }
  mine.querySelector("[data-this]").hidden = false;
  mine.querySelector("form").addEventListener("submit", async (e) => {
    if (e.target.dataset.done) return;
    e.preventDefault();
    await held.unsubscribe().catch(() => {});
    e.target.dataset.done = "1";
    e.target.requestSubmit();
  });
}

async function turnOn() {
  if (await Notification.requestPermission() !== "granted") { say(part.dataset.denied); return; }
  const worker = await navigator.serviceWorker.ready, old = await worker.pushManager.getSubscription();
  if (old) await old.unsubscribe(); // perhaps for another key of this server
  const held = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: part.dataset.key });
  const { endpoint, keys } = held.toJSON();
  Object.entries({ endpoint, ...keys }).forEach(([name, value]) => { form.elements[name].value = value; });
  form.dataset.done = "1";
  form.requestSubmit();
}

form.addEventListener("submit", (e) => {
  if (form.dataset.done) return;
  e.preventDefault();
  turnOn().catch(() => say(part.dataset.failed));
});
begin();
