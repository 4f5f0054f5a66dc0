// The model: what Java has packed (org.polyproc.trace.Packed), as objects. Times are nanoseconds since the beginning.

const source = JSON.parse(document.getElementById("data").textContent);
const KIND = Object.fromEntries(source.spanKinds.map(([name], index) => [name, index]));
const MARK = Object.fromEntries(source.markKinds.map(([name], index) => [name, index]));
const KINDS = source.spanKinds.map(([name, label]) => ({ name, label }));

/** Calls take once for each record; take reads its fields by calling next, which returns a number. */
function unpack(base64, take) {
  const bytes = atob(base64);
  let at = 0;
  const next = () => {
    let value = 0;
    for (let weight = 1; ; weight *= 128) {
      const byte = bytes.charCodeAt(at++);
      value += (byte & 127) * weight;
      if (byte < 128) {
        return value;
      }
    }
  };
  while (at < bytes.length) {
    take(next);
  }
}

function readSpans(lane) {
  const spans = [];
  let begin = 0;
  unpack(lane.spans, (next) => {
    const kind = next();
    const thread = next();
    begin += next();
    const end = begin + next();
    spans.push({ lane, kind: kind >> 1, complete: (kind & 1) === 1, thread, begin, end, object: next(), detail: next(),
      where: source.texts[next()] });
  });
  return spans;
}

function readMarks(lane) {
  const marks = [];
  let time = 0;
  unpack(lane.marks, (next) => {
    const kind = next();
    time += next();
    marks.push({ lane, mark: kind, begin: time, end: time, object: next(), amount: next(), text: source.texts[next()],
      where: source.texts[next()] });
  });
  return marks;
}

const lanes = source.lanes.map((lane, index) => {
  const read = { ...lane, index };
  read.spans = readSpans(read);
  read.marks = readMarks(read);
  return read;
});
const laneOf = new Map(lanes.map((lane) => [lane.pid, lane]));

/** The holds of each lock, in the order of their beginnings. */
const holdsOf = new Map();
for (const lane of lanes) {
  for (const span of lane.spans) {
    if (span.kind === KIND.HOLD) {
      if (!holdsOf.has(span.object)) {
        holdsOf.set(span.object, []);
      }
      holdsOf.get(span.object).push(span);
    }
  }
}
for (const holds of holdsOf.values()) {
  holds.sort((one, other) => one.begin - other.begin);
}

/** How many messages each channel held: channel to [time, depth] pairs. */
const depthsOf = new Map();
{
  let time = 0;
  unpack(source.depths, (next) => {
    const channel = next();
    time += next();
    if (!depthsOf.has(channel)) {
      depthsOf.set(channel, []);
    }
    depthsOf.get(channel).push([time, next()]);
  });
}

/** The index of the first item for which the test is true; items for which it is false come first. */
function firstIndex(length, test) {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (test(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

/** The holds of others that went on during a wait for a lock, the latest last; at most the last 20. */
function holdersOf(wait) {
  const holds = holdsOf.get(wait.object) ?? [];
  const end = firstIndex(holds.length, (index) => holds[index].begin >= wait.end);
  return holds.slice(Math.max(0, end - 20), end).filter((hold) => hold.lane !== wait.lane && hold.end > wait.begin);
}
