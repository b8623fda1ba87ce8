// <tie-chart data-points data-unit>: a pointer over a chart that the server drew tells the nearest value.

class TieChart extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const points = JSON.parse(this.dataset.points);
    if (!points.length) return;
    const options = { signal: this.stop.signal };
    this.addEventListener("pointermove", (event) => this.show(points, event.clientX), options);
    this.addEventListener("pointerleave", () => this.classList.remove("on"), options);
  }

  disconnectedCallback() {
    this.stop?.abort();
  }

  show(points, clientX) {
    const plot = this.querySelector(".pl").getBoundingClientRect();
    const at = (clientX - plot.left) / plot.width;
    const [x, value, label] = points.reduce((best, point) => (Math.abs(point[0] - at) < Math.abs(best[0] - at) ? point : best));
    const tip = this.querySelector(".tip");
    tip.style.left = this.querySelector(".cur").style.left = `${x * 100}%`;
    tip.textContent = `${label} ${value}${this.dataset.unit ?? ""}`;
    this.classList.add("on");
  }
}

customElements.define("tie-chart", TieChart);
