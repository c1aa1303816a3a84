import type { Segment, Suggestion, Summary, TimelineType } from '@parley/contracts';
import { segmentOf } from '../testing/segment-of';
import { TimelineFold } from './fold-timeline';

const said = segmentOf('00000000-0000-7000-8000-000000000000', 1, 'Ship it.');

describe('a folded timeline', () => {
  it('has each segment once, in its last revision, in the order in which they were said', () => {
    const earlier = { ...said, id: 'earlier', startMs: 0, text: 'So.' };
    const { segments, cursor } = fold(
      ['segment.final', said],
      ['segment.revised', { ...said, revision: 2, text: 'Ship it today.' }],
      ['segment.revised', { ...said, revision: 1, text: 'Chip it.' }],
      ['segment.final', earlier],
    );
    expect(segments.map(({ text }: Segment) => text)).toEqual(['So.', 'Ship it today.']);
    expect(cursor).toBe(4);
  });

  it('has what was decided of a suggestion, also when the decision came first', () => {
    const pending = { id: 'one', status: 'pending' } as Suggestion;
    const approved = { ...pending, status: 'approved' as const };
    const made = ['suggestion', pending] as const;
    const decided = ['suggestion.decided', approved] as const;
    expect(fold(made, decided).suggestions).toEqual([approved]);
    expect(fold(decided, made).suggestions).toEqual([approved]);
  });

  it('has the newest summary, whichever came last', () => {
    const [first, second] = [{ version: 1 }, { version: 2 }] as [Summary, Summary];
    expect(fold(['summary', second], ['summary', first]).summary).toBe(second);
    expect(fold().summary).toBeNull();
  });
});

function fold(...entries: (readonly [TimelineType, unknown])[]): TimelineFold['state'] {
  const folding = new TimelineFold();
  for (const [index, [type, data]] of entries.entries()) {
    folding.add({ cursor: index + 1, type, data, meetingId: 'm', at: '' });
  }
  return folding.state;
}
