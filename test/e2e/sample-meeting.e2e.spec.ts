import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';
import type { Answer } from '@parley/contracts';
import {
  ParleyProblem,
  unwrap,
  type ApprovedAction,
  type Delivery,
  type TimelineEntry,
} from '@parley/client';
import { spokenWords, WebhookReceiver, wordErrorRate } from '@parley/testing';
import { playSample, type SampleRun } from '../../apps/standalone/src/demo/play-sample';
import { startParley, type RunningParley } from './running-parley';

const MINUTES = 60_000;
const SAMPLE = join(PROJECT_ROOT, 'apps/standalone/sample/questions.json');
const { listed } = JSON.parse(readFileSync(SAMPLE, 'utf8')) as {
  /** An answer is words that what is cited holds; null when nobody answered. */
  listed: { question: string; answer: string | null }[];
};

type DataOf<Type> = Extract<TimelineEntry, { type: Type }>['data'];

// Every answer is compared with the committed document of its service. Real: the built system in a process of its own, its database, models, sockets and HTTP, and the
// receiver of the webhook. The meeting is spoken in real time. Nothing is faked.
describe('the sample meeting, from the microphone to a delivered action', () => {
  let parley: RunningParley;
  let receiver: WebhookReceiver;
  let run: SampleRun;
  const timeline: TimelineEntry[] = [];
  const of = <Type extends TimelineEntry['type']>(type: Type): DataOf<Type>[] =>
    timeline.filter((entry) => entry.type === type).map(({ data }) => data as DataOf<Type>);
  const theMeeting = () => ({ params: { path: { id: run.meeting.id } } });

  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
    parley = await startParley({ OUTBOUND_ALLOW_HOSTS: receiver.hostAndPort });
    run = await playSample(
      parley.client,
      (entry) => timeline.push(entry),
      AbortSignal.timeout(5 * MINUTES),
    );
    await run.finished;
  }, 6 * MINUTES);

  afterAll(async () => {
    await parley.stop();
    await receiver.stop();
  }, MINUTES);

  it('shows provisional text while people talk', () => {
    expect(of('segment.partial').length).toBeGreaterThan(10);
  });

  it('is transcribed, each speaker by name and every segment once', async () => {
    const { items } = await unwrap(
      parley.client.asr.GET('/v1/meetings/{id}/transcript', {
        params: { path: { id: run.meeting.id }, query: { limit: 200 } },
      }),
    );
    const heard = [...items].sort((a, b) => a.startMs - b.startMs);
    const said = run.sample.turns;
    expect(
      wordErrorRate(
        said.map(({ text }) => text).join(' '),
        heard.map(({ text }) => text).join(' '),
      ),
    ).toBeLessThan(0.2);
    expect(new Set(items.map(({ speaker }) => speaker?.name))).toEqual(
      new Set(run.sample.participants.map(({ name }) => name)),
    );
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    expect(
      of('segment.final')
        .map(({ id }) => id)
        .sort(),
    ).toEqual(items.map(({ id }) => id).sort());
  });

  it('has every millisecond of its audio accounted for, and none lost', async () => {
    const coverage = await unwrap(
      parley.client.ingestion.GET('/v1/meetings/{id}/coverage', theMeeting()),
    );
    const { totalMs, transcribedMs, silenceMs, filteredMs, withheldMs } = coverage;
    expect(coverage).toMatchObject({ pendingMs: 0, shedMs: 0, lostMs: 0 });
    expect(transcribedMs + silenceMs + filteredMs + withheldMs).toBe(totalMs);
    expect(coverage.channels).toHaveLength(run.sample.participants.length);
    for (const turn of run.sample.turns) {
      const heardMs = coverage.spans
        .filter(({ channel, state }) => channel === turn.channel && state === 'transcribed')
        .reduce(
          (sum, { startMs, endMs }) =>
            sum + Math.max(0, Math.min(endMs, turn.endMs) - Math.max(startMs, turn.startMs)),
          0,
        );
      expect(heardMs / (turn.endMs - turn.startMs)).toBeGreaterThan(0.8);
    }
  });

  it('is understood: questions, a decision, tasks', () => {
    const intents = new Set(of('insight').map(({ intent }) => intent));
    expect([...intents]).toEqual(expect.arrayContaining(['question', 'decision', 'task']));
  });

  it('is answered from the documents, with the passage that says so', () => {
    const facts = of('suggestion').filter(({ kind }) => kind === 'fact');
    const refund = facts.find(({ text }) => text.includes('30 days'));
    const passage = refund?.citations.find(({ type }) => type === 'chunk');
    expect(passage?.quote).toContain('30 days');
    expect(passage?.source).toBeTruthy();
    expect(refund?.citations.some(({ type }) => type === 'segment')).toBe(true);
  });

  it('leads to a task with the owner who was named, and to one that nobody owns yet', () => {
    const tasks = of('suggestion').filter(({ kind }) => kind === 'task');
    const pricing = tasks.find(({ text }) => /pricing page/i.test(text));
    expect(pricing?.arguments).toMatchObject({ owner: 'Thomas' });
    expect(pricing?.arguments.dueDate).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    const help = tasks.find(({ text }) => /help cent/i.test(text));
    expect(help).toBeDefined();
    expect(help?.arguments).not.toHaveProperty('owner');
  });

  it('ends in a summary in which every line cites what was said', async () => {
    const summary = await unwrap(
      parley.client.agent.GET('/v1/meetings/{id}/summary', theMeeting()),
    );
    expect(summary.status).toBe('final');
    expect(summary.sections.decisions.length).toBeGreaterThan(0);
    expect(summary.sections.tasks.length).toBeGreaterThan(0);
    const segments = new Map(of('segment.final').map((segment) => [segment.id, segment]));
    for (const line of Object.values(summary.sections).flat()) {
      expect(line.supported).toBe(true);
      for (const { id, quote } of line.citations) expect(segments.get(id)?.text).toContain(quote);
    }
  });

  it(
    'is asked its ten listed questions, and answers each with a quote of what was heard',
    async () => {
      const segments = new Map(of('segment.final').map((segment) => [segment.id, segment.text]));
      for (const { question, answer } of listed.filter((one) => one.answer !== null)) {
        const { found, citations } = await ask(parley.client.urls.agent, run.meeting.id, question);
        expect([question, found]).toEqual([question, true]);
        for (const { id, quote } of citations) expect(segments.get(id)).toContain(quote);
        const cited = citations.map(({ id }) => segments.get(id)).join(' ');
        const missing = missingWords(answer ?? '', cited);
        // What is heard may differ by a word from what is said.
        expect([question, missing, missing.length <= 1]).toEqual([question, missing, true]);
      }
    },
    MINUTES,
  );

  it('says of the two that nobody answered that nothing answers them', async () => {
    for (const { question } of listed.filter((one) => one.answer === null)) {
      const { found, citations } = await ask(parley.client.urls.agent, run.meeting.id, question);
      expect([question, found, citations]).toEqual([question, false, []]);
    }
  });

  it('is carried out once when a person approves, however often they press', async () => {
    const { client } = parley;
    const { url, secret } = receiver;
    const connection = await unwrap(
      client.integrations.POST('/v1/connections', {
        body: { provider: 'webhook', name: 'Team hook', settings: { url, secret } },
      }),
    );
    const task = of('suggestion').find(({ kind }) => kind === 'task');
    const approve = (): Promise<ApprovedAction> =>
      unwrap(
        client.agent.POST('/v1/suggestions/{id}/approve', {
          params: { path: { id: String(task?.id) } },
          body: { connectionId: connection.id },
        }),
      );
    const presses = await Promise.allSettled(Array.from({ length: 100 }, approve));
    const accepted = presses.filter((press) => press.status === 'fulfilled');
    expect(accepted).toHaveLength(1);
    for (const press of presses) {
      if (press.status === 'rejected') expect(press.reason).toMatchObject({ status: 409 });
    }
    const actionId = accepted[0]?.value.action.id;

    await receiver.waitFor(1);
    let delivered: Delivery | undefined;
    for await (const { type, data } of client.subscribe(run.meeting.id)) {
      if (type === 'delivery') delivered = data;
      if (delivered) break;
    }
    expect(delivered).toMatchObject({ actionId, status: 'succeeded', provider: 'webhook' });
    expect(receiver.requests).toHaveLength(1);
    expect(receiver.requests[0]).toMatchObject({ verified: true, json: { actionId } });
  });

  it('refuses to carry out what was rejected', async () => {
    const { client } = parley;
    const other = of('suggestion').find(({ kind }) => kind === 'fact');
    const params = { path: { id: String(other?.id) } };
    await unwrap(
      client.agent.POST('/v1/suggestions/{id}/reject', { params, body: { reason: 'not needed' } }),
    );
    const approval = unwrap(
      client.agent.POST('/v1/suggestions/{id}/approve', { params, body: {} }),
    );
    await expect(approval).rejects.toBeInstanceOf(ParleyProblem);
    await expect(approval).rejects.toMatchObject({ status: 409, code: 'suggestion-decided' });
  });

  it('shows a viewer who comes later the same timeline, without a gap or a repeat', async () => {
    const cursors: number[] = [];
    const last = Math.max(...timeline.map(({ cursor }) => cursor ?? 0));
    for await (const { cursor } of parley.client.subscribe(run.meeting.id)) {
      cursors.push(cursor ?? 0);
      if (cursor === last) break;
    }
    expect(cursors).toEqual(Array.from({ length: last }, (_, index) => index + 1));
  });

  it('takes no more audio once it has ended, and says so', async () => {
    const { items } = await unwrap(parley.client.ingestion.GET('/v1/meetings'));
    expect(items.map(({ status }) => status)).toEqual(['ended']);
    await expect(parley.client.sendAudio(run.meeting.id)).rejects.toMatchObject({
      code: 'meeting-ended',
    });
  });

  it('got no answer and no event that is not as the documents say', () => {
    expect(parley.contract.violations).toEqual([]);
    expect(parley.contract.checked).toBeGreaterThan(timeline.length);
  });

  it('stops cleanly on Ctrl-C', async () => {
    expect(await parley.interrupt()).toBe(0);
    expect(parley.output()).toContain('Stopped.');
  });
});

/** Asks over HTTP, and reads the stream to its end. */
async function ask(url: string, meetingId: string, question: string): Promise<Answer> {
  const response = await fetch(`${url}/v1/meetings/${meetingId}/ask`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ question }),
  });
  const done = /^event: done\ndata: (.*)$/m.exec(await response.text())?.[1];
  if (done === undefined) throw new Error(`no answer to: ${question}`);
  return JSON.parse(done) as Answer;
}

/** A number in figures is the number in words. */
function missingWords(wanted: string, text: string): string[] {
  const held = new Set(spokenWords(text));
  return spokenWords(wanted).filter((word) => !held.has(word));
}
