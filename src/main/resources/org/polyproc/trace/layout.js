// Where everything is: each lane is a few rows, one below the other. A row is a list of items in the order of their beginnings.

const SIZES = { axis: 26, lane: 12, state: 22, hold: 9, thread: 9, text: 14, tick: 6, depth: 34 };
const MOST_HOLD_ROWS = 3;
const MOST_THREAD_ROWS = 4;
const TEXT_ROWS = 3;

/** Makes a row; reach[i] is when all items up to i have ended, so the first that is visible is found by halving. */
function makeRow(kind, items, height) {
  const row = { kind, items, height, reach: new Float64Array(items.length) };
  let end = -Infinity;
  items.forEach((item, index) => {
    end = Math.max(end, item.end);
    row.reach[index] = end;
    item.row = row;
  });
  return row;
}

/** Puts spans that overlap into different rows, as many as there may be. */
function stack(spans, most) {
  const ends = [];
  const rows = [];
  for (const span of spans) {
    let level = ends.findIndex((end) => end <= span.begin);
    if (level < 0) {
      level = Math.min(ends.length, most - 1);
    }
    ends[level] = span.end;
    (rows[level] ??= []).push(span);
  }
  return rows;
}

function rowsOf(lane) {
  const rows = [makeRow("state", lane.spans.filter((span) => span.kind !== KIND.HOLD && span.thread === 0), SIZES.state)];
  for (const spans of stack(lane.spans.filter((span) => span.kind === KIND.HOLD), MOST_HOLD_ROWS)) {
    rows.push(makeRow("hold", spans, SIZES.hold));
  }
  const threads = new Map();
  for (const span of lane.spans) {
    if (span.kind !== KIND.HOLD && span.thread > 0) {
      const thread = Math.min(span.thread, MOST_THREAD_ROWS);
      threads.set(thread, threads.get(thread) ?? []);
      threads.get(thread).push(span);
    }
  }
  for (const thread of [...threads.keys()].sort((one, other) => one - other)) {
    rows.push(makeRow("thread", threads.get(thread), SIZES.thread));
  }
  const written = lane.marks.filter((mark) => mark.mark <= MARK.WRITE);
  if (written.length > 0) {
    const textRows = lanes.length > 12 ? 1 : TEXT_ROWS;
    rows.push(makeRow("mark", written, SIZES.tick + textRows * SIZES.text));
  }
  const passed = lane.marks.filter((mark) => mark.mark > MARK.WRITE);
  if (passed.length > 0) {
    rows.push(makeRow("pass", passed, SIZES.tick + 2));
  }
  return rows;
}

/** The channels that ever held two messages or more, the fullest first; a picture of them all would be no picture. */
function deepChannels() {
  const most = ([, depths]) => depths.reduce((top, [, depth]) => Math.max(top, depth), 0);
  return [...depthsOf].filter((entry) => most(entry) >= 2).sort((one, other) => most(other) - most(one)).slice(0, 8)
    .map(([channel, depths]) => ({ channel, depths, most: most([channel, depths]) }));
}

const layout = { lanes: [], channels: [], height: 0 };
{
  let y = SIZES.axis;
  for (const lane of lanes) {
    const rows = rowsOf(lane);
    const top = y + SIZES.lane;
    let at = top;
    for (const row of rows) {
      row.lane = lane;
      row.top = at;
      at += row.height + 1;
    }
    y = Math.max(at, top + 40);
    layout.lanes.push({ lane, rows, top, bottom: y });
    lane.place = layout.lanes.at(-1);
  }
  for (const channel of deepChannels()) {
    const top = y + SIZES.lane;
    y = top + SIZES.depth;
    layout.channels.push({ ...channel, top, bottom: y });
  }
  layout.height = y + 8;
}
