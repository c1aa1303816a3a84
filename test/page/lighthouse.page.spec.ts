import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unwrap } from '@parley/client';
import { PROJECT_ROOT } from '@parley/config';
import { freePorts } from '@parley/testing';
import { lighthouse } from './lighthouse';
import { LEFT_WITHIN_MS, STARTED_WITHIN_MS, startPerson, type Person } from './start-person';

const MINUTE = 60_000;
const HEADER_BYTES = 44;
const SPEECH = join(PROJECT_ROOT, 'test/fixtures/jfk.wav');
const AT_LEAST = 0.95;

// Real: the built system with auth on, its page, Chromium, Lighthouse.
describe('the page, as Lighthouse sees it', () => {
  let person: Person;
  let port: number;
  let meeting: string;

  beforeAll(async () => {
    [port = 0] = await freePorts(1);
    person = await startPerson(null, { debuggedOn: port });
    const { client } = person.parley;
    const body = { title: 'Speech' };
    const { id } = await unwrap(client.ingestion.POST('/v1/meetings', { body }));
    meeting = `/meetings/${id}`;
    const sender = await client.sendAudio(id);
    await sender.send(readFileSync(SPEECH).subarray(HEADER_BYTES));
    await sender.stop();
    for await (const { type } of client.subscribe(id)) {
      if (type === 'segment.final') break;
    }
  }, STARTED_WITHIN_MS);

  afterAll(async () => {
    await person.leave();
  }, LEFT_WITHIN_MS);

  it.each<[string, () => string]>([
    ['signing in', () => '/sign-in'],
    ['the meetings', () => '/'],
    ['a meeting with lines', () => meeting],
    ['the documents', () => '/documents'],
    ['the settings', () => '/settings/privacy'],
  ])(
    'has at least 95 points in accessibility and best practices: %s',
    async (_place, path) => {
      const wanted = person.parley.url + path();
      const { url, scores, lost } = await lighthouse(wanted, port);
      expect(url).toBe(wanted);
      const below = Object.entries(scores).filter(([, score]) => !(Number(score) >= AT_LEAST));
      expect({ below, lost: below.length > 0 ? lost : [] }).toEqual({ below: [], lost: [] });
    },
    3 * MINUTE,
  );
});
