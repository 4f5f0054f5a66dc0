// Draws what belongs together: arrows between a lock's holder and who waits for it, and frames.

const MOST_LINKS = 60;

/** Arrows from where a lock was released to who had waited for it: of all waits that are wide enough, and of what is pointed at. */
function paintLinks() {
  const waits = [];
  for (const { rows } of layout.lanes) {
    const row = rows[0];
    for (let index = visibleFrom(row); index < row.items.length && row.items[index].begin <= view.to; index++) {
      const span = row.items[index];
      if (span.kind === KIND.LOCK_WAIT && span.complete && xOf(span.end) - xOf(span.begin) >= 8 && span.end <= view.to) {
        waits.push(span);
      }
    }
  }
  const pointed = [view.hovered, view.chosen].filter((item) => item?.kind === KIND.LOCK_WAIT && item.complete);
  for (const wait of waits.length > MOST_LINKS ? pointed : [...new Set([...waits, ...pointed])]) {
    paintLink(wait, pointed.includes(wait));
  }
}

/** An arrow goes straight down or up, just before both end, where it hides no text. */
function paintLink(wait, strong) {
  const hold = holdersOf(wait).at(-1);
  if (!hold) {
    return;
  }
  const down = wait.lane.place.top > hold.row.top;
  const x1 = xOf(Math.min(hold.end, wait.end)) - 5;
  const x2 = xOf(wait.end) - 5;
  const y1 = hold.row.top + hold.row.height / 2;
  const y2 = down ? wait.row.top : wait.row.top + wait.row.height;
  if (Math.max(x1, x2) < view.left || Math.min(x1, x2) > view.width) {
    return;
  }
  const head = down ? -7 : 7;
  context.strokeStyle = context.fillStyle = strong ? colours.accent : colours.text;
  context.lineWidth = strong ? 2.5 : 1.25;
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2 + head);
  context.stroke();
  context.beginPath();
  context.arc(x1, y1, 3, 0, 7);
  context.moveTo(x2, y2);
  context.lineTo(x2 - 4, y2 + head);
  context.lineTo(x2 + 4, y2 + head);
  context.fill();
}

function paintProblems() {
  context.strokeStyle = colours.alarm;
  context.lineWidth = 2.5;
  for (const problem of source.problems) {
    for (const index of problem.lanes) {
      frame(problem.begin, problem.end, lanes[index].place.top - 2, SIZES.state + 4);
    }
  }
}

function frame(begin, end, top, height) {
  const x = Math.max(xOf(begin), view.left - 4);
  const right = Math.min(xOf(end), view.width + 4);
  if (right >= view.left && x <= view.width) {
    context.strokeRect(x, top, Math.max(2, right - x), height);
  }
}

/** Frames around what is pointed at and around what belongs to it. */
function paintFrames() {
  for (const item of [view.hovered, view.chosen]) {
    if (!item) {
      continue;
    }
    context.strokeStyle = colours.accent;
    context.lineWidth = 2;
    const related = item.kind === KIND.LOCK_WAIT ? holdersOf(item) : [];
    for (const span of [item, ...related]) {
      if (span.mark === undefined) {
        frame(span.begin, span.end, span.row.top, span.row.height);
      } else {
        context.strokeRect(xOf(span.begin) - 4, span.row.top - 2, 9, SIZES.tick + 8);
      }
    }
  }
}
