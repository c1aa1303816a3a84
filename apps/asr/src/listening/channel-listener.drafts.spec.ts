import { setImmediate } from 'node:timers/promises';
import { HeardChannel } from '../testing/heard-channel';
import { defaultPolicy } from './endpointer';

// Fake: the engine and what tells speech from silence.
describe('the drafts of a channel', () => {
  it('are of what is being said, again and again, and never after the final', async () => {
    const setup = new HeardChannel();
    await setup.speech(3_200);
    expect(setup.sink.drafts.length).toBeGreaterThanOrEqual(3);
    await setup.silence(1_000);
    await setup.end();
    const drafts = setup.sink.drafts.length;
    await setup.listener.drained();
    expect(setup.sink.drafts).toHaveLength(drafts);
  });

  it('keep what two of them agreed on, and the final has its own words', async () => {
    const setup = new HeardChannel();
    const heard = ['we will chip', 'we will ship', 'he will ship on', 'she will skip on Friday'];
    setup.engine.answer = () => heard.shift() ?? 'he skips Friday';
    await setup.speech(3_600);
    const confirmed = setup.sink.drafts.map(({ text, stableLength }) =>
      text.slice(0, stableLength),
    );
    expect(setup.sink.drafts.map(({ text }) => text)).toEqual([
      'we will chip',
      'we will ship',
      'we will ship on',
      'we will ship on Friday',
    ]);
    expect(confirmed).toEqual(['', 'we will', 'we will ship', 'we will ship on']);
    await setup.end();
    expect(setup.sink.texts).toEqual(['he skips Friday']);
  });

  it('come again soon until one has words, and then less often', async () => {
    const setup = new HeardChannel();
    const heard = ['', 'the the the the the the', 'we'];
    setup.engine.answer = () => heard.shift() ?? 'we ship';
    await setup.speech(1_600);
    expect(setup.sink.drafts.map(({ text }) => text)).toEqual(['we']);
    await setup.speech(640);
    expect(setup.sink.drafts.map(({ text }) => text)).toEqual(['we', 'we ship']);
    const decodedMs = setup.engine.heard.map(({ length }) => length / 16);
    expect((decodedMs[2] ?? 0) - (decodedMs[0] ?? 0)).toBeLessThan(400);
    expect((decodedMs[3] ?? 0) - (decodedMs[2] ?? 0)).toBeGreaterThanOrEqual(700);
    await setup.end();
  });

  it('do not come one after the other of a noise in which there are no words', async () => {
    const setup = new HeardChannel();
    setup.engine.answer = () => '';
    await setup.speech(2_000);
    const early = setup.engine.heard.length;
    await setup.speech(7_000);
    expect(setup.engine.heard.length - early).toBeLessThanOrEqual(10);
    await setup.end();
    expect(setup.sink.drafts).toEqual([]);
  });

  it('are not made where nobody is shown them', async () => {
    const setup = new HeardChannel({ drafts: false });
    await setup.speech(6_000);
    expect(setup.engine.heard).toHaveLength(0);
    await setup.end();
    expect(setup.sink.texts).toHaveLength(1);
  });

  it('confirm nothing of another utterance', async () => {
    const setup = new HeardChannel();
    setup.engine.answer = () => 'yes';
    for (let turn = 0; turn < 2; turn++) {
      await setup.speech(960);
      await setup.silence(150);
      expect(setup.sink.drafts.map(({ stableLength }) => stableLength)).toEqual([0]);
      await setup.silence(1_000);
      setup.sink.drafts.length = 0;
    }
  });

  it('hear no less, one after the other', async () => {
    const setup = new HeardChannel();
    let answerLate: (text: string) => void = () => undefined;
    const late = new Promise<string>((resolve) => (answerLate = resolve));
    setup.engine.answer = () => (setup.engine.heard.length === 1 ? late : 'we ship on Friday');
    await setup.speech(960);
    await setup.silence(300);
    answerLate('we chip');
    await setImmediate();
    expect(setup.engine.heard).toHaveLength(2);
    expect(setup.sink.drafts.map(({ text }) => text)).toEqual(['we ship on Friday']);
  });

  it('hear no more than the longest utterance again, however long somebody goes on', async () => {
    const setup = new HeardChannel();
    await setup.speech(60_000);
    await setup.end();
    const longestMs = Math.max(...setup.engine.heard.map(({ length }) => length / 16));
    expect(longestMs).toBeLessThanOrEqual(defaultPolicy.longestMs);
    expect(setup.sink.drafts.length).toBeGreaterThan(30);
  });
});
