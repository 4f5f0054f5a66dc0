// The narrow picture above: how many processes run, wait for locks, wait for something else and sleep, over the whole time.

const overview = document.getElementById("overview");
const overviewContext = overview.getContext("2d");
const OVERVIEW_LAYERS = [KIND.RUN, KIND.LOCK_WAIT, KIND.PROCESS_WAIT, KIND.SLEEP];
let overviewSums = { width: 0 };

/** Adds a time to the sums of the columns that it covers. */
function spread(sums, begin, end, scale, sign = 1) {
  const last = sums.length - 1;
  for (let column = Math.min(last, Math.floor(begin * scale)); column <= last && column < end * scale; column++) {
    sums[column] += sign * (Math.min(end * scale, column + 1) - Math.max(begin * scale, column));
  }
}

/** For each layer and column, how many processes there were on average. */
function sumUp(width) {
  const sums = OVERVIEW_LAYERS.map(() => new Float64Array(width));
  const scale = width / Math.max(1, source.length);
  for (const lane of lanes) {
    spread(sums[0], lane.begin, lane.end, scale);
    let covered = lane.begin;
    for (const span of lane.place.rows[0].items) {
      if (span.end > covered && span.kind !== KIND.START) {
        const begin = Math.max(span.begin, covered);
        const layer = span.kind === KIND.LOCK_WAIT ? 1 : span.kind === KIND.SLEEP ? 3 : 2;
        spread(sums[0], begin, span.end, scale, -1);
        spread(sums[layer], begin, span.end, scale);
        covered = span.end;
      }
    }
  }
  return { width, sums };
}

function paintOverview() {
  const ratio = window.devicePixelRatio || 1;
  const width = Math.max(10, overview.clientWidth);
  const height = overview.clientHeight;
  overview.width = Math.round(width * ratio);
  overview.height = Math.round(height * ratio);
  overviewContext.setTransform(ratio, 0, 0, ratio, 0, 0);
  const left = view.left;
  const columns = Math.max(1, Math.floor(width - left));
  if (overviewSums.width !== columns) {
    overviewSums = sumUp(columns);
  }
  const most = Math.max(source.processors, lanes.length > 0 ? highestColumn() : 1);
  const scale = (height - 6) / most;
  for (let column = 0; column < columns; column++) {
    let y = height - 1;
    OVERVIEW_LAYERS.forEach((kind, layer) => {
      const part = overviewSums.sums[layer][column] * scale;
      overviewContext.fillStyle = colours[KINDS[kind].name];
      overviewContext.fillRect(left + column, y - part, 1, part);
      y -= part;
    });
  }
  paintOverviewText(left, height, scale);
  paintWindow(left, columns, height);
}

function highestColumn() {
  let most = 0;
  for (let column = 0; column < overviewSums.width; column++) {
    most = Math.max(most, overviewSums.sums.reduce((sum, layer) => sum + layer[column], 0));
  }
  return most;
}

function paintOverviewText(left, height, scale) {
  const y = Math.round(height - 1 - source.processors * scale) + 0.5;
  overviewContext.strokeStyle = colours.text;
  overviewContext.setLineDash([3, 3]);
  overviewContext.beginPath();
  overviewContext.moveTo(left, y);
  overviewContext.lineTo(overview.clientWidth, y);
  overviewContext.stroke();
  overviewContext.setLineDash([]);
  overviewContext.fillStyle = colours.muted;
  overviewContext.font = `11px ${FONT}`;
  overviewContext.textBaseline = "middle";
  overviewContext.fillText("processes", 8, height - 9);
  const cores = source.processors === 1 ? "1 core" : `${source.processors} cores`;
  overviewContext.fillText(cores, 8, Math.max(8, Math.min(y, height - 24)));
}

function paintWindow(left, columns, height) {
  const x = left + view.from / Math.max(1, source.length) * columns;
  const end = left + view.to / Math.max(1, source.length) * columns;
  overviewContext.fillStyle = colours.sheet;
  overviewContext.globalAlpha = 0.62;
  overviewContext.fillRect(left, 0, x - left, height);
  overviewContext.fillRect(end, 0, left + columns - end, height);
  overviewContext.globalAlpha = 1;
  overviewContext.strokeStyle = colours.accent;
  overviewContext.lineWidth = 1.5;
  overviewContext.strokeRect(x + 0.75, 0.75, Math.max(2, end - x - 1.5), height - 1.5);
}

/** Chooses a part by dragging; a click moves the part to be seen. */
{
  let start = null;
  const timeOf = (event) => {
    const box = overview.getBoundingClientRect();
    const part = (event.clientX - box.left - view.left) / Math.max(1, box.width - view.left);
    return Math.min(1, Math.max(0, part)) * source.length;
  };
  overview.addEventListener("pointerdown", (event) => {
    overview.setPointerCapture(event.pointerId);
    start = { time: timeOf(event), x: event.clientX };
  });
  overview.addEventListener("pointermove", (event) => {
    if (start && Math.abs(event.clientX - start.x) > 3) {
      const time = timeOf(event);
      show(Math.min(start.time, time), Math.max(start.time, time));
    }
  });
  overview.addEventListener("pointerup", (event) => {
    if (start && Math.abs(event.clientX - start.x) <= 3) {
      const half = (view.to - view.from) / 2;
      show(start.time - half, start.time + half);
    }
    start = null;
  });
  overview.addEventListener("pointercancel", () => {
    start = null;
  });
}
