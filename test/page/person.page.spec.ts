import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { tcpGate, throughGate } from '@parley/testing';
import type { Page } from 'playwright-core';
import { eventually } from '../harness/eventually';
import { barriers, openBrowser, type TestBrowser } from './browser';
import { lookEverywhere } from './look-everywhere';
import { PageServer } from './page-server';
import type { RunningPage } from './running-page';
import { signIn } from './sign-in';
import { LEFT_WITHIN_MS, STARTED_WITHIN_MS, startPerson, type Person } from './start-person';
import { spokenExcerpt } from './spoken-excerpt';

const MINUTE = 60_000;
/** Speech of twenty seconds is understood well within this. */
const HEARD_WITHIN = { timeout: 90_000 };
/** "Next, Thomas will send the new pricing page to the design team by Friday." and what follows. */
const EXCERPT = { fromMs: 83_500, toMs: 94_500 };

// Real: the built system with auth on, its page, Chromium. The microphone hears a stretch of the sample meeting.
describe('a person at the page', () => {
  let person: Person;
  let parley: RunningPage;
  let browser: TestBrowser;
  let page: Page;
  let recording: string;

  beforeAll(async () => {
    recording = await spokenExcerpt(EXCERPT.fromMs, EXCERPT.toMs);
    person = await startPerson(recording, { signedIn: false });
    ({ parley, browser, page } = person);
  }, STARTED_WITHIN_MS);

  afterAll(async () => {
    await person.leave();
    rmSync(dirname(recording), { recursive: true });
  }, LEFT_WITHIN_MS);

  it('is asked for a key, told when it is wrong, and led to where they wanted to go', async () => {
    await page.goto(`${parley.url}/`);
    await page.waitForURL('**/sign-in?next=%2F');
    expect(await barriers(page)).toEqual([]);
    await page.getByLabel('API key').fill('not-the-key');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('This key is not valid here.').waitFor();
    await page.getByLabel('API key').fill(parley.key);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('No meeting yet.').waitFor();
    expect(await barriers(page)).toEqual([]);
    // No script can read it, and it is not the key.
    const [cookie] = await browser.context.cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
    expect(decodeURIComponent(cookie?.value ?? '')).not.toContain(parley.key);
    // Both wrong tries and the page before signing in are refusals that a browser reports.
    browser.complaints.splice(0);
  });

  it(
    'starts a meeting, speaks, and reads what was said',
    async () => {
      await page.getByLabel('What is it about?').fill('Launch review');
      await page.getByLabel('Who is there?').fill('Thomas, Emma');
      await page.getByRole('button', { name: 'Start', exact: true }).click();
      await page.getByRole('heading', { name: 'Launch review' }).waitFor();
      await page.getByText('Up to date').waitFor();
      await page.getByRole('button', { name: 'Microphone', exact: true }).click();
      await page.getByRole('button', { name: 'Stop listening' }).waitFor();
      await page
        .getByRole('log')
        .getByText(/pricing page/)
        .waitFor(HEARD_WITHIN);
      expect(await barriers(page)).toEqual([]);
    },
    3 * MINUTE,
  );

  it(
    'sees what is proposed and why, approves it, and sees that it was done, once',
    async () => {
      const card = page
        .getByRole('article')
        .filter({ hasText: /pricing page/ })
        .first();
      await card.waitFor(HEARD_WITHIN);
      await card.getByText('Why?').click();
      await card.getByRole('button', { name: 'Show in the transcript' }).first().click();
      expect(await barriers(page)).toEqual([]);
      await card.getByRole('button', { name: 'Approve', exact: true }).click();
      await page.getByRole('tab', { name: /Done/ }).click();
      await page.getByText('file · ').waitFor();
      await page.getByRole('tabpanel').getByText('Done', { exact: true }).waitFor();
      const lines = readdirSync(join(parley.dataDir, 'deliveries'), { recursive: true })
        .map(String)
        .filter((name) => /\.\w+$/.test(name))
        .flatMap((name) =>
          readFileSync(join(parley.dataDir, 'deliveries', name), 'utf8').split('\n'),
        );
      expect(lines.filter((line) => /pricing page/i.test(line)).length).toBeGreaterThan(0);
    },
    3 * MINUTE,
  );

  it('follows a line from its audio to what was carried out', async () => {
    const line = page
      .getByRole('log')
      .getByRole('listitem')
      .filter({ hasText: /pricing page/ })
      .first();
    await line.hover();
    const opens = line.getByRole('button', { name: /^How this came about/ });
    await opens.click();
    const trace = page.getByRole('dialog', { name: 'How this line came about' });
    const heard = trace.getByRole('table', { name: 'From the audio to the transcript' });
    for (const step of ['First word arrived', 'Last word arrived', 'Final text', 'Written down']) {
      await heard.getByRole('row').filter({ hasText: step }).getByText(/ s$/).waitFor();
    }
    await trace.getByText('Decided: approved, by operator').waitFor();
    await trace.getByText('Tried: done, file').waitFor();
    await trace.getByText('Reported: done, file').waitFor();
    expect(await trace.getByText('not recorded').count()).toBe(0);
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await trace.waitFor({ state: 'detached' });
    await page.locator('[data-line-button="trace"]:focus').waitFor();
  });

  it('is told when the connection is lost, and when it is back nothing is missing or twice', async () => {
    const { ingestion } = parley.services;
    const gate = await tcpGate(ingestion);
    await gate.open();
    const services = { ...parley.services, ingestion: throughGate(ingestion, gate) };
    const server = await PageServer.start(services);
    const other = await openBrowser(null);
    await signIn(other.page, { url: server.url, key: parley.key });
    await other.page.goto(server.url + new URL(page.url()).pathname);
    await other.page.getByText('Up to date').waitFor();
    const lines = other.page.getByRole('log').getByRole('listitem');
    await lines
      .getByText(/pricing page/)
      .first()
      .waitFor();
    await gate.shut();
    await other.page.getByText('Connection lost. What is said meanwhile is shown').waitFor();
    expect(await barriers(other.page)).toEqual([]);
    await gate.open();
    await other.page.getByText('Up to date').waitFor();
    // It goes on meanwhile: the page beside it, whose line held, says what there is.
    const undisturbed = page.getByRole('log').getByRole('listitem');
    await eventually('the two pages do not show the same lines', LEFT_WITHIN_MS, async () => {
      const [here, there] = await Promise.all([lines.allInnerTexts(), undisturbed.allInnerTexts()]);
      return here.length > 0 && isDeepStrictEqual(here, there);
    });
    await other.close();
    await server.stop();
    await gate.shut();
  });

  it('goes off the record, sees it said, and back again', async () => {
    await page.getByRole('button', { name: 'Go off the record' }).click();
    await page.getByText('Off the record: nothing is kept.').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Go on the record' }).click();
    await page.getByText('The transcript is kept.').waitFor();
  });

  it('asks, and is answered with the words that say it, or told that nobody did', async () => {
    await page.getByRole('tab', { name: 'Ask' }).click();
    const question = page.getByLabel('Ask about this meeting');
    await question.fill('Who will send the pricing page?');
    await question.press('Enter');
    const answers = page.getByRole('tabpanel').getByRole('article');
    await answers.filter({ hasText: /Thomas will send/ }).waitFor();
    await question.fill('What is the name of the cat?');
    await question.press('Enter');
    await answers.getByText('Neither this meeting nor your documents say that.').waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it(
    'ends the meeting and finds its summary, with the task in it',
    async () => {
      await page.getByRole('button', { name: 'End meeting' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'End meeting' }).click();
      await page.getByText('Final', { exact: true }).waitFor(HEARD_WITHIN);
      await page
        .getByRole('region', { name: 'Tasks' })
        .getByText(/pricing page/)
        .waitFor();
      expect(await barriers(page)).toEqual([]);
    },
    3 * MINUTE,
  );

  it('puts the summary right, and it says who did', async () => {
    const tasks = page.getByRole('region', { name: 'Tasks' });
    await tasks
      .getByRole('button', { name: /^Edit: .*pricing page/ })
      .first()
      .click();
    await tasks.getByRole('textbox', { name: /What it says/ }).fill('Send the new price list');
    await tasks.getByRole('textbox', { name: 'Who does it' }).fill('Thomas');
    expect(await barriers(page)).toEqual([]);
    await tasks.getByRole('button', { name: 'Save' }).click();
    await tasks.getByText('Send the new price list').waitFor();
    await tasks.getByText(/^by /).waitFor();

    const decisions = page.getByRole('region', { name: 'Decisions' });
    await decisions.getByRole('button', { name: 'Add: Decisions' }).click();
    await decisions.getByRole('textbox', { name: /What it says/ }).fill('We meet on Mondays.');
    await decisions.getByRole('button', { name: 'Save' }).click();
    await decisions.getByText('We meet on Mondays.').waitFor();
    await page.reload();
    await page.getByText(/^Edited, by /).waitFor();
    await decisions.getByText('We meet on Mondays.').waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it('adds a document and finds what stands in it', async () => {
    await page.getByRole('link', { name: 'Documents' }).click();
    await page.getByText('No document yet.').waitFor();
    await page
      .getByLabel('Choose files')
      .last()
      .setInputFiles({
        name: 'handbook.md',
        mimeType: 'text/markdown',
        buffer: Buffer.from('# Backups\n\nBackups are kept for thirty days, then deleted.\n'),
      });
    await page.getByText('Added: handbook.md').waitFor();
    await page
      .getByRole('searchbox', { name: 'Search in documents' })
      .fill('How long are backups kept?');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.getByText('thirty days').first().waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it('drops two files at once, and is told of each', async () => {
    const files = await page.evaluateHandle(`(() => {
      const carried = new DataTransfer();
      carried.items.add(new File(['# Holidays\\n\\nThirty days a year.'], 'holidays.md'));
      carried.items.add(new File(['# Keys\\n\\nThe porter has them.'], 'keys.md'));
      return carried;
    })()`);
    const area = page.getByText('Drop files here, or choose them');
    await area.dispatchEvent('dragover', { dataTransfer: files });
    await area.dispatchEvent('drop', { dataTransfer: files });
    await page.getByText('Added: holidays.md').waitFor();
    await page.getByText('Added: keys.md').waitFor();
    await page
      .getByRole('link', { name: /keys|Keys/ })
      .first()
      .waitFor();
  });

  it('is told why a file cannot be read', async () => {
    await page
      .getByLabel('Choose files')
      .last()
      .setInputFiles({
        name: 'picture.pdf',
        mimeType: 'application/pdf',
        buffer: Buffer.from('this is no PDF at all'),
      });
    await page
      .getByRole('alert')
      .filter({ hasText: /document|cannot|type/i })
      .waitFor();
    browser.complaints.splice(0);
  });

  it('deletes a meeting, and it is gone', async () => {
    await page.getByRole('link', { name: 'Meetings' }).click();
    await page.getByRole('link', { name: /Launch review/ }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await page.waitForURL(`${parley.url}/`);
    await page.getByText('No meeting yet.').waitFor();
  });

  it('sees that all six services are well', async () => {
    await page.getByRole('link', { name: 'Status' }).click();
    await page.getByText('Healthy').nth(5).waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it('can do all that on a telephone', async () => {
    for (const place of ['/', '/documents', '/status']) {
      await page.goto(`${parley.url}${place}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect({ place, found: await lookEverywhere(page, [390]) }).toEqual({ place, found: [] });
    }
  });

  it('was never sent elsewhere, and the page kept to its own policy', () => {
    expect(browser.complaints).toEqual([]);
  });
});
