import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { embeddedBus } from '@parley/bus';
import { unwrap } from '@parley/client';
import {
  makeEvent,
  type CoverageSpan,
  type Delivery,
  type EventData,
  type EventType,
  type Suggestion,
  type Summary,
  type SummaryLine,
} from '@parley/contracts';
import { unzipSync } from 'fflate';
import { AuditRepository } from '../audit/audit.repository';
import { RunningFeeds } from '../testing/running-feeds';
import { segmentOf } from '../testing/segment-of';
import type { MeetingExport } from './meeting-export';

const run = promisify(execFile);
const AUDIO_MS = 10_000;

// Real: the service over HTTP and its audio socket, the client, Postgres (embedded), the in-memory bus; ffmpeg
// reads the subtitles. The other services are not there: the test speaks for them on the bus.
describe('an exported meeting', () => {
  let feeds: RunningFeeds;
  let folder: string;

  beforeAll(async () => {
    feeds = await RunningFeeds.start();
    folder = await mkdtemp(join(tmpdir(), 'parley-exports-'));
  }, 60_000);

  afterAll(async () => {
    await feeds.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function tell<Type extends EventType>(
    meetingId: string,
    type: Type,
    data: EventData[Type],
  ): Promise<void> {
    await embeddedBus()?.bus.publish(makeEvent(type, data, { meetingId }));
  }

  async function export_(id: string, format: string): Promise<[string, Headers]> {
    const response = await fetch(`${feeds.url}/v1/meetings/${id}/export?format=${format}`);
    expect(response.status).toBe(200);
    return [await response.text(), response.headers];
  }

  async function recordOf(id: string): Promise<MeetingExport> {
    const [text] = await export_(id, 'json');
    return JSON.parse(text) as MeetingExport;
  }

  /** Ten seconds of audio, of which two were lost; two lines, a task that was approved, a summary. */
  async function heldMeeting(): Promise<string> {
    const made = feeds.client.ingestion.POST('/v1/meetings', {
      body: {
        title: 'Review of <Q4> & *plans*',
        startedAt: '2026-11-24T09:00:00Z',
        timeZone: 'Europe/Berlin',
        participants: [{ name: 'Ann [Sales]', channel: 'ann' }],
      },
    });
    const { id } = await unwrap(made);
    const sender = await feeds.client.sendAudio(id, { channel: 'ann' });
    await sender.send(Buffer.alloc(AUDIO_MS * 32));
    await sender.stop();

    const speaker = { id: 'ann', name: 'Ann [Sales]' };
    const first = {
      ...segmentOf(id, 0, 'Send <b>the offer</b> & call *Ben*.'),
      speaker,
      overlaps: [{ startMs: 200, endMs: 700 }],
    };
    const second = { ...segmentOf(id, 1, 'Done --> soon\n\n# really'), speaker };
    for (const segment of [first, second]) await tell(id, 'transcript.final', { segment });
    await tell(id, 'transcript.final', {
      segment: { ...second, text: 'Done.', revision: 1 },
    });
    const spans: CoverageSpan[] = [
      { startMs: 0, endMs: 2_000, state: 'transcribed' },
      { startMs: 2_000, endMs: 8_000, state: 'silence' },
      { startMs: 8_000, endMs: AUDIO_MS, state: 'lost' },
    ];
    await tell(id, 'transcript.covered', { channel: 'ann', spans });
    await tell(id, 'transcript.completed', { channel: 'ann', lastMs: AUDIO_MS, finals: 2 });

    const suggestion = taskOf(id);
    await tell(id, 'suggestion.created', { suggestion });
    await tell(id, 'suggestion.decided', {
      suggestion: { ...suggestion, status: 'approved', decidedBy: 'Ann' },
    });
    await tell(id, 'delivery.succeeded', { delivery: deliveryOf(id) });
    const summary = summaryOf(id, first.id);
    await tell(id, 'summary.updated', { version: summary.version, summary });
    await unwrap(
      feeds.client.ingestion.POST('/v1/meetings/{id}/end', { params: { path: { id } } }),
    );
    return id;
  }

  it('holds, as JSON, the last word on everything, and all of its audio accounted for', async () => {
    const id = await heldMeeting();
    const record = await recordOf(id);
    expect(record).toMatchObject({
      meeting: { id, status: 'ended' },
      summary: { status: 'final' },
      segments: [
        { text: 'Send <b>the offer</b> & call *Ben*.', overlaps: [{ startMs: 200, endMs: 700 }] },
        { text: 'Done.', revision: 1 },
      ],
      suggestions: [{ status: 'approved', decidedBy: 'Ann' }],
      deliveries: [{ status: 'succeeded' }],
      coverage: { totalMs: AUDIO_MS, transcribedMs: 2_000, silenceMs: 6_000, lostMs: 2_000 },
    });
    const after = await feeds.read(id, 'sse', 1, { lastEventId: record.cursor });
    expect(after.map(({ type }) => type)).toEqual(['meeting.ended']);
  });

  it('is, as a ZIP archive, all of these and more, with a hash of each', async () => {
    const id = await heldMeeting();
    const decided = makeEvent(
      'audit.recorded',
      {
        action: 'suggestion.rejected',
        actor: { id: 'key:1', name: 'Ann' },
        subjectId: taskOf(id).id,
        details: { kind: 'task', evidenceHash: 'x' },
      },
      { meetingId: id },
    );
    await embeddedBus()?.bus.publish(decided);
    const response = await fetch(`${feeds.url}/v1/meetings/${id}/export?format=zip`);
    expect(response.headers.get('content-type')).toBe('application/zip');
    const entries = unzipSync(new Uint8Array(await response.arrayBuffer()));
    const read = (name: string) => Buffer.from(entries[name] ?? []);
    const manifest = JSON.parse(read('manifest.json').toString()) as {
      files: { name: string; sha256: string }[];
      leftOut: unknown[];
    };
    expect(manifest.leftOut).toEqual([]);
    expect(manifest.files.map(({ name }) => name)).toEqual([
      'meeting.json',
      'timeline.json',
      'transcript.json',
      'transcript.md',
      'transcript.vtt',
      'transcript.srt',
      'summary.json',
      'insights.json',
      'suggestions.json',
      'deliveries.json',
      'consents.json',
      'coverage.json',
      'audit.json',
    ]);
    for (const { name, sha256 } of manifest.files) {
      expect(createHash('sha256').update(read(name)).digest('hex')).toBe(sha256);
    }
    const timeline = JSON.parse(read('timeline.json').toString()) as { cursor: number }[];
    expect(timeline.map(({ cursor }) => cursor)).toEqual(timeline.map((_, at) => at + 1));
    expect(JSON.parse(read('audit.json').toString())).toMatchObject([
      { action: 'suggestion.rejected', subjectId: taskOf(id).id },
    ]);
    expect(read('transcript.srt').toString()).toContain('Done.');
  });

  it('lets go of an archive whose reader went away', async () => {
    const id = await heldMeeting();
    for (let at = 0; at < 8; at += 1) {
      const leaving = new AbortController();
      const url = `${feeds.url}/v1/meetings/${id}/export?format=zip`;
      const response = await fetch(url, { signal: leaving.signal });
      expect(response.status).toBe(200);
      leaving.abort();
    }
  });

  it('is cut off when its making fails midway, so that nobody waits for the rest', async () => {
    const id = await heldMeeting();
    const audit = feeds.app.get(AuditRepository, { strict: false });
    jest.spyOn(audit, 'about').mockRejectedValueOnce(new Error('the database is away'));
    const read = fetch(`${feeds.url}/v1/meetings/${id}/export?format=zip`).then((response) =>
      response.arrayBuffer(),
    );
    await expect(read).rejects.toThrow();
  });

  it('reads, as Markdown, like minutes, in which nothing that was said is markup', async () => {
    const id = await heldMeeting();
    const [text, headers] = await export_(id, 'md');
    expect(headers.get('content-type')).toBe('text/markdown; charset=utf-8');
    expect(headers.get('content-disposition')).toBe(
      'attachment; filename="2026-11-24 Review of Q4 plans.md"',
    );
    expect(text.replace(/^Tuesday.*$/m, '(when)')).toBe(
      [
        '# Review of \\<Q4\\> \\& \\*plans\\*',
        '(when)',
        '## Summary',
        '### Tasks',
        '- [ ] Send the offer (Ann \\[Sales\\]; by 2026-11-27; 0:00:00)',
        '## Suggestions',
        '- Send the offer (approved by Ann; webhook succeeded)',
        '## Transcript',
        '**Ann \\[Sales\\]** 0:00:00 Send \\<b\\>the offer\\</b\\> \\& call \\*Ben\\*. *(several at once)*',
        '**Ann \\[Sales\\]** 0:00:01 Done.',
        '## Audio',
        'Of 10.0 s of audio: 2.0 s transcribed, 6.0 s silent, 2.0 s lost.',
        '- 0:00:08 to 0:00:10, ann: lost\n',
      ].join('\n\n'),
    );
    expect(text).toMatch(/^Tuesday,? 24 November 2026\b.*\b10:00\b.*\(Europe\/Berlin\) · Ann/m);
  });

  it.each(['vtt', 'srt'])(
    'plays, as %s, with who speaks and where audio is missing',
    async (format) => {
      const [text] = await export_(await heldMeeting(), format);
      const file = join(folder, `meeting.${format}`);
      await writeFile(file, text);
      const read = join(folder, `read-of-${format}.srt`);
      await run('ffmpeg', ['-v', 'error', '-y', '-i', file, read]);
      const cues = (await readFile(read, 'utf8')).replace(/\{\\an\d\}/g, '');
      expect(cues.match(/-->/g)).toHaveLength(3);
      expect(cues).toContain('the offer');
      expect(cues).toContain('00:00:08,000 --> 00:00:10,000\n[audio lost]');
      expect(text).toContain('Ann [Sales]');
    },
  );

  it('says what it does not know of a meeting that has only begun', async () => {
    const id = await feeds.newMeeting();
    const [text] = await export_(id, 'md');
    for (const sentence of [
      'The meeting was still going on',
      'No summary has been made yet.',
      'No words were found.',
      'No audio was received.',
    ]) {
      expect(text).toContain(sentence);
    }
    expect(text).not.toMatch(/decision|task/i);
  });

  it('is whole, however long the meeting', async () => {
    const id = await feeds.newMeeting();
    const LINES = 2_001;
    for (let ordinal = 0; ordinal < LINES; ordinal++) await feeds.store(id, ordinal);
    const record = await recordOf(id);
    expect(record.segments).toHaveLength(LINES);
    expect(record.cursor).toBe(LINES);
  }, 60_000);

  it('is refused for a meeting that is not there, and in a format that nobody knows', async () => {
    const missing = await fetch(`${feeds.url}/v1/meetings/${crypto.randomUUID()}/export`);
    expect(missing.status).toBe(404);
    const id = await feeds.newMeeting();
    const unknown = await fetch(`${feeds.url}/v1/meetings/${id}/export?format=docx`);
    expect([unknown.status, await unknown.text()]).toEqual([400, expect.stringContaining('vtt')]);
  });
});

function taskOf(meetingId: string): Suggestion {
  return {
    id: 'suggestion-1',
    meetingId,
    kind: 'task',
    text: 'Send the offer',
    arguments: { title: 'Send the offer' },
    confidence: 0.9,
    reasons: ['Somebody was asked to.'],
    citations: [],
    status: 'pending',
    engine: 'test',
    degraded: false,
  };
}

function deliveryOf(meetingId: string): Delivery {
  return {
    id: 'delivery-1',
    actionId: 'action-1',
    suggestionId: 'suggestion-1',
    meetingId,
    provider: 'webhook',
    tool: 'webhook.post',
    status: 'succeeded',
    attempts: [],
  };
}

function summaryOf(meetingId: string, segmentId: string): Summary {
  const task: SummaryLine = {
    id: 'line-1',
    text: 'Send the offer',
    citations: [{ type: 'segment', id: segmentId, quote: 'Send the offer' }],
    supported: true,
    owner: 'Ann [Sales]',
    dueDate: '2026-11-27',
  };
  const sections = {
    objectives: [],
    keyPoints: [],
    decisions: [],
    tasks: [task],
    openQuestions: [],
  };
  return { meetingId, version: 2, status: 'final', sections, engine: 'test', degraded: false };
}
