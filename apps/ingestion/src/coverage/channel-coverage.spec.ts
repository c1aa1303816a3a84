import type { CoverageSpan, CoverageState } from '@parley/contracts';
import { channelLedger, totalsOf } from './channel-coverage';

const span = (state: CoverageState, startMs: number, endMs: number): CoverageSpan => ({
  state,
  startMs,
  endMs,
});

describe('channelLedger', () => {
  it('is pending where asr has not spoken yet', () => {
    expect(channelLedger([span('silence', 0, 400)], 1_000, null)).toEqual([
      { startMs: 0, endMs: 400, state: 'silence' },
      { startMs: 400, endMs: 1_000, state: 'pending' },
    ]);
  });

  it('is lost behind what asr speaks of, once it is done', () => {
    const claims = [span('transcribed', 0, 900)];
    expect(totalsOf(channelLedger(claims, 1_000, 900))).toMatchObject({
      transcribedMs: 900,
      lostMs: 100,
    });
  });

  it('is pending, not lost, where asr is done and its word is still on its way', () => {
    expect(channelLedger([span('transcribed', 100, 1_000)], 1_000, 1_000)).toEqual([
      { startMs: 0, endMs: 100, state: 'pending' },
      { startMs: 100, endMs: 1_000, state: 'transcribed' },
    ]);
  });

  it('says shed, not lost, of what ingestion refused', () => {
    const claims = [span('lost', 0, 500), span('shed', 0, 500)];
    expect(channelLedger(claims, 500, 500)).toEqual([{ startMs: 0, endMs: 500, state: 'shed' }]);
  });

  it('keeps the rule of what was filtered', () => {
    const claims = [{ ...span('filtered', 0, 500), rule: 'no-words' }];
    expect(channelLedger(claims, 500, 500)[0]).toMatchObject({ rule: 'no-words' });
  });

  it('puts every millisecond into exactly one state, whatever is claimed', () => {
    const states: CoverageState[] = ['transcribed', 'silence', 'filtered', 'shed', 'lost'];
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    for (let round = 0; round < 200; round++) {
      const totalMs = 1 + random(2_000);
      const claims = Array.from({ length: random(12) }, () => {
        const startMs = random(2_500);
        return span(states[random(states.length)] ?? 'lost', startMs, startMs + random(700));
      });
      const ledger = channelLedger(claims, totalMs, round % 2 === 0 ? random(2_500) : null);
      expect(ledger[0]?.startMs).toBe(0);
      expect(ledger.at(-1)?.endMs).toBe(totalMs);
      for (const [index, one] of ledger.slice(1).entries()) {
        expect(one.startMs).toBe(ledger[index]?.endMs);
      }
      const { totalMs: sum, ...parts } = totalsOf(ledger);
      expect(sum).toBe(totalMs);
      expect(Object.values(parts).reduce((all, ms) => all + ms, 0)).toBe(totalMs);
    }
  });

  // Whoever compares each claim with each other takes minutes for this.
  it('adds up a week without a pause', () => {
    const claims = Array.from({ length: 300_000 }, (_, nth) =>
      span('silence', nth * 2_000, nth * 2_000 + 1_000),
    );
    expect(totalsOf(channelLedger(claims, 600_000_000, 0))).toMatchObject({
      silenceMs: 300_000_000,
      lostMs: 300_000_000,
    });
  });
});
