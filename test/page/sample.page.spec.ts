import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';
import type { Locator, Page } from 'playwright-core';
import { barriers, openBrowser, type TestBrowser } from './browser';
import { signIn } from './sign-in';
import { LEFT_WITHIN_MS, STARTED_WITHIN_MS, startPerson, type Person } from './start-person';
import { lookEverywhere } from './look-everywhere';
import type { RunningPage } from './running-page';

const MINUTE = 60_000;
/** What is spoken at the end of two minutes is understood well within this. */
const HEARD_WITHIN = { timeout: 3 * MINUTE };

jest.setTimeout(2 * MINUTE);

// Real: the built system with auth on, its page, Chromium, the sample's recordings played by the browser.
describe('a person who plays the sample meeting', () => {
  let person: Person;
  let parley: RunningPage;
  let browser: TestBrowser;
  let page: Page;
  let log: Locator;
  let meeting: string;

  beforeAll(async () => {
    person = await startPerson(join(PROJECT_ROOT, 'test/fixtures/jfk.wav'), { patienceMs: MINUTE });
    ({ parley, browser, page } = person);
    log = page.getByRole('log');
  }, STARTED_WITHIN_MS);

  afterAll(async () => {
    await person.leave();
  }, LEFT_WITHIN_MS);

  const speaker = (name: string): Locator => log.getByRole('button', { name, exact: true }).first();
  /** What the suggestion proposes that has the focus. */
  const chosen = (): Promise<string> =>
    page.locator('[data-suggestion]:focus').getByRole('paragraph').first().innerText();

  it(
    'hears it with one click, each voice under its name',
    async () => {
      await page.getByRole('button', { name: 'Play the sample meeting' }).click();
      await page.waitForURL('**/meetings/*');
      meeting = page.url();
      await page.getByRole('button', { name: 'Stop playing' }).waitFor();
      await page.getByRole('button', { name: 'Mute' }).click();
      await speaker('Laura').waitFor();
      await speaker('Thomas').waitFor();
      await speaker('Daniel').waitFor();
      expect(await barriers(page)).toEqual([]);
    },
    2 * MINUTE,
  );

  it('says who a voice is, and all that it said is theirs', async () => {
    await speaker('Thomas').click();
    expect(await barriers(page)).toEqual([]);
    await page.getByLabel('Name', { exact: true }).fill('Tom Berger');
    await page.getByRole('button', { name: 'Rename' }).click();
    await speaker('Tom Berger').waitFor();
    expect(await log.getByRole('button', { name: 'Thomas', exact: true }).count()).toBe(0);
  });

  it('makes two voices one when they are', async () => {
    await speaker('Daniel').click();
    await page.getByLabel('Same person as').selectOption({ label: 'Tom Berger' });
    await page.getByRole('button', { name: 'Make them one' }).click();
    await log
      .getByRole('listitem')
      .filter({ hasText: /too short/ })
      .getByText('Tom Berger')
      .waitFor();
    expect(await log.getByRole('button', { name: 'Daniel', exact: true }).count()).toBe(0);
  });

  it('corrects what was misheard, and it stays corrected', async () => {
    const line = log.getByRole('listitem').filter({ hasText: /Good morning/ });
    await line.hover();
    await line.getByRole('button', { name: /^Correct/ }).click();
    await page.getByLabel('What was said').fill('Good morning, all of you.');
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await log.getByText('Good morning, all of you.').waitFor();
    const { id } = (await parley.client.ingestion.GET('/v1/meetings')).data?.items[0] ?? { id: '' };
    const params = { path: { id } };
    const { data } = await parley.client.asr.GET('/v1/meetings/{id}/transcript', { params });
    expect(data?.items[0]).toMatchObject({ text: 'Good morning, all of you.', revision: 1 });
  });

  it(
    'follows a fact to where it stands in its document, while the meeting goes on',
    async () => {
      await page.getByRole('tab', { name: /Facts/ }).click();
      const facts = page.getByRole('tabpanel', { name: /Facts/ });
      await facts.getByRole('link').first().click(HEARD_WITHIN);
      const passage = page.locator('[aria-current="location"]');
      await passage.waitFor();
      await passage.getByText('Cited passage').waitFor();
      expect(page.url()).toMatch(/\/documents\/[\w-]+\?chunk=/);
      expect(await barriers(page)).toEqual([]);
      await page.goBack();
      // It plays on, or has come to its end meanwhile.
      const playing = page.getByRole('button', { name: 'Stop playing' });
      await playing
        .or(page.getByRole('button', { name: 'Delete' }))
        .first()
        .waitFor();
    },
    4 * MINUTE,
  );

  it(
    'finds the meeting ended and summed up when the last word is spoken, and nothing lost',
    async () => {
      await page.getByText('Final', { exact: true }).waitFor(HEARD_WITHIN);
      await page
        .getByRole('region', { name: 'Decisions' })
        .getByText(/Tuesday/)
        .first()
        .waitFor();
      expect(await page.getByText(/Not received|Dropped under load/).count()).toBe(0);
      await page.emulateMedia({ reducedMotion: 'reduce' });
      const decided = page.getByRole('region', { name: 'Decisions' }).getByRole('listitem');
      await decided.first().getByRole('button').first().click();
      await page.locator('.flash').waitFor();
      const seconds = await page.evaluate<number>(
        'parseFloat(getComputedStyle(document.querySelector(".flash")).animationDuration)',
      );
      expect(seconds).toBeLessThan(0.001);
    },
    4 * MINUTE,
  );

  it('is told what it was about, and led to where that began', async () => {
    const topics = page.getByRole('navigation', { name: 'Topics' });
    await topics.getByRole('button', { name: /^0:0\d \w/ }).click();
    await log.locator('.flash').getByText('Good morning, all of you.').waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it('notes a line as a decision, which stands in the summary and on the line', async () => {
    const line = log.getByRole('listitem').filter({ hasText: /my team is ready/ });
    await line.hover();
    await line.getByRole('button', { name: /^Note in the summary/ }).click();
    expect(await barriers(page)).toEqual([]);
    await line.getByRole('button', { name: 'Decision' }).click();
    await page
      .getByRole('region', { name: 'Decisions' })
      .getByText(/my team is ready/)
      .waitFor();
    await line.getByText('Decision', { exact: true }).waitFor();
    expect(await line.getByRole('group').count()).toBe(0);
    await page.getByRole('button', { name: /^Note in the summary: .*my team is ready/ }).click();
    expect(await line.getByRole('button', { name: 'Decision' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await line.getByRole('group').waitFor({ state: 'detached' });
  });

  it(
    'decides with single keys, which are letters again where somebody types',
    async () => {
      await page.keyboard.press('/');
      await page.keyboard.type('jar?');
      const question = page.getByLabel('Ask about this meeting');
      expect(await question.inputValue()).toBe('jar?');
      await question.fill('');
      await question.blur();
      await page.keyboard.press('?');
      const help = page.getByRole('dialog', { name: 'Keyboard' });
      await help.waitFor();
      expect(await barriers(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await help.waitFor({ state: 'detached' });
      await page.keyboard.press('j');
      const first = await chosen();
      await page.keyboard.press('j');
      expect(await chosen()).not.toBe(first);
      await page.keyboard.press('k');
      expect(await chosen()).toBe(first);
      await page.keyboard.press('a');
      const decided = page.getByRole('region', { name: 'Decided' });
      await decided.getByText(first).first().waitFor();
      await decided.getByText('Done', { exact: true }).waitFor(HEARD_WITHIN);
    },
    4 * MINUTE,
  );

  it('ticks a task off, and it stays done', async () => {
    await page.getByRole('tab', { name: 'Summary' }).click();
    const tasks = page.getByRole('region', { name: 'Tasks' });
    const task = tasks.getByRole('checkbox').first();
    await task.click();
    await tasks.getByText('done by operator').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.reload();
    await tasks.getByText('done by operator').waitFor();
    expect(await task.isChecked()).toBe(true);
  });

  it('prints the minutes, and nothing of the page around them', async () => {
    await page.emulateMedia({ media: 'print' });
    const minutes = page.locator('.minutes');
    await minutes.getByRole('heading', { name: 'Tasks' }).waitFor();
    await minutes.getByText(/^Present: .*Laura/).waitFor();
    expect(await page.getByRole('navigation').count()).toBe(0);
    expect(await page.getByRole('log').count()).toBe(0);
    await page.emulateMedia({ media: null });
    await minutes.waitFor({ state: 'detached' });
  });

  it('finds in the library what was said and what stands in documents, and goes there', async () => {
    await page.getByRole('link', { name: 'Library' }).click();
    await page.getByRole('heading', { name: 'Over time' }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('Who will send the pricing page?');
    await page.keyboard.press('Enter');
    const results = page.locator('[data-search-result]');
    await results.first().waitFor();
    await page.locator('mark').getByText('pricing').first().waitFor();
    await page
      .getByRole('status')
      .getByText(/ in \d+ sources?$/)
      .waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByText('Meetings', { exact: true }).last().click();
    await page.waitForURL('**/library?q=*&in=meetings');
    await results.first().waitFor();
    const asked = page.url();
    await page.getByRole('searchbox').press('ArrowDown');
    await page.locator('[data-search-result]:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/meetings/*?line=*');
    await page
      .locator('.flash')
      .getByText(/pricing page/)
      .waitFor();
    await page.goBack();
    await page.waitForURL(asked);
    await results.first().waitFor();
    await page.getByRole('searchbox').fill('');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Over time' }).waitFor();
  });

  it('is told when a search fails, and finds what it was once it can', async () => {
    await page.route('**/api/rag/v1/search', (route) => route.abort());
    await page.getByRole('searchbox').fill('refund');
    await page.keyboard.press('Enter');
    await page.getByText('Parley cannot be reached. Is it running?').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.unroute('**/api/rag/v1/search');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('[data-search-result]').first().waitFor();
    await page.getByRole('searchbox').fill('xylophone zeppelin');
    await page.keyboard.press('Enter');
    await page
      .getByText(/Nothing was found|Nothing says that outright/)
      .first()
      .waitFor();
    // The browser reports what was cut off.
    browser.complaints.splice(0);
  });

  it('sees how meetings went over time, drawn and in tables', async () => {
    await page.goto(`${parley.url}/library`);
    await page.getByRole('img', { name: /^Questions per week: [1-9]/ }).waitFor();
    await page.getByRole('region', { name: 'Who spoke', exact: true }).getByText('Laura').waitFor();
    await page.getByText('As tables').click();
    const weeks = page.getByRole('table', { name: /per week/i });
    expect(await weeks.getByRole('row').count()).toBe(13);
    expect(await barriers(page)).toEqual([]);
    await page.getByLabel('Period').selectOption({ label: 'A year' });
    await weeks.getByRole('row').nth(52).waitFor();
  });

  it('connects a service with what it asks for, tries one, and removes one', async () => {
    await page.getByRole('link', { name: 'Settings' }).click();
    const local = page.getByRole('listitem').filter({ hasText: 'Local file' });
    await local.getByRole('button', { name: 'Test' }).click();
    await local.getByText(/^Works/).waitFor();
    await page.getByLabel('Service', { exact: true }).selectOption('smtp');
    await page.getByLabel('What to call it').fill('Office mail');
    await page.getByLabel('Host').fill('mail.example.com');
    await page.getByLabel('Port').fill('587');
    await page.getByLabel('Security').fill('starttls');
    await page.getByLabel('User').fill('parley');
    await page.getByLabel('Password').fill('not shown again');
    await page.getByLabel('From').fill('parley@example.com');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByText('mail.example.com').waitFor();
    expect(await page.getByText('not shown again').count()).toBe(0);
    await page.getByRole('button', { name: 'Remove: Office mail' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('mail.example.com').waitFor({ state: 'detached' });
  });

  it(
    'makes a key that is shown once and opens what it may, until it is revoked',
    async () => {
      await page.getByRole('link', { name: 'API keys' }).click();
      await page.getByLabel('Whose key is it?').fill('Anna');
      await page.getByLabel('capture meetings').uncheck();
      await page.getByLabel('approve').uncheck();
      await page.getByRole('button', { name: 'Make the key' }).click();
      const secret = await page.getByLabel('The key of Anna').inputValue();
      await page.reload();
      await page.getByRole('button', { name: 'Revoke: Anna' }).waitFor();
      expect(await page.content()).not.toContain(secret);
      const other = await openBrowser(join(PROJECT_ROOT, 'test/fixtures/jfk.wav'));
      await signIn(other.page, { url: parley.url, key: secret });
      await other.page.goto(`${parley.url}/settings/keys`);
      await other.page.getByText('This needs a key that may administer').waitFor();
      expect(await barriers(other.page)).toEqual([]);
      // What it may not is not even asked for.
      expect(other.complaints).toEqual([]);
      await page.getByRole('button', { name: 'Revoke: Anna' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
      await page.getByText('No key was made yet.').waitFor();
      await other.page.goto(`${parley.url}/`);
      await other.page.waitForURL('**/sign-in?**');
      await other.close();
    },
    2 * MINUTE,
  );

  it('reads who decided what, and what became of it', async () => {
    await page.getByRole('link', { name: 'Audit log' }).click();
    const entries = page.getByRole('listitem');
    await entries.filter({ hasText: 'key.revoked' }).filter({ hasText: 'operator' }).waitFor();
    await entries.filter({ hasText: 'suggestion.approved' }).waitFor();
    await page.getByRole('link', { name: 'Deliveries' }).click();
    await page.getByRole('listitem').filter({ hasText: 'file.append' }).getByText('Done').waitFor();
    await page.getByText('No message was given up on.').waitFor();
  });

  it(
    'can do all that by day and by night, from a telephone to a wide screen',
    async () => {
      const [document = ''] =
        (await parley.client.rag.GET('/v1/documents')).data?.items.map(({ id }) => id) ?? [];
      const settings = ['connections', 'keys', 'audit', 'deliveries'].map(
        (part) => `/settings/${part}`,
      );
      for (const place of [
        '/',
        '/library',
        '/library?q=pricing',
        new URL(meeting).pathname,
        `/documents/${document}`,
        '/documents',
        ...settings,
      ]) {
        await page.goto(parley.url + place);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
        expect({ place, found: await lookEverywhere(page) }).toEqual({ place, found: [] });
      }
    },
    5 * MINUTE,
  );

  it('was never sent elsewhere, and the page kept to its own policy', () => {
    expect(browser.complaints).toEqual([]);
  });
});
