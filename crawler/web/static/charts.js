// Draws what the table below each chart says; arrow keys walk along the years.
"use strict";
(() => {
  const HEIGHT = 320;
  const coloured = (name) => {
    const probe = document.createElement("span");
    probe.className = name;
    document.body.append(probe);
    const colour = getComputedStyle(probe).color;
    probe.remove();
    return colour;
  };

  const options = (box, told) => {
    const soft = coloured("quietly");
    const axis = { stroke: soft, grid: { stroke: coloured("grid"), width: 1 }, ticks: { show: false } };
    const lines = told.lines.map((line, at) => ({
      label: line.name,
      stroke: coloured(`line-${at + 1}`),
      width: 2,
      spanGaps: true,
      points: { show: true, size: 7 },
      value: (_chart, _value, series, year) => (year === null ? "–" : told.lines[series - 1].texts[year] || "–"),
    }));
    return {
      width: box.clientWidth,
      height: HEIGHT,
      scales: { x: { time: false, range: (_chart, least, most) => [least - 0.25, most + 0.25] } },
      axes: [
        { ...axis, incrs: [1, 2, 5, 10], values: (_chart, years) => years.map(String) },
        { ...axis, size: 60, values: (_chart, numbers) => numbers.map((number) => number.toLocaleString(document.documentElement.lang)) },
      ],
      series: [{ label: box.dataset.year, value: (_chart, year) => (year === null ? "–" : String(year)) }, ...lines],
    };
  };

  const draw = (box) => {
    const told = JSON.parse(box.dataset.chart);
    const data = [told.years, ...told.lines.map((line) => line.values)];
    let chart = null;
    const anew = () => {
      chart?.destroy();
      chart = new uPlot(options(box, told), data, box);
    };
    anew();
    new ResizeObserver(() => chart.setSize({ width: box.clientWidth, height: HEIGHT })).observe(box);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", anew);
    box.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const at = Math.min(Math.max((chart.cursor.idx ?? -1) + step, 0), told.years.length - 1);
      chart.setCursor({ left: chart.valToPos(told.years[at], "x"), top: 0 });
    });
  };

  document.querySelectorAll("[data-chart]").forEach(draw);
})();
