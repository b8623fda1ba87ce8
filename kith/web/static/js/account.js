// Account pages: show a password, ask before removing, and say in words when a passkey cannot be used.
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
