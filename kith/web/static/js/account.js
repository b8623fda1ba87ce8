// Account pages: show a password, ask before removing, suggest an address, and say when a passkey cannot be used.
const buttons = document.querySelectorAll("[data-reveal]");
for (const button of buttons) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const field = document.getElementById(button.dataset.reveal);
    const shown = field.type === "password";
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
    field.focus();
  });
}

document.addEventListener("click", (e) => {
  const asked = e.target.closest("[data-confirm]");
  if (asked && !confirm(asked.dataset.confirm)) e.preventDefault();
});

// A passkey belongs to a domain name: an address of digits cannot have one.
const digits = /^[\d.]+$|:/.test(location.hostname);
if (!window.PublicKeyCredential || digits) {
  for (const part of document.querySelectorAll("[data-passkey]")) part.hidden = true;
  for (const note of document.querySelectorAll("[data-no-passkey]")) note.hidden = false;
}

document.addEventListener("allauth.error", (e) => {
  const words = document.getElementById("passkey-words");
  if (!words) return;
  e.preventDefault();
  const given = e.detail.exception?.name === "NotAllowedError" || e.detail.exception?.name === "AbortError";
  document.getElementById("toast").textContent = given ? words.dataset.cancelled : words.dataset.failed;
});

// A name suggests an address, unless the founder has typed one of their own meanwhile.
const naming = document.querySelector("[data-suggest]");
naming?.addEventListener("change", async () => {
  const slug = document.getElementById("slug");
  const before = slug.value;
  const typed = new FormData(naming.form);
  typed.set("go", "suggest");
  const answer = await fetch(naming.dataset.suggest, { method: "POST", body: typed }).catch(() => null);
  if (!answer?.ok) return; // the server fills an empty address when the step is sent
  const { slug: free } = await answer.json();
  if (slug.value === before) slug.value = free;
});
