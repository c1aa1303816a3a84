import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeAudio } from '@parley/audio';
import { unwrap, type UploadedRecording } from '@parley/client';
import { newId } from '@parley/contracts';
import { DataSource } from 'typeorm';
import { LogReader } from '../testing/log-reader';
import { RunningRecordings } from '../testing/running-recordings';
import { until } from '../testing/until';
import { UploadEntity } from './upload.entity';
import { UploadsRepository } from './uploads.repository';

const SAMPLE = join(__dirname, '../../../standalone/sample');
/** Two minutes of one voice, far more than a channel may be ahead. */
const LONG = readFileSync(join(SAMPLE, 'laura.ogg'));
const SHORT = readFileSync(join(__dirname, '../../../../test/fixtures/jfk.wav'));

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

// Real: the service, its database, files and decoders. The bus is the embedded one; the test reads it as asr does.
describe('a recording that is uploaded', () => {
  let running: RunningRecordings;

  beforeAll(async () => {
    running = await RunningRecordings.start({ RECORDING_MAX_UPLOAD_BYTES: '1000000' });
  });

  afterAll(async () => {
    await running.stop();
  });

  const created = async (body: object = {}) =>
    (await running.created({ keepAudio: false, ...body })).id;
  const path = (id: string) => ({ params: { path: { id } } });

  async function upload(
    id: string,
    file: Buffer | null,
    fields: Record<string, string> = {},
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    if (file) form.set('file', new Blob([new Uint8Array(file)]), 'talk');
    const url = `${running.feeds.url}/v1/meetings/${id}/recordings`;
    const answer = await fetch(url, { method: 'POST', body: form, headers });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }
  const codeOf = ({ body }: Answer) => String(body.type).split('/').at(-1);
  const list = async (id: string): Promise<UploadedRecording[]> =>
    (await unwrap(running.ingestion.GET('/v1/meetings/{id}/recordings', path(id)))).items;
  const only = async (id: string) => (await list(id))[0];
  const comesTo = (id: string, status: UploadedRecording['status']) =>
    until(async () => (await only(id))?.status === status);
  const stops = async () =>
    (await unwrap(running.ingestion.GET('/v1/audit'))).items.filter(
      ({ action }) => action === 'recording.stopped',
    );
  /** A file goes a moment after everybody is told. */
  const untilFilesAreGone = (...ids: string[]) =>
    until(() => ids.every((id) => running.filesOf(id).length === 0));
  const isEnd = ({ kind }: { kind: string }) => kind === 'end';

  it.each([
    ['OGG/Opus', LONG, 'recording'],
    ['WAV', SHORT, 'room'],
  ])('of %s is heard to its last sample, then its file is gone', async (_, file, channel) => {
    const id = await created();
    const { pcm, durationMs } = await decodeAudio(file);
    const answer = await upload(id, file, channel === 'recording' ? {} : { channel });
    expect(answer).toMatchObject({ status: 202, body: { channel, durationMs } });
    const asr = new LogReader(id);
    await asr.readUntil(isEnd);
    expect(asr.pcm.equals(pcm)).toBe(true);
    expect(asr.entries.at(-1)).toEqual({ kind: 'end', channel, endMs: durationMs });
    await comesTo(id, 'heard');
    expect(await only(id)).toMatchObject({ receivedMs: durationMs, reason: null });
    await untilFilesAreGone(id);
  });

  it('is kept sealed until then, and says how far it is', async () => {
    const id = await created();
    await upload(id, LONG);
    await comesTo(id, 'hearing');
    const [file, ...others] = running.filesOf(id);
    expect(others).toEqual([]);
    const sealed = readFileSync(file ?? '');
    expect(sealed.includes(LONG.subarray(200, 232))).toBe(false);
    // Nobody reads: it goes as far as a channel may be ahead.
    await until(async () => ((await only(id))?.receivedMs ?? 0) >= 30_000);
    expect((await only(id))?.receivedMs).toBeLessThan(33_000);
    await new LogReader(id).readUntil(isEnd);
  });

  it('goes on where it was when its replica is replaced: nothing twice, nothing missing', async () => {
    const id = await created();
    await upload(id, LONG);
    await until(async () => ((await only(id))?.receivedMs ?? 0) >= 30_000);
    await running.feeds.replace();
    const asr = new LogReader(id);
    await asr.readUntil(isEnd);
    expect(asr.pcm.equals((await decodeAudio(LONG)).pcm)).toBe(true);
    await comesTo(id, 'heard');
  });

  it('ends its meeting once it was heard, where that was wanted', async () => {
    const id = await created();
    await upload(id, SHORT, { endMeeting: 'true' });
    await comesTo(id, 'heard');
    const meeting = await unwrap(running.ingestion.GET('/v1/meetings/{id}', path(id)));
    expect(meeting.status).toBe('ended');
  });

  it('is stopped by whoever wants no more of it, and by the end of the meeting', async () => {
    const [mine, ended] = [await created(), await created()];
    const { body } = await upload(mine, LONG);
    await comesTo(mine, 'hearing');
    await upload(ended, LONG);
    const which = { params: { path: { id: mine, recordingId: String(body.id) } } };
    await unwrap(running.ingestion.DELETE('/v1/meetings/{id}/recordings/{recordingId}', which));
    await unwrap(running.ingestion.POST('/v1/meetings/{id}/end', path(ended)));
    // It waits for room: the reader makes some.
    await new LogReader(mine).readUntil(isEnd);
    await comesTo(mine, 'stopped');
    await comesTo(ended, 'stopped');
    await untilFilesAreGone(mine, ended);
    // Pressed again: that it was stopped, and by whom, is noted once.
    await unwrap(running.ingestion.DELETE('/v1/meetings/{id}/recordings/{recordingId}', which));
    await until(async () => (await stops()).length > 0);
    expect(await stops()).toEqual([expect.objectContaining({ subjectId: body.id })]);
  });

  it('says what of it is damaged, and why it cannot be heard at all', async () => {
    const [id, damaged] = [await created(), await created()];
    await upload(damaged, Buffer.concat([LONG.subarray(0, 100_000), LONG.subarray(200_000)]));
    await new LogReader(damaged).readUntil(isEnd);
    await comesTo(damaged, 'heard');
    expect((await only(damaged))?.reason).toMatch(/^The file is damaged: \d\d s of what/);
    const text = await upload(id, Buffer.from('This is no recording. '.repeat(99)));
    expect([text.status, codeOf(text)]).toEqual([422, 'unsupported-audio']);
    expect(await list(id)).toEqual([]);
    const empty = await upload(id, Buffer.alloc(0));
    expect([empty.status, codeOf(empty)]).toEqual([422, 'unsupported-audio']);
  });

  it('is refused where there is nothing to send it to', async () => {
    const [id, over, secret] = [
      await created(),
      await created(),
      await created({ privacyMode: 'off-the-record' }),
    ];
    await unwrap(running.ingestion.POST('/v1/meetings/{id}/end', path(over)));
    const codes = async (answer: Promise<Answer>) => [(await answer).status, codeOf(await answer)];
    expect(await codes(upload(newId(), SHORT))).toEqual([404, 'meeting-not-found']);
    expect(await codes(upload(over, SHORT))).toEqual([409, 'meeting-ended']);
    expect(await codes(upload(secret, SHORT))).toEqual([409, 'conflict']);
    expect(await codes(upload(id, null))).toEqual([400, 'validation-failed']);
    expect(await codes(upload(id, SHORT, { endMeeting: 'perhaps' }))).toEqual([
      400,
      'validation-failed',
    ]);
    expect(await codes(upload(id, Buffer.alloc(1_100_000)))).toEqual([413, 'payload-too-large']);
    expect((await upload(id, SHORT, { channel: 'room' })).status).toBe(202);
    expect(await codes(upload(id, SHORT, { channel: 'room' }))).toEqual([409, 'conflict']);
  });

  it('is refused where nothing of it might be kept, since when it may not', async () => {
    const [quiet, unwilling] = [
      await created(),
      await created({ participants: [{ name: 'Ann' }] }),
    ];
    await unwrap(
      running.ingestion.PATCH('/v1/meetings/{id}', {
        ...path(quiet),
        body: { privacyMode: 'off-the-record' },
      }),
    );
    const { participants } = await unwrap(
      running.ingestion.GET('/v1/meetings/{id}', path(unwilling)),
    );
    const ann = { id: unwilling, participantId: participants[0]?.id ?? '' };
    await unwrap(
      running.ingestion.PUT('/v1/meetings/{id}/participants/{participantId}/consent', {
        params: { path: ann },
        body: { consent: 'declined', method: 'spoken' },
      }),
    );
    const refused = await Promise.all([upload(quiet, SHORT), upload(unwilling, SHORT)]);
    expect(refused.map((answer) => [answer.status, codeOf(answer)])).toEqual([
      [409, 'conflict'],
      [409, 'conflict'],
    ]);
    expect([...running.filesOf(quiet), ...running.filesOf(unwilling)]).toEqual([]);
  });

  it('has a channel of its own beside others, unless it is told one', async () => {
    const id = await created();
    const answers = [await upload(id, SHORT), await upload(id, SHORT)];
    expect(answers.map(({ body }) => body.channel)).toEqual(['recording', 'recording-2']);
  });

  it('is not ended by a hearing that was taken over and does not know it yet', async () => {
    const id = await created();
    await upload(id, LONG);
    await comesTo(id, 'hearing');
    const { id: uploadId = '' } = (await only(id)) ?? {};
    const uploads = running.feeds.app.get(UploadsRepository, { strict: false });
    const rows = running.feeds.app.get(DataSource, { strict: false });
    const [held] = await rows.query<{ holder: string }[]>(
      `UPDATE ingestion.uploads SET holder = gen_random_uuid() WHERE id = $1 RETURNING holder`,
      [uploadId],
    );
    expect(held).toBeDefined();
    const stale = {
      ...(await rows.getRepository(UploadEntity).findOneByOrFail({ id: uploadId })),
      holder: newId<string>(),
    };
    expect(await uploads.renew(stale)).toBe('lost');
    expect(await uploads.over(stale, 'stopped', null)).toBe(false);
    await uploads.later(stale, { seconds: 0, reason: null, failed: true });
    expect(await only(id)).toMatchObject({ status: 'hearing' });
    // Its new holder dies: somebody else takes it up.
    await rows.query(`UPDATE ingestion.uploads SET next_at = now() WHERE id = $1`, [uploadId]);
    await new LogReader(id).readUntil(isEnd);
    await comesTo(id, 'heard');
  });

  it('counts once when it is sent again under the same key', async () => {
    const id = await created();
    const key = { 'idempotency-key': 'the-same-recording' };
    const first = await upload(id, SHORT, {}, key);
    const again = await upload(id, SHORT, {}, key);
    expect(again).toEqual(first);
    expect(await list(id)).toHaveLength(1);
  });

  it('goes with its meeting, heard or not', async () => {
    const id = await created();
    await upload(id, LONG);
    await comesTo(id, 'hearing');
    await running.ingestion.DELETE('/v1/meetings/{id}', path(id));
    await until(() => running.filesOf(id).length === 0);
    const other = await created();
    await upload(other, SHORT);
    await comesTo(other, 'heard');
  });
});
