// Where the cards of the account map stand: along the hierarchy (dagre) or by power and stance.
// Plain numbers in, plain numbers out; what was put by hand stays where it was put.
(() => {
  "use strict";
  const CARD = { width: 220, height: 118 };
  const OURS = { width: 188, height: 56 };
  const GAP = { x: 24, y: 16 };
  const RANK = 56;
  const LANE = 96;
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
    const columnsOf = (owner, longest) => {
      const columns = [];
      let room = 0;
      children.get(owner).forEach((key) => {
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
    const block = (owner, longest) => {
      const columns = columnsOf(owner, longest).map((keys) => ({
        keys,
        width: INSET + CARD.width + INDENT * (Math.max(...keys.map(levelsOf)) - 1),
        rows: keys.reduce((sum, key) => sum + rowCount(key), 0),
      }));
      return {
        columns,
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
    let best = null;
    for (let from = deepest; from >= 0; from -= 1) {
      const owners = [...children.keys()].filter((key) => depths.get(key) === from);
      const cards = [...depths].filter(([key, depth]) => depth <= from && !children.has(key)).length;
      [3, 4, 5, 6, 8, 10, 12, 16, 20, 28, 40].forEach((longest) => {
        const blocks = new Map(owners.map((owner) => [owner, block(owner, longest)]));
        const width = [...blocks.values()].reduce((sum, one) => sum + one.width + GAP.x + 8, 0) + cards * (CARD.width + GAP.x);
        const height = (from + 1) * (CARD.height + RANK) + Math.max(0, ...[...blocks.values()].map((one) => one.height)) + LANE + OURS.height + 140;
        const scale = Math.min(GOOD, frame.width / width, frame.height / height);
        if (!best || scale > best.scale * 1.02) best = { scale, from, blocks };
      });
    }
    return { depths, ...(best ?? { from: 0, blocks: new Map() }) };
  };

  const tree = (data, at, hung, frame) => {
    const children = childrenOf(data);
    const superiors = superiorsOf(data);
    if (!children.size) return;
    const { depths, from, blocks } = hangings(children, frame);
    const graph = new window.dagre.graphlib.Graph();
    graph.setGraph({ rankdir: "TB", nodesep: GAP.x + 8, ranksep: RANK, marginx: 0, marginy: 0 });
    graph.setDefaultEdgeLabel(() => ({}));
    depths.forEach((depth, key) => depth <= from && graph.setNode(key, { ...CARD }));
    blocks.forEach(({ width, height }, owner) => {
      graph.setNode(`b${owner}`, { width, height });
      graph.setEdge(owner, `b${owner}`);
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
      if (depths.has(name)) at.set(name, { x: Math.round(x - CARD.width / 2), y: Math.round(top) });
      else hang(blocks.get(name.slice(1)), x - width / 2, top, children, at, hung);
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

  // Ours stand below in a lane, each as near as there is room to those they know.
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
    const ours = lane(data, at, bounds.bottom + LANE, bounds);
    const both = boundsOf(ours, OURS);
    return {
      at, ours, ...extra,
      lane: data.ours.length ? bounds.bottom + LANE - 36 : null,
      bounds: {
        left: Math.min(bounds.left, data.ours.length ? both.left : bounds.left),
        top: bounds.top - (extra.head ?? 0),
        right: Math.max(bounds.right, data.ours.length ? both.right : bounds.right),
        bottom: data.ours.length ? both.bottom : bounds.bottom,
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
    const wide = (keys) => Math.max(1, Math.ceil((keys?.length ?? 0) / deep));
    const axes = [];
    let x = 0;
    const columns = COLUMNS.map((stance) => {
      const columnsHere = Math.max(...ROWS.map((row) => wide(cells.get(`${row}/${stance}`))));
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
    const done = finish(data, at, { hung: new Map(), axes, head: 52 });
    const shift = Math.max(0, y + 64 - (boundsOf(done.ours, OURS).top || 0));
    done.ours.forEach((place) => { place.y += shift; });
    done.lane = done.lane === null ? null : y + 28;
    done.bounds = { left: 0, top: -52, right: Math.max(x, done.bounds.right), bottom: Math.max(y, done.bounds.bottom + shift) };
    return done;
  };

  window.kamMap = { CARD, OURS, layouts: { hierarchy, power }, superiorsOf, childrenOf, boundsOf };
})();
