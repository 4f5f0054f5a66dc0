// What stands around the picture: headline, what went wrong, a summary, the legend and tables.

const MOST_WAITS = 12;

function element(name, attributes = {}, ...children) {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(...children);
  return made;
}

function plural(number, one, many = `${one}s`) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

/** Shows one span that a table or a card tells of. */
function reveal({ lane, begin, end, kind }) {
  const owner = lanes[lane];
  const items = owner.place.rows.flatMap((row) => row.items);
  zoomTo(begin, end);
  plot.focus({ preventScroll: true });
  plot.scrollIntoView({ block: "nearest" });
  choose(owner, items.find((item) => item.begin === begin && item.end === end && item.kind === kind) ?? null);
}

function headline() {
  const spans = lanes.reduce((sum, lane) => sum + lane.spans.length, 0);
  document.title = `Timeline of ${source.title}`;
  document.getElementById("title").textContent = source.title;
  const begin = new Date(source.begin).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });
  document.getElementById("facts").textContent = [duration(source.length), plural(lanes.length, "process", "processes"),
    plural(source.processors, "core"), plural(spans, "span"), begin].join(" · ");
}

function problems() {
  const section = document.getElementById("problems");
  section.hidden = source.problems.length === 0;
  for (const problem of source.problems) {
    section.append(element("h2", { textContent: problem.text[0] }),
      ...problem.text.slice(1).map((text) => element("p", { textContent: text })));
  }
}

function card(what, figure, more, span) {
  const parts = [element("span", { className: "what", textContent: what }),
    element("span", { className: "figure", textContent: figure }), element("span", { className: "more", textContent: more })];
  return span ? element("button", { className: "card", type: "button", title: "Show it", onclick: () => reveal(span) }, ...parts)
    : element("div", { className: "card" }, ...parts);
}

function cards() {
  const made = [];
  const wait = source.waits.find(({ kind }) => kind !== KIND.PROCESS_WAIT) ?? source.waits[0];
  if (wait) {
    const span = { ...wait, lane: lanes[wait.lane] };
    const holder = wait.kind === KIND.LOCK_WAIT ? holdersOf(span).at(-1) : undefined;
    made.push(card("Waited longest", duration(wait.total),
      `${lanes[wait.lane].name} for ${target(wait.kind, wait.object)}${holder ? `, which ${holder.lane.name} held` : ""}`, wait));
  } else {
    made.push(card("Waited longest", "nobody", "no process had to wait for another"));
  }
  const hold = source.longestHold;
  if (hold) {
    made.push(card("Lock held longest", duration(hold.end - hold.begin),
      `lock ${hold.object} by ${lanes[hold.lane].name}${hold.where && ` at ${place(hold.where)}`}`, hold));
  }
  const cpu = lanes.reduce((sum, lane) => sum + lane.cpu, 0);
  if (cpu > 0) {
    made.push(card("Use of each core", `${(source.utilisation * 100).toFixed(source.utilisation < 0.1 ? 1 : 0)} %`,
      `${duration(cpu)} of processor time on ${plural(source.processors, "core")}`));
  }
  const failed = lanes.filter((lane) => lane.failed);
  made.push(card("Processes", String(lanes.length),
    failed.length === 0 ? "all ended with exit code 0" : `${failed[0].name}: ${failed[0].ending}`
      + (failed.length > 1 ? `, and ${failed.length - 1} more` : "")));
  document.getElementById("cards").append(...made);
}

function legend() {
  const list = document.getElementById("legend");
  const used = new Set([KIND.RUN, ...lanes.flatMap((lane) => [...new Set(lane.spans.map((span) => span.kind))])]);
  const entry = (className, text, colour = "") => {
    const swatch = element("span", { className: `swatch ${className}` });
    if (colour) {
      swatch.style.background = colour;
    }
    list.append(element("li", {}, swatch, text));
  };
  KINDS.forEach(({ name, label: text }, kind) => {
    if (used.has(kind)) {
      entry(name, text, kind === KIND.LOCK_WAIT ? "" : `var(--${name})`);
    }
  });
  const marks = new Set(lanes.flatMap((lane) => [...new Set(lane.marks.map((mark) => mark.mark))]));
  if (marks.has(MARK.OUTPUT)) {
    entry("line", "printed line");
  }
  if (marks.has(MARK.ERROR)) {
    entry("error", "line on standard error");
  }
  if (marks.has(MARK.WRITE)) {
    entry("diamond", "value changed");
  }
  if (source.problems.length > 0) {
    entry("alarm", source.problems.some((problem) => problem.lanes.length > 1) ? "deadlock, or lock of an ended process" : "deadlock");
  }
}

function table(title, heads, rows) {
  const body = element("tbody", {}, ...rows);
  const head = element("tr", {}, ...heads.map((text) =>
    element("th", { scope: "col", textContent: text.replace("#", ""), className: text.startsWith("#") ? "number" : "" })));
  return element("section", { className: "sheet" }, element("h2", { textContent: title }),
    element("table", {}, element("thead", {}, head), body));
}

function row(cells, action) {
  const made = element("tr", {}, ...cells.map((cell) => cell instanceof Node ? element("td", {}, cell)
    : element("td", { textContent: cell.text ?? cell, className: cell.className ?? "" })));
  if (action) {
    made.tabIndex = 0;
    made.onclick = action;
    made.onkeydown = (event) => event.key === "Enter" && action();
  }
  return made;
}

function number(text) {
  return { text, className: "number" };
}

function waits() {
  const rows = source.waits.slice(0, MOST_WAITS).map((wait) => row([lanes[wait.lane].name, target(wait.kind, wait.object),
    number(duration(wait.total)), number(wait.times.toLocaleString("en")), number(duration(wait.end - wait.begin)),
    { text: place(wait.where), className: "place" }], () => reveal(wait)));
  if (source.waits.length > MOST_WAITS) {
    rows.push(row([`and ${source.waits.length - MOST_WAITS} more`, "", "", "", "", ""]));
  }
  return table("Who waited for what", ["process", "waited for", "#in all", "#times", "#longest", "where"], rows);
}

/** A bar of what a process spent its time with. */
function parts(lane) {
  const bar = element("div", { className: "parts" });
  const life = Math.max(1, lane.end - lane.begin);
  const words = [];
  KINDS.forEach(({ name, label: text }) => {
    const time = lane.states[name] ?? 0;
    if (time > 0) {
      const part = element("span", { className: `swatch ${name}` });
      part.style.cssText = `width:${time / life * 100}%;border-radius:0`;
      if (name !== "LOCK_WAIT") {
        part.style.background = `var(--${name})`;
      }
      bar.append(part);
      words.push(`${text} ${duration(time)}`);
    }
  });
  bar.title = words.join(", ");
  bar.setAttribute("role", "img");
  bar.setAttribute("aria-label", bar.title);
  return bar;
}

function processes() {
  const rows = lanes.map((lane) => row([lane.name, number(duration(lane.end - lane.begin)), parts(lane),
    number(duration(lane.states.RUN ?? 0)), number(duration(lane.states.LOCK_WAIT ?? 0)), number(lane.cpu ? duration(lane.cpu) : ""),
    { text: lane.ending, className: lane.failed ? "failed whole" : "whole" }], () => {
    zoomTo(lane.begin, lane.end);
    choose(lane, null);
  }));
  return table("Processes", ["process", "#lived", "spent with", "#ran", "#lock waits", "#processor", "end"], rows);
}

headline();
problems();
cards();
legend();
document.getElementById("tables").append(...(source.waits.length > 0 ? [waits()] : []), processes());
readColours();
listen();
resize();
