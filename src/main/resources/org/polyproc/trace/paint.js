// Draws the visible part. What is narrower than a pixel is summed up: the height of a pixel's column shows which part of its time.

const plot = document.getElementById("plot");
const scroller = document.getElementById("scroller");
const context = plot.getContext("2d");
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const MONOSPACE = 'ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace';

/** What is seen: a part of the time, the size of the canvas, what is under the mouse, and what is chosen. */
const view = { from: 0, to: source.length, width: 0, height: 0, left: 150, hovered: null, chosen: null, cursor: null };
let colours = {};

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const names = [...KINDS.map((kind) => kind.name), "LOCK_WAIT-stripe", "sheet", "text", "muted", "rule", "grid", "accent", "alarm",
    "on-dark", "on-light"];
  colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  colours.hatched = hatched(colours.LOCK_WAIT, colours["LOCK_WAIT-stripe"]);
}

/** A pattern for waits for locks, which are to be told from all else without colours too. */
function hatched(ground, stripe) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const on = tile.getContext("2d");
  on.fillStyle = ground;
  on.fillRect(0, 0, 8, 8);
  on.strokeStyle = stripe;
  on.lineWidth = 2;
  on.beginPath();
  for (const shift of [-8, 0, 8]) {
    on.moveTo(shift - 1, 9);
    on.lineTo(shift + 9, -1);
  }
  on.stroke();
  return context.createPattern(tile, "repeat");
}

function fillOf(kind) {
  return kind === KIND.LOCK_WAIT ? colours.hatched : colours[KINDS[kind].name];
}

function xOf(time) {
  return view.left + (time - view.from) / (view.to - view.from) * (view.width - view.left);
}

function timeAt(x) {
  return view.from + (x - view.left) / (view.width - view.left) * (view.to - view.from);
}

function visibleFrom(row) {
  return firstIndex(row.items.length, (index) => row.reach[index] >= view.from);
}

function paint() {
  const ratio = window.devicePixelRatio || 1;
  const width = Math.round(view.width * ratio);
  const height = Math.round(view.height * ratio);
  if (plot.width !== width || plot.height !== height) {
    plot.width = width;
    plot.height = height;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = colours.sheet;
  context.fillRect(0, 0, view.width, view.height);
  const step = paintGrid();
  context.save();
  context.beginPath();
  context.rect(0, SIZES.axis, view.width, view.height - SIZES.axis);
  context.clip();
  context.translate(0, -scroller.scrollTop);
  const seen = (place) => place.bottom > scroller.scrollTop && place.top - SIZES.lane < scroller.scrollTop + view.height;
  layout.lanes.filter(seen).forEach(paintLane);
  layout.channels.filter(seen).forEach(paintChannel);
  paintLinks();
  paintProblems();
  paintFrames();
  layout.lanes.filter(seen).forEach(paintName);
  layout.channels.filter(seen).forEach(paintChannelName);
  context.restore();
  paintAxis(step);
}

function stepOf(length, most) {
  for (let power = 1; ; power *= 10) {
    const step = [1, 2, 5].map((digit) => digit * power).find((candidate) => length / candidate <= most);
    if (step) {
      return step;
    }
  }
}

function paintGrid() {
  const step = stepOf(view.to - view.from, Math.max(2, (view.width - view.left) / 90));
  context.fillStyle = colours.grid;
  for (let time = Math.ceil(view.from / step) * step; time <= view.to; time += step) {
    context.fillRect(Math.round(xOf(time)), SIZES.axis, 1, view.height);
  }
  return step;
}

function paintAxis(step) {
  context.fillStyle = colours.muted;
  context.font = `11px ${FONT}`;
  context.textBaseline = "middle";
  context.textAlign = "center";
  for (let time = Math.ceil(view.from / step) * step; time <= view.to; time += step) {
    const x = xOf(time);
    if (x >= view.left && x < view.width - 12) {
      context.fillText(tick(time, step), x, 11);
    }
  }
  if (view.cursor !== null) {
    const x = Math.round(view.cursor);
    context.fillStyle = colours.accent;
    context.globalAlpha = 0.55;
    context.fillRect(x, SIZES.axis - 4, 1, view.height);
    context.globalAlpha = 1;
    const text = duration(timeAt(view.cursor));
    const half = context.measureText(text).width / 2 + 5;
    const middle = Math.min(Math.max(x, view.left + half), view.width - half);
    context.fillRect(middle - half, 2, 2 * half, 18);
    context.fillStyle = colours.sheet;
    context.fillText(text, middle, 11);
  }
  context.textAlign = "left";
}

function paintLane(place) {
  const { lane } = place;
  context.fillStyle = colours.rule;
  context.fillRect(0, place.top - SIZES.lane / 2, view.width, 1);
  const x = Math.max(xOf(lane.begin), view.left);
  const end = Math.min(xOf(lane.end), view.width);
  if (end > view.left && x < view.width) {
    context.fillStyle = colours.RUN;
    context.fillRect(x, place.top, Math.max(1, end - x), SIZES.state);
  }
  for (const row of place.rows) {
    if (row.kind === "mark") {
      paintMarks(row);
    } else if (row.kind === "pass") {
      paintPassed(row);
    } else {
      paintSpans(row);
    }
  }
}

function paintSpans(row) {
  const share = new Float64Array(KINDS.length);
  let pixel = -1;
  const flush = () => {
    let bottom = row.top + row.height;
    for (let kind = 0; kind < share.length; kind++) {
      if (share[kind] > 0) {
        const height = Math.min(row.height, Math.max(1.5, share[kind] * row.height));
        context.fillStyle = kind === KIND.LOCK_WAIT ? colours.LOCK_WAIT : fillOf(kind);
        context.fillRect(pixel, Math.max(row.top, bottom - height), 1, height);
        bottom = Math.max(row.top, bottom - height);
        share[kind] = 0;
      }
    }
  };
  for (let index = visibleFrom(row); index < row.items.length && row.items[index].begin <= view.to; index++) {
    const span = row.items[index];
    const x = xOf(span.begin);
    const end = xOf(span.end);
    if (end < view.left) {
      continue;
    }
    if (end - x >= 1) {
      paintSpan(row, span, Math.max(x, view.left), Math.min(end, view.width));
    } else {
      if (Math.floor(x) !== pixel) {
        flush();
        pixel = Math.floor(x);
      }
      share[span.kind] += end - x;
    }
  }
  flush();
}

function paintSpan(row, span, x, end) {
  context.fillStyle = fillOf(span.kind);
  context.fillRect(x, row.top, end - x, row.height);
  if (span.kind === KIND.HOLD && !span.complete) {
    context.strokeStyle = colours.alarm;
    context.lineWidth = 2;
    context.strokeRect(x + 1, row.top + 1, Math.max(1, end - x - 2), row.height - 2);
  }
  if (row.height >= SIZES.state && end - x > 34) {
    const light = span.kind === KIND.SLEEP || span.kind === KIND.START || span.kind === KIND.PROCESS_WAIT
      || span.kind === KIND.SEMAPHORE_WAIT;
    context.fillStyle = light ? colours["on-light"] : colours["on-dark"];
    context.font = `${span.kind === KIND.LOCK_WAIT ? "600 " : ""}11.5px ${FONT}`;
    context.textBaseline = "middle";
    const text = fit(label(span), end - x - 12);
    if (span.kind === KIND.LOCK_WAIT && text) {
      const width = context.measureText(text).width;
      context.fillStyle = colours.LOCK_WAIT;
      context.fillRect(x + 3, row.top + 2, width + 8, row.height - 4);
      context.fillStyle = colours["on-dark"];
    }
    context.fillText(text, x + 6, row.top + row.height / 2 + 0.5);
  }
}

/** Cuts a text to a width with the present font. */
function fit(text, width) {
  const whole = context.measureText(text).width;
  if (whole <= width) {
    return text;
  }
  const characters = Math.floor(text.length * width / whole) - 1;
  return characters < 3 ? "" : `${text.slice(0, characters)}…`;
}

function paintNameGround(place) {
  context.fillStyle = colours.sheet;
  context.fillRect(0, place.top - SIZES.lane / 2 + 1, view.left - 4, place.bottom - place.top + SIZES.lane - 1);
  context.fillStyle = colours.text;
  context.textBaseline = "alphabetic";
}

function paintName(place) {
  const { lane } = place;
  paintNameGround(place);
  if (view.chosenLane === lane) {
    context.fillStyle = colours.accent;
    context.fillRect(0, place.top - 2, 3, place.bottom - place.top);
    context.fillStyle = colours.text;
  }
  context.font = `600 12.5px ${FONT}`;
  context.fillText(fit(lane.plainName, view.left - 16), 8, place.top + 11);
  context.font = `11px ${FONT}`;
  context.fillStyle = colours.muted;
  context.fillText(`pid ${lane.pid}`, 8, place.top + 25);
  context.fillStyle = lane.failed ? colours.alarm : colours.muted;
  context.fillText(fit(lane.ending, view.left - 16), 8, place.top + 39);
}

function paintChannelName(place) {
  paintNameGround(place);
  context.font = `600 12px ${FONT}`;
  context.fillText(fit(`channel ${place.channel}`, view.left - 16), 8, place.top + 11);
  context.font = `11px ${FONT}`;
  context.fillStyle = colours.muted;
  context.fillText(fit(`up to ${place.most} waiting`, view.left - 16), 8, place.top + 25);
}
