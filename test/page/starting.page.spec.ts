import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';
import { toVtt } from '@parley/contracts';
import type { Locator, Page } from 'playwright-core';
import { barriers, type TestBrowser } from './browser';
import { lookEverywhere } from './look-everywhere';
import type { RunningPage } from './running-page';
import { LEFT_WITHIN_MS, STARTED_WITHIN_MS, startPerson, type Person } from './start-person';
import { spokenExcerpt } from './spoken-excerpt';

const MINUTE = 60_000;
/** One of the voices of the sample meeting. */
const TWO_MINUTES = join(PROJECT_ROOT, 'apps/standalone/sample/laura.ogg');
const HEARD_WITHIN = { timeout: 90_000 };

// Real: the built system with auth on, its page, Chromium. The microphone hears a stretch of the sample meeting.
describe('a person who starts a meeting', () => {
  let person: Person;
  let parley: RunningPage;
  let browser: TestBrowser;
  let page: Page;
  let recording: string;
  let banner: Locator;

  beforeAll(async () => {
    recording = await spokenExcerpt(83_500, 94_500);
    person = await startPerson(recording);
    ({ parley, browser, page } = person);
    banner = page.getByRole('region', { name: 'Privacy' });
  }, STARTED_WITHIN_MS);

  afterAll(async () => {
    await person.leave();
    rmSync(dirname(recording), { recursive: true });
  }, LEFT_WITHIN_MS);

  it('chooses what is kept, and notes what each person said to being recorded', async () => {
    await page.getByLabel('What is it about?').fill('Launch review');
    await page.getByLabel('Who is there?').fill('Thomas, Emma, Laura');
    await page.getByLabel('Said by Thomas').selectOption('Agreed aloud');
    await page.getByLabel('Own microphone: Thomas').check();
    await page.getByLabel('Said by Emma').selectOption('Does not agree');
    await page.getByText('Emma does not agree. On a microphone that several share').waitFor();
    await page.getByText('Language, words, personal data').click();
    await page.getByLabel('Names and words to expect').fill('Northwind, Keycloak');
    const keep = page.getByLabel(/^Keep the audio/);
    await keep.check();
    const redact = page.getByLabel(/^Take addresses/);
    await redact.check();
    await page.getByText('audio says them all the same').waitFor();
    expect(await keep.isDisabled()).toBe(true);
    await redact.uncheck();
    expect(await keep.isChecked()).toBe(true);
    const names = page.getByLabel(/^Take names of people/);
    await names.check();
    expect(await keep.isDisabled()).toBe(true);
    await names.uncheck();
    expect(await keep.isChecked()).toBe(true);
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByRole('heading', { name: 'Launch review' }).waitFor();

    const { data } = await parley.client.ingestion.GET('/v1/meetings');
    const [meeting] = data?.items ?? [];
    expect(meeting).toMatchObject({
      privacyMode: 'transcript',
      keepAudio: true,
      redactPersonalData: false,
      redactNames: false,
      vocabulary: ['Northwind', 'Keycloak'],
      participants: [
        { name: 'Thomas', consent: 'granted', channel: 'own-1-thomas' },
        { name: 'Emma', consent: 'declined' },
        { name: 'Laura', consent: 'unknown' },
      ],
    });
    await banner.getByText('Emma does not agree').waitFor();
  });

  it('sees that the microphone hears, before anything is sent', async () => {
    await page.getByRole('button', { name: 'Check the sound' }).click();
    await page.getByText('Speak: the bars should move. Nothing is sent.').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByText('No audio yet').waitFor();
    await page.getByRole('button', { name: 'Stop the check' }).click();
    await page.getByRole('meter').waitFor({ state: 'detached' });
  });

  it(
    'is heard on a microphone of their own, while a shared one is withheld',
    async () => {
      await page.getByLabel('Whose microphone is it?').selectOption('Thomas');
      await page.getByRole('button', { name: 'Microphone', exact: true }).click();
      await page.getByRole('button', { name: 'Stop listening' }).waitFor();
      await page
        .getByRole('log')
        .getByText(/pricing page/)
        .waitFor(HEARD_WITHIN);
      await page.getByRole('button', { name: 'Stop listening' }).click();
      await page.getByLabel('Whose microphone is it?').selectOption('Several people');
      await page.getByRole('button', { name: 'Microphone', exact: true }).click();
      await page
        .getByText(/^Withheld/)
        .first()
        .waitFor(HEARD_WITHIN);
      await page.getByRole('button', { name: 'Stop listening' }).click();
    },
    3 * MINUTE,
  );

  it('speaks on after a pause, on the same microphone, and hears that it is taken elsewhere', async () => {
    const speak = async (on: Page): Promise<void> => {
      await on.getByLabel('Whose microphone is it?').selectOption('Thomas');
      await on.getByRole('button', { name: 'Microphone', exact: true }).click();
    };
    await speak(page);
    await page.getByRole('button', { name: 'Stop listening' }).waitFor();
    const second = await browser.context.newPage();
    await second.goto(page.url());
    await speak(second);
    await second
      .getByRole('alert')
      .filter({ hasText: 'Somebody else is speaking on this channel' })
      .waitFor();
    await second.close();
    await page.bringToFront();
    await page.getByRole('button', { name: 'Stop listening' }).click();
    await page.getByRole('button', { name: 'Microphone', exact: true }).waitFor();
  });

  it('takes over captions from a file, all but what was said by who does not agree', async () => {
    await page.reload();
    await page.getByText('Up to date').waitFor();
    const captions = toVtt([
      { startMs: 0, endMs: 2_000, speaker: 'Thomas', text: 'The invoices go out on Tuesday.' },
      { startMs: 2_000, endMs: 4_000, speaker: 'Emma', text: 'My own invoice is wrong.' },
    ]);
    await page.locator('input[type=file]').setInputFiles({
      name: 'earlier.vtt',
      mimeType: 'text/vtt',
      buffer: Buffer.from(captions),
    });
    await page.getByText('1 line was taken over from the file. 1 may not be kept').waitFor();
    const line = page
      .getByRole('log')
      .getByRole('listitem')
      .filter({ hasText: /invoices go out/ });
    await line.getByText('Thomas').waitFor();
    expect(await page.getByText('My own invoice').count()).toBe(0);
    expect(await barriers(page)).toEqual([]);
  });

  it('withdraws a consent, sees who noted it, and notes another', async () => {
    await banner.getByRole('button', { name: 'Consents: 1 of 3 agreed' }).click();
    const people = page.getByRole('dialog', { name: 'Who agreed to being recorded' });
    await people
      .getByText(/^aloud, .* noted by/)
      .nth(1)
      .waitFor();
    await people.getByRole('button', { name: 'Withdraw: Thomas' }).click();
    await banner.getByText('Thomas, Emma do not agree').waitFor();
    expect(await barriers(page)).toEqual([]);
    for (const name of ['Thomas', 'Emma', 'Laura']) {
      await people.getByLabel(`How they said so: ${name}`).selectOption('in writing');
      await people.getByRole('button', { name: `Agrees: ${name}` }).click();
      await people.getByRole('button', { name: `Withdraw: ${name}` }).waitFor();
    }
    await page.keyboard.press('Escape');
    await banner.getByRole('button', { name: 'Consents: All agreed' }).waitFor();
    expect(await banner.getByText('agree.').count()).toBe(0);
  });

  it(
    'has a recording heard, sees how far it is, and reads what was said in it',
    async () => {
      await page.locator('input[type=file]').setInputFiles(TWO_MINUTES);
      await page.getByText(/^The recording: \d:\d\d of 2:01 heard$/).waitFor();
      expect(await barriers(page)).toEqual([]);
      await page.getByText('The recording was heard to its end.').waitFor(HEARD_WITHIN);
      await page
        .getByRole('log')
        .getByRole('listitem')
        .filter({ hasText: /have a great day/ })
        .waitFor(HEARD_WITHIN);
      await page.reload();
      await page.getByText('The recording was heard to its end.').waitFor();
    },
    4 * MINUTE,
  );

  it('makes it notes-only while it runs, told what that means, and cannot take that back', async () => {
    await banner.getByRole('button', { name: 'Change', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'What is kept from now on' });
    await dialog.getByRole('radio', { name: /Notes only/ }).check();
    await dialog.getByText(/never becomes a transcript again/).waitFor();
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Change', exact: true }).click();
    await banner.getByText('Notes only: summary, decisions and tasks are kept').waitFor();
    // The feed may tell it before the answer that closes the form has come.
    await dialog.waitFor({ state: 'hidden' });
    await banner.getByRole('button', { name: 'Change', exact: true }).click();
    const transcript = page.getByRole('dialog').getByRole('radio', { name: /Transcript/ });
    expect(await transcript.isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await banner.getByRole('button', { name: 'Go off the record' }).click();
    await banner.getByText('Off the record: nothing is kept.').waitFor();
    await banner.getByRole('button', { name: 'Go on the record' }).click();
    await banner.getByText('Notes only: summary').waitFor();
    // The service refused to make it a transcript again; the page then asked for notes-only.
    browser.complaints.splice(0);
  });

  it('can do all that by day and by night, on a telephone too', async () => {
    const meeting = page.url();
    for (const place of ['/', new URL(meeting).pathname]) {
      await page.goto(parley.url + place);
      await page.getByRole('heading', { level: 1 }).waitFor();
      const found = await lookEverywhere(page, [390, 1_280]);
      expect({ place, found }).toEqual({ place, found: [] });
    }
  });

  it('was never sent elsewhere, and the page kept to its own policy', () => {
    expect(browser.complaints).toEqual([]);
  });
});
