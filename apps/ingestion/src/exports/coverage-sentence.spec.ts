import type { ChannelCoverage, CoverageTotals } from '@parley/contracts';
import { coverageSentence } from './coverage-sentence';

const nothing: CoverageTotals = {
  totalMs: 0,
  transcribedMs: 0,
  silenceMs: 0,
  filteredMs: 0,
  withheldMs: 0,
  pendingMs: 0,
  shedMs: 0,
  lostMs: 0,
};

describe('the sentence about the coverage', () => {
  it('names every part that there is', () => {
    const all: CoverageTotals = {
      totalMs: 28_000,
      transcribedMs: 7_000,
      silenceMs: 6_000,
      filteredMs: 5_000,
      withheldMs: 4_000,
      pendingMs: 3_000,
      shedMs: 2_000,
      lostMs: 1_000,
    };
    expect(coverageSentence({ ...all, channels: [] })).toBe(
      'Of 28.0 s of audio: 7.0 s transcribed, 6.0 s silent, 5.0 s without a word in it, 4.0 s off the record, ' +
        '3.0 s not looked at yet, 2.0 s given up under load, 1.0 s lost.',
    );
  });

  it('adds channels up, and says so', () => {
    const channels = ['ann', 'ben'].map((channel): ChannelCoverage => ({ ...nothing, channel }));
    const totals = { ...nothing, totalMs: 2_000, silenceMs: 2_000 };
    expect(coverageSentence({ ...totals, channels })).toBe(
      'Of 2.0 s of audio on 2 channels: 2.0 s silent.',
    );
  });

  it('does not speak of silence where nothing was received', () => {
    expect(coverageSentence({ ...nothing, channels: [] })).toBe('No audio was received.');
  });
});
