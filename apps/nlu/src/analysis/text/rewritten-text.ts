import type { Span } from './span';

interface Piece {
  source: Span;
  target: Span;
}

/** A text in which stretches were replaced, that still knows where everything stood in the original. */
export class RewrittenText {
  private constructor(
    readonly text: string,
    private readonly pieces: readonly Piece[],
  ) {}

  /** `replacements` neither overlap nor need to be in order. */
  static of(source: string, replacements: readonly (Span & { by: string })[]): RewrittenText {
    const pieces: Piece[] = [];
    let text = '';
    let copied = 0;
    for (const { start, end, by } of [...replacements].sort((a, b) => a.start - b.start)) {
      text += source.slice(copied, start);
      pieces.push({
        source: { start, end },
        target: { start: text.length, end: text.length + by.length },
      });
      text += by;
      copied = end;
    }
    return new RewrittenText(text + source.slice(copied), pieces);
  }

  /** The stretch of the original that `span` of {@link text} came from, whole replacements only. */
  toSource({ start, end }: Span): Span {
    return { start: this.back(start, 'start'), end: this.back(end, 'end') };
  }

  private back(position: number, edge: 'start' | 'end'): number {
    let shift = 0;
    for (const { source, target } of this.pieces) {
      const inside =
        edge === 'start'
          ? position >= target.start && position < target.end
          : position > target.start && position <= target.end;
      if (inside) return source[edge];
      if (target.end > position) break;
      shift = source.end - target.end;
    }
    return position + shift;
  }
}
