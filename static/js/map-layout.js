// Where the cards of the account map stand: along the hierarchy (dagre) or by power and stance.
// Plain numbers in, plain numbers out; what was put by hand stays where it was put.
(() => {
  "use strict";
  const CARD = { width: 220, height: 118 };
  const OURS = { width: 188, height: 56 };
  const GAP = { x: 24, y: 16 };
  const RANK = 56;
  const LANE = 84;
  const SHORT = 4;
  const INSET = 20;
  const INDENT = 28;
  const GOOD = 0.7; // a scale that reads well: beyond it width need not be saved

  const superiorsOf = (data) => new Map(data.lines.filter((line) => line.kind === "reports").map((line) => [line.from, line.to]));

  const childrenOf = (data) => {
    const children = new Map();
    superiorsOf(data).forEach((above, key) => {
      if (!children.has(above)) children.set(above, []);
      children.get(above).push(key);
    });
    return children;
  };

  const spread = ({ keys, columns }, left, top, at, inset = 0) => {
    keys.forEach((key, index) => {
      const column = index % columns;
      const row = Math.floor(index / columns);
      at.set(key, {
        x: Math.round(left + inset + column * (CARD.width + GAP.x)),
        y: Math.round(top + row * (CARD.height + GAP.y)),
      });
    });
  };

  // From some depth on people hang in columns below their superior, indented by level, else a firm
  // of sixty would make a map ten metres wide. Depth and length of columns are those that let the
  // whole map be drawn largest in the frame.
  const hangings = (children, frame) => {
    const above = new Set([...children.values()].flat());
    const tops = [...children.keys()].filter((key) => !above.has(key));
    const rowsOf = (key) => 1 + (children.get(key) ?? []).reduce((sum, below) => sum + rowsOf(below), 0);
    const levelsOf = (key) => 1 + Math.max(0, ...(children.get(key) ?? []).map(levelsOf));
    const rows = new Map();
    const rowCount = (key) => {
      if (!rows.has(key)) rows.set(key, rowsOf(key));
      return rows.get(key);
    };
    const columnsOf = (keys, longest) => {
      const columns = [];
      let room = 0;
      keys.forEach((key) => {
        const count = rowCount(key);
        if (!columns.length || room < count) {
          columns.push([]);
          room = Math.max(longest, count);
        }
        columns.at(-1).push(key);
        room -= count;
      });
      return columns;
    };
    const block = (owner, all, longest) => {
      const columns = columnsOf(all, longest).map((keys) => ({
        keys,
        width: INSET + CARD.width + INDENT * (Math.max(...keys.map(levelsOf)) - 1),
        rows: keys.reduce((sum, key) => sum + rowCount(key), 0),
      }));
      return {
        owner, columns,
        width: columns.reduce((sum, column) => sum + column.width, 0) + GAP.x * (columns.length - 1),
        height: Math.max(...columns.map((column) => column.rows)) * (CARD.height + GAP.y) - GAP.y,
      };
    };
    const depths = new Map();
    const walk = (keys, depth) => keys.forEach((key) => {
      depths.set(key, depth);
      walk(children.get(key) ?? [], depth + 1);
    });
    walk(tops, 0);
    const deepest = Math.max(0, ...depths.values());
    const isLeaf = (key) => !children.has(key);
    let best = null;
    const weigh = (from, longest, stacked) => {
      const blocks = new Map();
      children.forEach((below, owner) => {
        const depth = depths.get(owner);
        if (depth === from) blocks.set(`b${owner}`, block(owner, below, longest));
        const leaves = below.filter(isLeaf);
        if (stacked && depth < from && leaves.length > 2) blocks.set(`l${owner}`, block(owner, leaves, SHORT));
      });
      const hung = new Set([...blocks.values()].flatMap(({ columns }) => columns.flatMap(({ keys }) => keys)));
      const cards = [...depths].filter(([key, depth]) => depth <= from && isLeaf(key) && !hung.has(key)).length;
      const width = [...blocks.values()].reduce((sum, one) => sum + one.width + GAP.x + 8, 0) + cards * (CARD.width + GAP.x + 8);
      const height = LANE + OURS.height + Math.max((deepest < from ? deepest : from) * (CARD.height + RANK) + CARD.height,
        ...[...blocks.values()].map(({ owner, height: own }) => (depths.get(owner) + 1) * (CARD.height + RANK) + own));
      const scale = Math.min(GOOD, (frame.width - 56) / width, (frame.height - 56) / height);
      if (!best || scale > best.scale * 1.04) best = { scale, from, blocks, hung };
    };
    for (let from = deepest; from >= 0; from -= 1) {
      [3, 4, 5, 6, 8, 10, 12, 16, 20, 28, 40].forEach((longest) => [false, true].forEach((stacked) => weigh(from, longest, stacked)));
    }
    return { depths, ...best };
  };

  const tree = (data, at, hung, frame) => {
    const children = childrenOf(data);
    const superiors = superiorsOf(data);
    if (!children.size) return;
    const { depths, from, blocks, hung: stacked } = hangings(children, frame);
    const graph = new window.dagre.graphlib.Graph();
    graph.setGraph({ rankdir: "TB", nodesep: GAP.x + 8, ranksep: RANK, marginx: 0, marginy: 0 });
    graph.setDefaultEdgeLabel(() => ({}));
    depths.forEach((depth, key) => depth <= from && !stacked.has(key) && graph.setNode(key, { ...CARD }));
    // A short stack reaches into the ranks below it: there its place is kept, not pushed down.
    blocks.forEach(({ owner, width, height }, name) => {
      const isStack = name.startsWith("l");
      graph.setNode(name, { width, height: isStack ? CARD.height : height });
      graph.setEdge(owner, name);
      let above = name;
      let left = isStack ? height - CARD.height : 0;
      for (let rank = depths.get(owner) + 2; left > 0 && rank <= from + 1; rank += 1) {
        const kept = `${name}/${rank}`;
        graph.setNode(kept, { width, height: rank > from ? Math.max(left - RANK, CARD.height) : CARD.height });
        graph.setEdge(above, kept);
        above = kept;
        left -= CARD.height + RANK;
      }
    });
    superiors.forEach((above, key) => graph.hasNode(key) && graph.setEdge(above, key));
    // A tree has no crossings, so people keep their order.
    window.dagre.layout(graph, { disableOptimalOrderHeuristic: true });
    // dagre centres a rank; cards of one rank shall begin on one line.
    const tops = new Map();
    graph.nodes().forEach((name) => {
      const { y, height } = graph.node(name);
      const line = Math.round(y);
      tops.set(line, Math.min(tops.get(line) ?? Infinity, y - height / 2));
    });
    graph.nodes().forEach((name) => {
      const { x, y, width } = graph.node(name);
      const top = tops.get(Math.round(y));
      if (name.includes("/")) return;
      if (!blocks.has(name)) at.set(name, { x: Math.round(x - CARD.width / 2), y: Math.round(top) });
      else hang(blocks.get(name), x - width / 2, top, children, at, hung);
    });
  };

  const hang = ({ columns }, left, top, children, at, hung) => {
    let x = left;
    columns.forEach(({ keys, width }) => {
      let row = 0;
      const put = (key, level) => {
        at.set(key, { x: Math.round(x + INSET + level * INDENT), y: Math.round(top + row * (CARD.height + GAP.y)) });
        hung.set(key, level ? "indent" : "bus");
        row += 1;
        (children.get(key) ?? []).forEach((below) => put(below, level + 1));
      };
      keys.forEach((key) => put(key, 0));
      x += width + GAP.x;
    });
  };

  const boundsOf = (at, size = CARD) => {
    const points = [...at.values()];
    if (!points.length) return { left: 0, top: 0, right: 900, bottom: 0 };
    return {
      left: Math.min(...points.map((point) => point.x)),
      top: Math.min(...points.map((point) => point.y)),
      right: Math.max(...points.map((point) => point.x)) + size.width,
      bottom: Math.max(...points.map((point) => point.y)) + size.height,
    };
  };

  // Ours stand above in a lane, each as near as there is room to those they know.
  const lane = (data, at, top, bounds) => {
    const places = new Map();
    const middle = (bounds.left + bounds.right) / 2;
    const wanted = data.ours.map(({ key }) => {
      let sum = 0;
      let weight = 0;
      data.ties.filter((tie) => tie.from === key && at.has(tie.to)).forEach((tie) => {
        sum += (at.get(tie.to).x + CARD.width / 2) * tie.strength;
        weight += tie.strength;
      });
      return { key, x: weight ? sum / weight : middle };
    }).sort((a, b) => a.x - b.x);
    const step = OURS.width + GAP.x;
    let free = -Infinity;
    wanted.forEach((item) => {
      item.x = Math.max(item.x - OURS.width / 2, free);
      free = item.x + step;
    });
    // A crowd that was pushed to the right comes back over the middle.
    const right = (wanted.at(-1)?.x ?? 0) + OURS.width;
    const back = Math.max(0, right - bounds.right);
    wanted.forEach((item) => { item.x -= Math.min(back, Math.max(0, wanted[0].x - bounds.left + back / 2)); });
    wanted.forEach(({ key, x }) => places.set(key, { x: Math.round(x), y: Math.round(top) }));
    return places;
  };

  const finish = (data, at, extra) => {
    const bounds = boundsOf(at);
    const head = extra.head ?? 0;
    const ours = lane(data, at, bounds.top - head - LANE - OURS.height, bounds);
    const both = data.ours.length ? boundsOf(ours, OURS) : bounds;
    return {
      at, ours, ...extra,
      lane: data.ours.length ? bounds.top - head - LANE / 2 : null,
      bounds: {
        left: Math.min(bounds.left, both.left), top: data.ours.length ? both.top : bounds.top - head,
        right: Math.max(bounds.right, both.right), bottom: bounds.bottom,
      },
    };
  };

  const hierarchy = (data, frame) => {
    const at = new Map();
    const hung = new Map();
    tree(data, at, hung, frame);
    const loose = data.people.map(({ key }) => key).filter((key) => !at.has(key));
    const bounds = boundsOf(at);
    if (loose.length) {
      const room = Math.floor((bounds.right - bounds.left + GAP.x) / (CARD.width + GAP.x));
      const columns = Math.max(4, Math.min(room, Math.ceil(loose.length / 2)));
      const top = at.size ? bounds.bottom + RANK : 0;
      spread({ keys: loose, columns }, bounds.left, top, at);
    }
    data.people.forEach(({ key, x, y }) => {
      if (x === null) return;
      at.set(key, { x, y });
      hung.delete(key);
    });
    return finish(data, at, { hung, axes: [] });
  };

  const WORDS = 28;
  const ROWS = [3, 2, 1, 0];
  const COLUMNS = [1, 2, 3, 4, 5, 0];

  const power = (data) => {
    const at = new Map();
    const cells = new Map();
    data.people.forEach((person) => {
      const name = `${person.power}/${person.stance}`;
      if (!cells.has(name)) cells.set(name, []);
      cells.get(name).push(person.key);
    });
    const most = Math.max(1, ...[...cells.values()].map((keys) => keys.length));
    const deep = most > 30 ? 8 : most > 12 ? 5 : 3;
    const wide = (keys, level) => Math.max(1, Math.ceil((keys?.length ?? 0) / (level ? deep : deep * 2)));
    const axes = [];
    let x = 0;
    const columns = COLUMNS.map((stance) => {
      const columnsHere = Math.max(...ROWS.map((row) => wide(cells.get(`${row}/${stance}`), row)));
      const column = { stance, x, columns: columnsHere, width: columnsHere * (CARD.width + GAP.x) + GAP.x };
      x += column.width;
      return column;
    });
    let y = 0;
    const rows = ROWS.map((level) => {
      const deepest = Math.max(1, ...columns.map(({ stance, columns: count }) => Math.ceil((cells.get(`${level}/${stance}`)?.length ?? 0) / count)));
      const row = { level, y, height: deepest * (CARD.height + GAP.y) + GAP.y + WORDS };
      y += row.height;
      return row;
    });
    rows.forEach((row) => {
      axes.push({ kind: "row", level: row.level, x: 0, y: row.y, width: x, height: row.height });
      columns.forEach((column) => {
        const keys = cells.get(`${row.level}/${column.stance}`) ?? [];
        spread({ keys, columns: column.columns }, column.x + GAP.x, row.y + GAP.y + WORDS, at);
      });
    });
    columns.forEach((column) => axes.push({ kind: "column", stance: column.stance, x: column.x, y: 0, width: column.width, height: y }));
    const done = finish(data, at, { hung: new Map(), axes, head: GAP.y + WORDS + 44 });
    Object.assign(done.bounds, { left: Math.min(0, done.bounds.left), right: Math.max(x, done.bounds.right), bottom: y });
    if (!data.ours.length) done.bounds.top = -44;
    return done;
  };

  window.kamMap = { CARD, OURS, layouts: { hierarchy, power }, superiorsOf, childrenOf, boundsOf };
})();
