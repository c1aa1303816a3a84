import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unwrap } from '@parley/client';
import { PROJECT_ROOT } from '@parley/config';
import { barriers, openBrowser, type TestBrowser } from './browser';
import { startPage, type RunningPage } from './running-page';

const MINUTE = 60_000;
const HEADER_BYTES = 44;
const SPEECH = join(PROJECT_ROOT, 'test/fixtures/jfk.wav');

// Real: the built system with auth on, its page, Chromium, a recording.
describe('a person who wants to hear a line again', () => {
  let parley: RunningPage;
  let browser: TestBrowser;
  let meetingId: string;

  beforeAll(async () => {
    parley = await startPage();
    const { client } = parley;
    const body = { title: 'Speech', keepAudio: true };
    ({ id: meetingId } = await unwrap(client.ingestion.POST('/v1/meetings', { body })));
    const sender = await client.sendAudio(meetingId);
    await sender.send(readFileSync(SPEECH).subarray(HEADER_BYTES));
    await sender.stop();
    const params = { path: { id: meetingId } };
    await unwrap(client.ingestion.POST('/v1/meetings/{id}/end', { params }));
    for await (const { type } of client.subscribe(meetingId)) {
      if (type === 'summary') break;
    }
    browser = await openBrowser(SPEECH);
  }, 8 * MINUTE);

  afterAll(async () => {
    await browser.close();
    await parley.stop();
  }, MINUTE);

  it(
    'presses play, hears it, and stops it with the same key',
    async () => {
      const { page } = browser;
      await page.goto(`${parley.url}/sign-in?next=${encodeURIComponent(`/meetings/${meetingId}`)}`);
      await page.getByLabel('API key').fill(parley.key);
      await page.getByRole('button', { name: 'Sign in' }).click();
      const play = page.getByRole('button', { name: /^Play what was said: .*country/i }).first();
      await play.waitFor({ state: 'attached' });
      const asked = page.waitForResponse(/\/recording\?/);
      await play.focus();
      await page.keyboard.press('Enter');
      const answer = await asked;
      expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'audio/wav']);
      const stop = page.getByRole('button', { name: /^Stop playing: / });
      await stop.waitFor();
      expect(await barriers(page)).toEqual([]);
      await page.keyboard.press('Enter');
      await stop.waitFor({ state: 'detached' });
      expect(browser.complaints.filter((said) => !said.includes('401'))).toEqual([]);
    },
    2 * MINUTE,
  );
});
