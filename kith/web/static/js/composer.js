// The composer: drafts kept on the server, images pasted or dropped, names after an @, quotes.
import { say } from "./app.js";

const SAVE_AFTER_MS = 800;
const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;

async function send(address, body) {
  const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token(), "HX-Request": "true" } });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

class Composer {
  constructor(form) {
    this.form = form;
    this.text = form.elements.text;
    this.saved = form.querySelector("[data-saved]");
    this.list = null;
    form.addEventListener("input", (e) => { if (e.target === this.text) { this.later(); this.complete(); } });
    form.addEventListener("change", (e) => { if (e.target.matches("[data-pick]")) this.upload(e.target.files[0]); else this.later(); });
    form.addEventListener("paste", (e) => this.take(e, e.clipboardData));
    form.addEventListener("drop", (e) => this.take(e, e.dataTransfer));
    form.addEventListener("keydown", (e) => this.key(e));
    form.addEventListener("submit", () => { clearTimeout(this.timer); this.sent = true; });
    form.querySelector("[data-unquote]")?.addEventListener("click", () => this.unquote());
    // What is typed in the last moments before the page goes is saved too.
    addEventListener("pagehide", () => { if (this.timer && !this.sent) navigator.sendBeacon(form.dataset.draft, this.body()); });
  }

  body() {
    const data = new FormData();
    for (const name of ["csrfmiddlewaretoken", "key", "text"]) data.set(name, this.form.elements[name].value);
    data.set("kind", new FormData(this.form).get("kind") || "talk");
    return data;
  }

  later() {
    clearTimeout(this.timer);
    this.saved.value = "";
    this.timer = setTimeout(() => this.save(), SAVE_AFTER_MS);
  }

  async save() {
    this.timer = null;
    try {
      const kept = await send(this.form.dataset.draft, this.body());
      this.form.elements.key.value = kept.key;
      this.saved.value = kept.key ? this.saved.dataset.savedText : "";
    } catch { this.saved.value = this.saved.dataset.failedText; }
  }

  take(e, from) {
    const image = [...(from?.files || [])].find((f) => f.type.startsWith("image/"));
    if (!image || !this.form.dataset.upload) return;
    e.preventDefault();
    this.upload(image);
  }

  async upload(file) {
    if (!file) return;
    const data = new FormData();
    data.set("image", file);
    this.form.classList.add("busy");
    try { this.insert(`${(await send(this.form.dataset.upload, data)).markdown}\n`); } catch (fault) { say(fault.message); }
    this.form.classList.remove("busy");
  }

  insert(words, back = 0) {
    const at = this.text.selectionStart - back;
    this.text.setRangeText(words, at, this.text.selectionEnd, "end");
    this.text.focus();
    this.later();
  }

  async complete() {
    const begun = this.text.value.slice(0, this.text.selectionStart).match(/(?:^|[^\w/@.])@([\p{L}\p{N}_-]{0,20})$/u);
    if (!begun) return this.close();
    const answer = await fetch(`${this.form.dataset.names}?q=${encodeURIComponent(begun[1])}`);
    if (!answer.ok) return this.close();
    this.show((await answer.json()).names, begun[1].length);
  }

  show(names, typed) {
    this.close();
    if (!names.length) return;
    this.list = document.createElement("ul");
    this.list.className = "names menu";
    for (const { handle, name, chapter } of names) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = chapter ? `${name} · ${chapter}` : name;
      button.addEventListener("click", () => { this.close(); this.insert(`${handle} `, typed); });
      const item = document.createElement("li");
      item.append(button);
      this.list.append(item);
    }
    this.text.after(this.list);
  }

  close() { this.list?.remove(); this.list = null; }

  key(e) {
    if (e.key === "Escape") this.close();
    if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) { e.preventDefault(); this.form.requestSubmit(); }
    if (!this.list || !["ArrowDown", "ArrowUp"].includes(e.key)) return;
    e.preventDefault();
    const all = [...this.list.querySelectorAll("button")];
    const next = all.indexOf(document.activeElement) + (e.key === "ArrowDown" ? 1 : -1);
    (all[next] || this.text).focus();
  }

  quote(button) {
    this.form.elements.answer.value = button.dataset.answer;
    const box = this.form.querySelector(".quoting");
    box.hidden = false;
    box.firstElementChild.textContent = `${button.dataset.name}: ${button.dataset.text}`;
    this.form.scrollIntoView({ block: "center" });
    this.text.focus();
  }

  unquote() {
    this.form.elements.answer.value = "";
    this.form.querySelector(".quoting").hidden = true;
  }
}

const composers = [...document.querySelectorAll("[data-composer]")].map((form) => new Composer(form));
document.addEventListener("click", (e) => {
  const button = e.target.closest("[data-answer]");
  if (button) composers.at(-1)?.quote(button);
});
if (location.hash === "#reply" || location.search.includes("write=")) composers.at(-1)?.text.focus();
