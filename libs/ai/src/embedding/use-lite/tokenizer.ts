/** What stands for a space. */
const SPACE = '▁';
/** Marks of the model that no text is made of. */
const RESERVED = 6;
const UNKNOWN = 0;

interface Node {
  next: Map<string, Node>;
  piece?: { score: number; id: number };
}

/** Cuts a text into the pieces that the model knows, so that the sum of their scores is the highest. */
export class Tokenizer {
  private readonly root: Node = { next: new Map() };

  constructor(vocabulary: [piece: string, score: number][]) {
    for (const [id, [piece, score]] of vocabulary.entries()) {
      if (id < RESERVED) continue;
      let node = this.root;
      for (const symbol of piece) {
        let next = node.next.get(symbol);
        if (!next) node.next.set(symbol, (next = { next: new Map() }));
        node = next;
      }
      node.piece = { score, id };
    }
  }

  /** Ids of the pieces; what is unknown is one piece, however long. */
  encode(text: string): number[] {
    const normal = text.normalize('NFKC');
    const symbols = [...(SPACE + normal.replace(/ /g, SPACE))];
    const best = new Float64Array(symbols.length + 1).fill(Number.NEGATIVE_INFINITY);
    const ids = new Int32Array(symbols.length + 1);
    const from = new Int32Array(symbols.length + 1);
    best[0] = 0;
    for (let start = 0; start < symbols.length; start++) {
      const before = best[start] ?? 0;
      const offer = (end: number, id: number, score: number): void => {
        if (before + score < (best[end] ?? 0)) return;
        best[end] = before + score;
        ids[end] = id;
        from[end] = start;
      };
      let known = false;
      let node = this.root.next.get(symbols[start] ?? '');
      for (let end = start + 1; node; end++) {
        if (node.piece) {
          known = true;
          offer(end, node.piece.id, node.piece.score);
        }
        node = node.next.get(symbols[end] ?? '');
      }
      if (!known) offer(start + 1, UNKNOWN, 0);
    }
    const found: number[] = [];
    for (let end = symbols.length; end > 0; end = from[end] ?? 0) {
      const id = ids[end] ?? UNKNOWN;
      if (id !== UNKNOWN || found.at(-1) !== UNKNOWN) found.push(id);
    }
    return found.reverse();
  }
}
