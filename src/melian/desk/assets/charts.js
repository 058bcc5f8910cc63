// Draws the charts of a page. Expressions are interpreted, so that no page may evaluate words as a program.
import { expressionInterpreter } from "./vendor/vega-interpreter.js";

const { vega, vegaLite } = globalThis;
const dark = window.matchMedia("(prefers-color-scheme: dark)");
let views = [];

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function coloured(part) {
  if (typeof part === "string") return part.replace(/^var\((--[\w-]+)\)$/, (_, name) => colour(name));
  if (Array.isArray(part)) return part.map(coloured);
  if (part && typeof part === "object") {
    return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, coloured(value)]));
  }
  return part;
}

function look() {
  const ink = colour("--ink"), quiet = colour("--quiet"), line = colour("--line");
  const font = "system-ui, sans-serif";
  return {
    background: null, font,
    view: { stroke: null },
    axis: { labelColor: quiet, titleColor: quiet, domainColor: line, tickColor: line, gridColor: line, gridOpacity: 0.6,
      labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal", labelLimit: 240 },
    legend: { labelColor: ink, titleColor: quiet, labelFontSize: 12, symbolStrokeWidth: 0 },
  };
}

const tip = document.createElement("div");
tip.className = "tip";
tip.hidden = true;
document.body.append(tip);

function showTip(handler, happening, item, value) {
  tip.hidden = value === null || value === undefined || value === "";
  if (tip.hidden) return;
  const lines = typeof value === "object" ? Object.entries(value).map(([name, what]) => `${name}: ${what}`) : [String(value)];
  tip.replaceChildren(...lines.map((words) => Object.assign(document.createElement("p"), { textContent: words })));
  const left = Math.min(happening.clientX + 14, window.innerWidth - tip.offsetWidth - 8);
  const top = Math.min(happening.clientY + 14, window.innerHeight - tip.offsetHeight - 8);
  tip.style.left = `${Math.max(left, 4)}px`;
  tip.style.top = `${Math.max(top, 4)}px`;
}

function link(address, words) {
  return Object.assign(document.createElement("a"), { href: address, textContent: words });
}

// The events behind a point: the page of events has them as JSON.
async function showBehind(place, address, datum) {
  const answer = await fetch(address.replace("/events?", "/events.json?"));
  if (!answer.ok || place.dataset.address !== address) return;
  const page = await answer.json();
  const items = page.events.slice(0, 4).map((event) => {
    const item = document.createElement("li");
    const who = [event.source_names, event.target_names].map((names) => names.filter(Boolean).join(", ")).filter(Boolean).join(" → ");
    const to = `/event?${new URLSearchParams({ report: event.report, id: event.event })}`;
    item.append(link(to, who || "someone"), ` ${(event.words || "").slice(0, 140)}`);
    return item;
  });
  const list = document.createElement("ul");
  list.append(...items);
  const head = document.createElement("span");
  head.append(link(address, `${page.total.toLocaleString("en")} event${page.total === 1 ? "" : "s"}`), ` ${datum.when || datum.place || ""}`);
  place.replaceChildren(head, list);
}

async function draw(figure) {
  const spec = coloured(JSON.parse(figure.querySelector("script[type='application/json']").textContent));
  const drawing = figure.querySelector(".drawing");
  // A map on a narrow page is no higher than the world is.
  if (spec.projection) spec.height = Math.min(spec.height, Math.max(180, Math.round(drawing.clientWidth * 0.55)));
  const { spec: compiled } = vegaLite.compile(spec, { config: look() });
  const behind = figure.querySelector(".behind");
  const view = new vega.View(vega.parse(compiled, null, { ast: true }), {
    expr: expressionInterpreter, renderer: "svg", container: drawing, hover: true, logLevel: vega.Error,
  });
  view.tooltip(showTip);
  let waiting = 0;
  view.addEventListener("mouseover", (happening, item) => {
    const address = item && item.datum && item.datum.address;
    drawing.style.cursor = address ? "pointer" : "";
    if (!address) return;
    behind.dataset.address = address;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => showBehind(behind, address, item.datum), 120);
  });
  view.addEventListener("click", (happening, item) => {
    const address = item && item.datum && item.datum.address;
    // Only addresses of the desk's own pages are followed.
    if (typeof address === "string" && address.startsWith("/events?")) window.location.assign(address);
  });
  await view.runAsync();
  // The whole drawing has a name, and its numbers stand in a table: its marks are not read out one by one.
  drawing.querySelector("svg").setAttribute("aria-hidden", "true");
  figure.dataset.drawn = "yes";
  return view;
}

async function drawAll() {
  for (const view of views) view.finalize();
  views = await Promise.all(Array.from(document.querySelectorAll(".chart"), draw));
}

dark.addEventListener("change", drawAll);
drawAll();
