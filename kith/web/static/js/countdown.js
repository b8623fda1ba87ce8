// <kith-countdown to="…" now="…"> counts down by the server's clock: the visitor's may be wrong by hours.
class Countdown extends HTMLElement {
  connectedCallback() {
    this.ahead = Date.parse(this.getAttribute("now")) - Date.now();
    this.to = Date.parse(this.getAttribute("to"));
    this.show();
    this.timer = setInterval(() => this.show(), 1000);
  }

  disconnectedCallback() { clearInterval(this.timer); }

  show() {
    const left = Math.max(0, Math.floor((this.to - Date.now() - this.ahead) / 1000));
    const [days, hours, minutes, seconds] = [Math.floor(left / 86400), Math.floor(left / 3600) % 24, Math.floor(left / 60) % 60, left % 60];
    const clock = [hours, minutes, seconds].map((n) => String(n).padStart(2, "0")).join(":");
    this.textContent = days ? `${days} ${this.getAttribute("days")} ${clock}` : clock;
    // Everybody's page would ask at the same moment: each waits a little of its own.
    if (!left && !this.over) { this.over = true; this.end(); }
  }

  // A page that opens where it stands says so; the others come anew.
  end() {
    if (this.dispatchEvent(new CustomEvent("kith:due", { bubbles: true, cancelable: true }))) setTimeout(() => location.reload(), 1000 + Math.random() * 4000);
  }
}
customElements.define("kith-countdown", Countdown);
