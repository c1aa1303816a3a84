import { AudioJournal, BYTES_PER_MS } from './audio-journal';

const audio = (ms: number) => new Uint8Array(ms * BYTES_PER_MS);

describe('AudioJournal', () => {
  it('keeps what is not acknowledged, to the byte, and no more', () => {
    const journal = new AudioJournal(1_000);
    journal.audio(audio(100));
    journal.gap(50);
    journal.audio(audio(100));
    journal.acknowledge(1_040);
    expect(journal.heldMs).toBe(160);
    journal.acknowledge(1_120);
    expect(journal.unacknowledged).toMatchObject([
      { kind: 'gap', startMs: 1_120, endMs: 1_150 },
      { kind: 'audio', startByte: 1_150 * BYTES_PER_MS },
    ]);
    journal.acknowledge(1_250);
    expect([journal.isEmpty, journal.heldMs, journal.endMs]).toEqual([true, 0, 1_250]);
  });

  it('is not led back by an older acknowledgement', () => {
    const journal = new AudioJournal(500);
    journal.audio(audio(10));
    journal.acknowledge(400);
    expect([journal.acknowledgedMs, journal.heldMs]).toEqual([500, 10]);
  });

  it('goes on where the service says that it is further', () => {
    const journal = new AudioJournal(0);
    journal.acknowledge(700);
    expect([journal.endMs, journal.isEmpty]).toEqual([700, true]);
  });

  it('keeps the rest of an unfinished millisecond, and drops it before a gap', () => {
    const journal = new AudioJournal(0);
    journal.audio(new Uint8Array(BYTES_PER_MS + 5));
    journal.acknowledge(1);
    expect(journal.unacknowledged).toMatchObject([{ startByte: BYTES_PER_MS }]);
    journal.gap(9);
    expect(journal.endMs).toBe(10);
  });
});
