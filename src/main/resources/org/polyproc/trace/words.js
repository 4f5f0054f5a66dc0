// Times, spans and marks in words. All texts of the script reach the page as text, never as markup.

function duration(nanos) {
  const digits = (value) => value.toFixed(value < 9.995 ? 2 : value < 99.95 ? 1 : 0);
  if (nanos < 1e3) {
    return `${Math.round(nanos)} ns`;
  }
  if (nanos < 999.5e3) {
    return `${digits(nanos / 1e3)} µs`;
  }
  if (nanos < 999.5e6) {
    return `${digits(nanos / 1e6)} ms`;
  }
  if (nanos < 99.95e9) {
    return `${digits(nanos / 1e9)} s`;
  }
  const seconds = Math.round(nanos / 1e9);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** A time of the axis, whose steps are so long. */
function tick(nanos, step) {
  const [scale, unit] = step >= 1e8 ? [1e9, "s"] : step >= 1e5 ? [1e6, "ms"] : step >= 100 ? [1e3, "µs"] : [1, "ns"];
  return nanos === 0 ? "0" : `${parseFloat((nanos / scale).toFixed(Math.max(0, Math.round(Math.log10(scale / step)) + 1)))} ${unit}`;
}

function nameOf(pid) {
  return laneOf.get(pid)?.name ?? `process ${pid}`;
}

/** Two processes may have the same name, so those that do are told apart by their pids. */
const sameNames = new Set(lanes.map((lane) => lane.name).filter((name, index, all) => all.indexOf(name) !== index));
for (const lane of lanes) {
  lane.plainName = lane.name;
  if (sameNames.has(lane.name)) {
    lane.name = `${lane.name} (${lane.pid})`;
  }
}

/** File and line without the folder. */
function place(where) {
  return where.slice(where.lastIndexOf("/") + 1);
}

/** What is waited for, in a table or a bar. */
function target(kind, object) {
  switch (kind) {
    case KIND.LOCK_WAIT: return `lock ${object}`;
    case KIND.HOLD: return `lock ${object}`;
    case KIND.SEMAPHORE_WAIT: return `semaphore ${object}`;
    case KIND.SEND: return `room in channel ${object}`;
    case KIND.RECEIVE: return `a message in channel ${object}`;
    case KIND.PROCESS_WAIT: return object === 0 ? "the end of processes" : `the end of ${nameOf(object)}`;
    default: return "";
  }
}

/** What a span says after the name of its process. */
function phrase(span) {
  switch (span.kind) {
    case KIND.RUN: return "runs";
    case KIND.START: return "starts: its interpreter is made";
    case KIND.SLEEP: return "sleeps";
    case KIND.HOLD: return `holds ${target(span.kind, span.object)}`;
    default: return `waits for ${target(span.kind, span.object)}`;
  }
}

/** What stands in a bar. */
function label(span) {
  if (span.kind === KIND.LOCK_WAIT) {
    const holder = holdersOf(span)[0]?.lane.name ?? (span.detail ? nameOf(span.detail) : "");
    return `waits for lock ${span.object}${holder && `, held by ${holder}`}`;
  }
  return span.kind === KIND.START ? "starts" : phrase(span);
}

function line(text, className = "") {
  return { text, className };
}

/** The lines of a tooltip on a span. */
function describeSpan(span) {
  const lines = [line(`${span.lane.name} ${phrase(span)}`, "head"),
    line(`${duration(span.end - span.begin)}, from ${duration(span.begin)} to ${duration(span.end)}`)];
  if (span.kind === KIND.LOCK_WAIT) {
    lines.push(...describeHolders(span));
  }
  if (span.kind === KIND.HOLD && span.detail > 0) {
    lines.push(line(span.detail === 1 ? "1 waited for it at the end" : `${span.detail} waited for it at the end`));
  }
  if (span.kind === KIND.HOLD && !span.complete) {
    lines.push(line("never released", "bad"));
  }
  if ((span.kind === KIND.LOCK_WAIT || span.kind === KIND.SEMAPHORE_WAIT) && !span.complete) {
    lines.push(line("ended without getting it", "bad"));
  }
  if ((span.kind === KIND.SEND || span.kind === KIND.RECEIVE) && span.detail > 0) {
    lines.push(line(`a message of ${span.detail.toLocaleString("en")} bytes`));
  }
  if (span.thread > 0) {
    lines.push(line(`in thread ${span.thread + 1} of the process`));
  }
  if (span.where) {
    lines.push(line(`at ${span.where}`, "place"));
  }
  return lines;
}

function describeHolders(wait) {
  const holders = holdersOf(wait);
  if (holders.length === 0) {
    const dead = (holdsOf.get(wait.object) ?? []).find((hold) => !hold.complete && hold.end <= wait.begin);
    return dead ? [line(`${dead.lane.name} ended while it held it`, "bad")] : [];
  }
  return holders.slice(-5).map((hold) => {
    const time = Math.min(hold.end, wait.end) - Math.max(hold.begin, wait.begin);
    return line(`${hold.lane.name} held it meanwhile for ${duration(time)}${hold.where && `, taken at ${place(hold.where)}`}`);
  });
}

/** The lines of a tooltip on a mark. */
function describeMark(mark) {
  const lines = [line(`${mark.lane.name}: ${source.markKinds[mark.mark][1]}`, "head"), line(`after ${duration(mark.begin)}`)];
  switch (mark.mark) {
    case MARK.OUTPUT: lines.push(line(mark.text || "(an empty line)")); break;
    case MARK.ERROR: lines.push(line(mark.text || "(an empty line)", "bad")); break;
    case MARK.WRITE: lines.push(line(`${mark.text} (segment ${mark.object}, offset ${mark.amount})`)); break;
    case MARK.ACQUIRE:
    case MARK.RELEASE: lines.push(line(`semaphore ${mark.object}, its value is ${mark.amount} then`)); break;
    default: lines.push(line(`channel ${mark.object}, ${mark.amount.toLocaleString("en")} bytes`));
  }
  if (mark.where) {
    lines.push(line(`at ${mark.where}`, "place"));
  }
  return lines;
}

/** The lines of a tooltip on a process that does nothing that has a span. */
function describeLane(lane, time) {
  const alive = time >= lane.begin && time <= lane.end;
  const lines = [line(alive ? `${lane.name} runs` : lane.name, "head"),
    line(`pid ${lane.pid}, ${lane.ending}`, lane.failed ? "bad" : ""),
    line(`lived ${duration(lane.end - lane.begin)}, from ${duration(lane.begin)} to ${duration(lane.end)}`)];
  if (lane.cpu > 0) {
    lines.push(line(`${duration(lane.cpu)} of processor time`));
  }
  return lines;
}

/** The lines of a tooltip on many spans that are too short to be seen. */
function describeMany(spans, share) {
  const counts = new Map();
  for (const span of spans) {
    counts.set(span.kind, (counts.get(span.kind) ?? 0) + 1);
  }
  return [line(`${spans[0].lane.name}: ${spans.length} short spans here`, "head"),
    ...[...counts].map(([kind, count]) => line(`${count} × ${KINDS[kind].label}`)),
    line(`${Math.round(share * 100)} % of the time; zoom in to see them`)];
}

function describe(item) {
  return item.mark === undefined ? describeSpan(item) : describeMark(item);
}
