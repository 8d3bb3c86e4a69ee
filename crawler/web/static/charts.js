// Charts drawn from the tables beside them: nothing is shown here that does not stand there.
"use strict";
(() => {
  const HEIGHT = 280;
  const COLOURS = 5;
  const language = document.documentElement.lang;
  const short = new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 2 });
  const colour = (name) => {
    // A canvas knows no custom properties: an element is asked what they come to in these colours.
    const probe = document.createElement("i");
    probe.style.color = `var(--${name})`;
    document.body.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  };
  const number = (text) => (text ? Number(text) : null);
  const made = (tag, attributes, ...inside) => {
    const element = tag === "svg" || tag === "line"
      ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...inside);
    return element;
  };
  const names = ["one", "two", "three", "four", "five"];
  const font = "12px system-ui, sans-serif";
  const axis = (more) => ({ stroke: () => colour("soft"), grid: { stroke: () => colour("line"), width: 1 },
    ticks: { stroke: () => colour("line"), width: 1 }, font, ...more });

  // A region's value in a year: its ends, and where its line passes.
  const cell = (element) => {
    const low = number(element.dataset.low), high = number(element.dataset.high);
    if (low === null && high === null) return null;
    const at = low === null ? high : high === null ? low : (low + high) / 2;
    return { low, high, at, said: element.textContent.trim() };
  };

  // Ranges as bars with ends, lower bounds as triangles that point up, upper ones down, single values as dots.
  const marks = (rows) => (u) => {
    const { ctx } = u, size = 4 * devicePixelRatio;
    rows.forEach((row, index) => {
      if (!u.series[index + 1].show) return;
      ctx.save();
      ctx.fillStyle = ctx.strokeStyle = colour(names[index % COLOURS]);
      ctx.lineWidth = 2 * devicePixelRatio;
      row.cells.forEach((each, place) => {
        if (!each) return;
        const x = u.valToPos(u.data[0][place], "x", true), y = (value) => u.valToPos(value, "y", true);
        ctx.beginPath();
        if (each.low === null || each.high === null) {
          const turn = each.high === null ? -1 : 1, middle = y(each.at);
          ctx.moveTo(x - 1.5 * size, middle); ctx.lineTo(x + 1.5 * size, middle); ctx.lineTo(x, middle + 2.2 * turn * size);
          ctx.closePath(); ctx.fill();
        } else if (each.low !== each.high) {
          for (const end of [each.low, each.high]) { ctx.moveTo(x - size, y(end)); ctx.lineTo(x + size, y(end)); }
          ctx.moveTo(x, y(each.low)); ctx.lineTo(x, y(each.high)); ctx.stroke();
        } else { ctx.arc(x, y(each.at), size * 0.9, 0, 7); ctx.fill(); }
      });
      ctx.restore();
    });
  };

  const lines = (figure) => {
    const years = [...figure.querySelectorAll("thead th")].slice(1).map((each) => Number(each.textContent));
    const rows = [...figure.querySelectorAll("tbody tr")].map((row) => (
      { name: row.cells[0].textContent, cells: [...row.cells].slice(1).map(cell) }));
    const ends = rows.flatMap((row) => row.cells).filter(Boolean)
      .flatMap(({ low, high }) => [low, high]).filter((each) => each !== null);
    const least = Math.min(...ends), most = Math.max(...ends), room = (most - least || Math.abs(most) || 1) * 0.12;
    const options = {
      scales: { x: { time: false, range: [years[0] - 0.4, years.at(-1) + 0.4] }, y: { range: [least - room, most + room] } },
      series: [{}, ...rows.map((row, index) => ({ label: row.name, stroke: () => colour(names[index % COLOURS]), width: 2,
        dash: index < COLOURS ? [] : [8, 5], spanGaps: true, points: { show: false } }))],
      axes: [axis({ incrs: [1, 2, 5, 10, 20], values: (_, all) => all.map((year) => (Number.isInteger(year) ? String(year) : "")) }),
        axis({ size: 64, values: (_, all) => all.map((value) => short.format(value)) })],
      hooks: { draw: [marks(rows)] },
    };
    const said = (place, u) => [years[place], rows.filter((row, index) => row.cells[place] && u.series[index + 1].show)
      .map((row) => `${row.name} ${row.cells[place].said}`).join(" · ")].join("  ");
    const data = [years, ...rows.map((row) => row.cells.map((each) => each && each.at))];
    return { options, data, said, rows };
  };

  const steps = (figure) => {
    const rows = [...document.querySelectorAll("table.steps tbody tr")];
    const lows = rows.map((row) => Number(row.dataset.low)), counts = rows.map((row) => Number(row.dataset.count));
    const options = {
      scales: { x: { time: false, range: [-0.6, rows.length - 0.4] }, y: { range: [0, Math.max(...counts) * 1.08] } },
      series: [{}, { stroke: () => colour("link"), fill: () => colour("link"), points: { show: false },
        paths: uPlot.paths.bars({ size: [0.86, 80] }) }],
      axes: [axis({ incrs: [1, 2, 5, 10], values: (_, all) => all.map((at) => (at in lows ? short.format(lows[at]) : "")) }),
        axis({ size: 52, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] })],
    };
    const said = (place) => `${rows[place].cells[0].textContent}: ${counts[place]}`;
    return { options, data: [rows.map((_, index) => index), counts], said, rows: [] };
  };

  // A button for each line shows or hides it.
  const legend = (u, rows) => made("ul", { class: "legend" }, ...rows.map((row, index) => {
    const swatch = made("svg", { viewBox: "0 0 24 8", "aria-hidden": "true",
      class: `c${index % COLOURS}${index < COLOURS ? "" : " dashed"}` }, made("line", { x1: 0, x2: 24, y1: 4, y2: 4 }));
    const button = made("button", { type: "button", "aria-pressed": "true" }, swatch, row.name);
    button.addEventListener("click", () => {
      const shown = !u.series[index + 1].show;
      u.setSeries(index + 1, { show: shown });
      button.setAttribute("aria-pressed", String(shown));
    });
    return made("li", {}, button);
  }));

  const draw = (figure) => {
    const { options, data, said, rows } = { lines, steps }[figure.dataset.chart](figure);
    const caption = figure.querySelector("figcaption"), status = made("p", { class: "said", role: "status" });
    const plot = made("div", { class: "plot", tabindex: "0", role: "group",
      "aria-label": `${caption.textContent.trim()} ${figure.dataset.keys}` });
    caption.after(plot, status);
    const width = () => Math.max(200, plot.clientWidth - 16);
    const told = (u) => { if (u.cursor.idx != null) status.textContent = said(u.cursor.idx, u); };
    const u = new uPlot({ width: width(), height: HEIGHT, legend: { show: false }, ...options,
      cursor: { drag: { x: false, y: false }, y: false, points: { show: false } },
      hooks: { ...options.hooks, setCursor: [told] } }, data, plot);
    if (rows.length > 1) status.after(legend(u, rows));
    const go = (place) => u.setCursor({ left: u.valToPos(data[0][place], "x"), top: 0 });
    plot.addEventListener("keydown", (event) => {
      const last = data[0].length - 1, here = u.cursor.idx ?? -1;
      const place = { ArrowRight: Math.min(last, here + 1), ArrowLeft: Math.max(0, here < 0 ? last : here - 1), Home: 0, End: last }[event.key];
      if (place === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      go(place);
    });
    new ResizeObserver(() => u.setSize({ width: width(), height: HEIGHT })).observe(plot);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => u.redraw(false));
    const table = figure.querySelector("details");
    if (table) table.open = false;
  };
  document.querySelectorAll("figure[data-chart]").forEach(draw);
})();
