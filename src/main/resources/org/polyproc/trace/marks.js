// Draws what happened at a moment, and what waits in channels.

/** Lines and values: a stroke at their time, and their text where there is room for it, to the right or to the left. */
function paintMarks(row) {
  const textRows = Math.round((row.height - SIZES.tick) / SIZES.text);
  const ends = new Array(textRows).fill(view.left);
  context.font = `11px ${MONOSPACE}`;
  context.textBaseline = "alphabetic";
  const character = context.measureText("m").width;
  const texts = [];
  let last = -Infinity;
  const start = firstIndex(row.items.length, (index) => xOf(row.items[index].begin) >= view.left);
  for (let index = start; index < row.items.length && row.items[index].begin <= view.to; index++) {
    const mark = row.items[index];
    const x = xOf(mark.begin);
    const text = mark.text.trimStart().slice(0, 60);
    const width = text.length * character;
    const left = x + 5 + width > view.width ? x - 5 - width : x + 5;
    mark.level = text ? ends.findIndex((taken) => taken <= Math.min(x, left)) : -1;
    mark.left = mark.level >= 0 ? left : x;
    mark.right = mark.level >= 0 ? left + width : x;
    if (mark.level >= 0) {
      ends[mark.level] = Math.max(left + width, x) + 6;
      texts.push({ mark, text });
    }
    if (mark.level >= 0 || x - last >= 1) {
      paintStroke(row, mark, x);
      last = x;
    }
  }
  for (const { mark, text } of texts) {
    context.fillStyle = mark.mark === MARK.ERROR ? colours.alarm : colours.text;
    context.fillText(text, mark.left, row.top + SIZES.tick + 9 + mark.level * SIZES.text);
  }
}

function paintStroke(row, mark, x) {
  context.fillStyle = mark.mark === MARK.ERROR ? colours.alarm : colours.text;
  if (mark.mark === MARK.WRITE) {
    diamond(x, row.top + 5, 4);
  } else {
    context.fillRect(Math.round(x), row.top, mark.mark === MARK.ERROR ? 3 : 1.5, SIZES.tick);
  }
  context.globalAlpha = 0.3;
  context.fillRect(Math.round(x), row.top, 1, SIZES.tick + Math.max(0, mark.level) * SIZES.text + 9);
  context.globalAlpha = 1;
}

function diamond(x, y, size) {
  context.beginPath();
  context.moveTo(x, y - size);
  context.lineTo(x + size, y);
  context.lineTo(x, y + size);
  context.lineTo(x - size, y);
  context.fill();
}

/** Messages and units of semaphores: up for what is given, down for what is taken. */
function paintPassed(row) {
  let last = -Infinity;
  const start = firstIndex(row.items.length, (index) => row.items[index].begin >= view.from);
  for (let index = start; index < row.items.length && row.items[index].begin <= view.to; index++) {
    const mark = row.items[index];
    const x = xOf(mark.begin);
    if (x - last < 2) {
      continue;
    }
    last = x;
    const given = mark.mark === MARK.SENT || mark.mark === MARK.RELEASE;
    const message = mark.mark === MARK.SENT || mark.mark === MARK.RECEIVED;
    context.fillStyle = message ? colours.SEND : colours.SEMAPHORE_WAIT;
    const [point, base] = given ? [row.top, row.top + 7] : [row.top + 7, row.top];
    context.beginPath();
    context.moveTo(x, point);
    context.lineTo(x + 4, base);
    context.lineTo(x - 4, base);
    context.fill();
  }
}

/** How many messages a channel holds, as steps. */
function paintChannel(place) {
  context.fillStyle = colours.rule;
  context.fillRect(0, place.top - SIZES.lane / 2, view.width, 1);
  const y = (depth) => place.bottom - (SIZES.depth - 4) * depth / place.most;
  const first = Math.max(0, firstIndex(place.depths.length, (index) => place.depths[index][0] >= view.from) - 1);
  context.fillStyle = colours.RECEIVE;
  let pixel = -Infinity;
  let highest = 0;
  for (let index = first; index < place.depths.length && place.depths[index][0] <= view.to; index++) {
    const [time, depth] = place.depths[index];
    const x = Math.max(xOf(time), view.left);
    const end = Math.min(index + 1 < place.depths.length ? xOf(place.depths[index + 1][0]) : view.width, view.width);
    highest = Math.floor(x) === pixel ? Math.max(highest, depth) : depth;
    pixel = Math.floor(x);
    if (depth > 0 && end > view.left) {
      context.fillRect(x, y(highest), Math.max(1, end - x), place.bottom - y(highest));
    }
  }
}
