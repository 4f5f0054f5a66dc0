// What is seen, and how mouse, fingers and keys change it.

const tooltip = document.getElementById("tooltip");
const said = document.getElementById("said");
const LEAST_NANOS = 200;
let asked = false;

/** Draws before the next frame, however often it is asked for. */
function redraw() {
  if (!asked) {
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      paint();
      paintOverview();
    });
  }
}

/** Shows a part of the time, as much of it as there is. */
function show(from, to) {
  const length = Math.max(source.length, 1);
  const width = Math.min(Math.max(to - from, Math.min(LEAST_NANOS, length)), length);
  const start = Math.min(Math.max((from + to - width) / 2, 0), length - width);
  view.from = start;
  view.to = start + width;
  redraw();
}

/** Zooms so that a place of the canvas keeps its time. */
function zoom(factor, x = (view.left + view.width) / 2) {
  const time = timeAt(x);
  const width = Math.min(Math.max((view.to - view.from) * factor, LEAST_NANOS), source.length);
  const real = width / (view.to - view.from);
  show(time - (time - view.from) * real, time - (time - view.from) * real + width);
}

function pan(pixels) {
  const time = pixels / Math.max(1, view.width - view.left) * (view.to - view.from);
  show(view.from + time, view.to + time);
}

function reset() {
  show(0, source.length);
}

function zoomTo(begin, end) {
  const margin = Math.max((end - begin) * 0.15, LEAST_NANOS);
  show(begin - margin, end + margin);
}

function resize() {
  view.left = scroller.clientWidth < 640 ? 96 : 150;
  document.getElementById("stretch").style.height = `${layout.height}px`;
  const most = parseFloat(getComputedStyle(scroller).maxHeight) || layout.height;
  view.height = Math.min(layout.height, most);
  plot.style.height = `${view.height}px`;
  view.width = Math.max(view.left + 40, scroller.clientWidth);
  overview.style.width = `${view.width}px`;
  redraw();
}

/** What is under a place of the canvas: an item, several short ones, a lane, or nothing. */
function under(x, canvasY) {
  const y = canvasY + scroller.scrollTop;
  const place = layout.lanes.find(({ top, bottom }) => y >= top - 2 && y < bottom + 2);
  if (!place || canvasY < SIZES.axis) {
    return null;
  }
  if (x < view.left) {
    return { lane: place.lane };
  }
  const row = place.rows.find(({ top, height }) => y >= top - 1 && y <= top + height);
  return row && (row.kind === "mark" || row.kind === "pass" ? markUnder(row, x, y) : spanUnder(row, x)) || { lane: place.lane };
}

function spanUnder(row, x) {
  const from = timeAt(x - 1.5);
  const to = timeAt(x + 1.5);
  const found = [];
  let sum = 0;
  const start = firstIndex(row.items.length, (index) => row.reach[index] >= from);
  for (let index = start; index < row.items.length && row.items[index].begin <= to; index++) {
    const span = row.items[index];
    if (span.end >= from) {
      found.push(span);
      sum += Math.min(span.end, to) - Math.max(span.begin, from);
    }
  }
  const time = timeAt(x);
  const wide = found.findLast((span) => span.begin <= time && span.end >= time && xOf(span.end) - xOf(span.begin) >= 1);
  if (wide || found.length === 1) {
    return { item: wide ?? found[0] };
  }
  return found.length > 1 ? { many: found, share: Math.min(1, sum / (to - from)) } : null;
}

function markUnder(row, x, y) {
  const level = Math.max(0, Math.floor((y - row.top - SIZES.tick) / SIZES.text));
  const near = (mark) => Math.abs(xOf(mark.begin) - x) <= 4;
  const onText = (mark) => mark.level === level && mark.left - 5 <= x && x <= mark.right;
  const end = firstIndex(row.items.length, (index) => xOf(row.items[index].begin) > x + 4);
  const candidates = row.items.slice(Math.max(0, end - 60), end);
  const item = (row.kind === "mark" && candidates.findLast(onText)) || candidates.findLast(near);
  return item ? { item } : null;
}

function point(x, y) {
  const target = under(x, y);
  view.cursor = x >= view.left ? x : null;
  view.hovered = target?.item ?? null;
  const lines = target === null ? [] : target.item ? describe(target.item)
    : target.many ? describeMany(target.many, target.share)
    : describeLane(target.lane, timeAt(x));
  if (lines.length > 0) {
    const box = plot.getBoundingClientRect();
    showTooltip(lines, box.left + x, box.top + y);
  } else {
    tooltip.hidden = true;
  }
  redraw();
}

function showTooltip(lines, x, y) {
  tooltip.replaceChildren(...lines.map(({ text, className }) => {
    const paragraph = document.createElement("p");
    paragraph.textContent = text;
    paragraph.className = className;
    return paragraph;
  }));
  tooltip.hidden = false;
  const { width, height } = tooltip.getBoundingClientRect();
  const right = x + 16 + width > innerWidth ? Math.max(8, x - width - 16) : x + 16;
  const below = y + 18 + height > innerHeight ? Math.max(8, y - height - 14) : y + 18;
  tooltip.style.left = `${right}px`;
  tooltip.style.top = `${below}px`;
}

function leave() {
  view.cursor = view.hovered = null;
  tooltip.hidden = true;
  redraw();
}

/** What of a lane the keys go through. */
function stepsOf(lane) {
  lane.steps ??= lane.place.rows.flatMap((row) => row.items).sort((one, other) => one.begin - other.begin);
  return lane.steps;
}

function choose(lane, item) {
  view.chosenLane = lane;
  view.chosen = item;
  const top = lane.place.top - SIZES.axis - SIZES.lane;
  if (top < scroller.scrollTop || lane.place.bottom > scroller.scrollTop + view.height) {
    scroller.scrollTop = top;
  }
  if (item && (item.begin < view.from || item.begin > view.to)) {
    const half = (view.to - view.from) / 2;
    show(item.begin - half, item.begin + half);
  }
  const lines = item ? describe(item) : describeLane(lane, lane.begin);
  said.textContent = lines.map(({ text }) => text).join(". ");
  const box = plot.getBoundingClientRect();
  const row = item?.row ?? lane.place.rows[0];
  showTooltip(lines, box.left + Math.max(view.left, item ? xOf(item.begin) : view.left), box.top + row.top - scroller.scrollTop);
  redraw();
}

function chooseLane(by) {
  const index = (view.chosenLane ?? lanes[by > 0 ? 0 : lanes.length - 1]).index + (view.chosenLane ? by : 0);
  choose(lanes[Math.min(Math.max(index, 0), lanes.length - 1)], null);
}

function chooseStep(by) {
  const lane = view.chosenLane ?? lanes[0];
  const steps = stepsOf(lane);
  const index = view.chosen ? steps.indexOf(view.chosen) + by : by > 0 ? 0 : steps.length - 1;
  if (index >= 0 && index < steps.length) {
    choose(lane, steps[index]);
  }
}

function letGo() {
  view.chosen = view.chosenLane = null;
  said.textContent = "";
  leave();
}

const KEYS = {
  "+": () => zoom(1 / 1.5), "=": () => zoom(1 / 1.5), "-": () => zoom(1.5), "−": () => zoom(1.5), "0": reset, Home: reset,
  ArrowLeft: () => pan(-80), ArrowRight: () => pan(80), ArrowUp: () => chooseLane(-1), ArrowDown: () => chooseLane(1),
  ",": () => chooseStep(-1), ".": () => chooseStep(1), Escape: letGo,
  Enter: () => view.chosen && zoomTo(view.chosen.begin, view.chosen.end),
};

/** One finger or the mouse drags, two fingers zoom. */
function listen() {
  const fingers = new Map();
  let moved = 0;
  const local = (event) => {
    const box = plot.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  plot.addEventListener("wheel", (event) => {
    event.preventDefault();
    const unit = event.deltaMode === 0 ? 1 : 30;
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      pan((event.deltaX || event.deltaY) * unit);
    } else {
      zoom(Math.exp(event.deltaY * unit * (event.ctrlKey ? 0.01 : 0.002)), Math.max(view.left, local(event).x));
    }
  }, { passive: false });
  plot.addEventListener("pointerdown", (event) => {
    plot.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, local(event));
    moved = 0;
  });
  plot.addEventListener("pointermove", (event) => {
    const now = local(event);
    const before = fingers.get(event.pointerId);
    if (!before) {
      point(now.x, now.y);
      return;
    }
    fingers.set(event.pointerId, now);
    moved += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
    if (fingers.size === 2) {
      const other = [...fingers].find(([id]) => id !== event.pointerId)[1];
      const distance = (one) => Math.max(20, Math.hypot(one.x - other.x, one.y - other.y));
      zoom(distance(before) / distance(now), (now.x + other.x) / 2);
    } else if (moved > 3) {
      plot.classList.add("dragged");
      tooltip.hidden = true;
      pan(before.x - now.x);
      scroller.scrollTop += event.pointerType === "mouse" ? before.y - now.y : 0;
    }
  });
  for (const name of ["pointerup", "pointercancel"]) {
    plot.addEventListener(name, (event) => {
      fingers.delete(event.pointerId);
      plot.classList.remove("dragged");
      if (name === "pointerup" && moved <= 3) {
        const { x, y } = local(event);
        point(x, y);
      }
    });
  }
  plot.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && leave());
  plot.addEventListener("dblclick", (event) => {
    const { x, y } = local(event);
    const item = under(x, y)?.item;
    if (item && item.end > item.begin) {
      zoomTo(item.begin, item.end);
    } else {
      zoom(1 / 3, x);
    }
  });
  plot.addEventListener("keydown", (event) => {
    const action = KEYS[event.key];
    if (action && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      action();
    }
  });
  document.getElementById("zoom-in").addEventListener("click", () => zoom(1 / 1.5));
  document.getElementById("zoom-out").addEventListener("click", () => zoom(1.5));
  document.getElementById("reset").addEventListener("click", reset);
  scroller.addEventListener("scroll", redraw);
  addEventListener("resize", resize);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    readColours();
    redraw();
  });
}
