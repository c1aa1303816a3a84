import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';
import { unwrap } from '@parley/client';
import type { Page, Route } from 'playwright-core';
import { barriers, openBrowser, type TestBrowser } from './browser';
import { lookEverywhere } from './look-everywhere';
import type { RunningPage } from './running-page';
import { signIn } from './sign-in';
import { LEFT_WITHIN_MS, STARTED_WITHIN_MS, startPerson, type Person } from './start-person';

const MINUTE = 60_000;
const CURRENT = '**/api/ingestion/v1/workspaces/current';
const SILENCE = join(PROJECT_ROOT, 'test/fixtures/jfk.wav');

// Real: the built system with auth on, its page, Chromium.
describe('a person who sets things up', () => {
  let person: Person;
  let parley: RunningPage;
  let browser: TestBrowser;
  let page: Page;

  beforeAll(async () => {
    person = await startPerson(SILENCE);
    ({ parley, browser, page } = person);
  }, STARTED_WITHIN_MS);

  afterAll(async () => {
    await person.leave();
  }, LEFT_WITHIN_MS);

  const settings = (part: string) => page.goto(`${parley.url}/settings/${part}`);
  const workspace = () => unwrap(parley.client.ingestion.GET('/v1/workspaces/current'));

  it('chooses the usual privacy mode, which the next meeting has', async () => {
    await settings('privacy');
    await page.getByRole('radio', { name: /Notes only/ }).check();
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.getByLabel(/Take addresses, telephone and card numbers out/).check();
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.getByLabel(/Take names of people out/).check();
    await page.getByText('Saved', { exact: true }).waitFor();
    expect(await workspace()).toMatchObject({
      privacyMode: 'notes-only',
      redactPersonalData: true,
      redactNames: true,
    });
    await page
      .getByRole('row', { name: /^Meetings/ })
      .getByText('30 days')
      .waitFor();
    expect(await barriers(page)).toEqual([]);

    await page.goto(`${parley.url}/`);
    await page.getByRole('radio', { name: /Notes only usual here/, checked: true }).waitFor();
    await page.getByLabel('What is it about?').fill('Quiet talk');
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByText('Notes only: summary, decisions and tasks are kept').waitFor();
  });

  it('sees at once what they chose, and what is kept again when that could not be saved', async () => {
    await settings('privacy');
    const usual = page.getByRole('radio', { name: /Notes only/ });
    const other = page.getByRole('radio', { name: /^Transcript/ });
    await page.getByRole('radio', { name: /Notes only/, checked: true }).waitFor();
    let routed: Promise<unknown> = Promise.resolve();
    const asked = new Promise<Route>((resolve) => {
      routed = page.route(CURRENT, resolve);
    });
    await routed;
    const before = browser.complaints.length;
    await other.check();
    await page.getByText('Saving …').waitFor();
    await (await asked).abort();
    await page.getByText('Parley cannot be reached.').waitFor();
    expect([await usual.isChecked(), await other.isChecked()]).toEqual([true, false]);
    await page.unroute(CURRENT);
    // The browser reports what was cut off.
    browser.complaints.splice(before);
  });

  it.each(['Notion', 'Jira', 'Gmail', 'Google Calendar'])(
    'may consent at %s instead of making a token',
    async (name) => {
      await settings('connections');
      await page.getByRole('combobox').selectOption(name);
      await page.getByRole('button', { name: 'Ask for a consent instead' }).waitFor();
    },
  );

  it('adds words that all meetings expect, takes one out, and is told what is too much', async () => {
    await settings('vocabulary');
    await page.getByText('No word yet.').waitFor();
    const field = page.getByLabel('Add words');
    await field.fill('Northwind, Keycloak, northwind');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('2 of 200 words').waitFor();
    await page.getByRole('button', { name: 'Remove: Keycloak' }).click();
    await page.getByText('1 of 200 words').waitFor();
    await page.getByText('Saved', { exact: true }).waitFor();
    expect((await workspace()).vocabulary).toEqual(['Northwind']);
    await field.fill('x'.repeat(81));
    await page.getByText('A word has at most 80 letters.').waitFor();
    await field.fill(Array.from({ length: 200 }, (_, index) => `word${index}`).join(','));
    await page.getByText('There is no room for so many').waitFor();
    expect(await page.getByRole('button', { name: 'Add', exact: true }).isDisabled()).toBe(true);
    expect(await barriers(page)).toEqual([]);
  });

  it('adds a word to a meeting that runs', async () => {
    await page.goto(`${parley.url}/`);
    await page.getByLabel('What is it about?').fill('Launch review');
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByRole('button', { name: 'Words' }).click();
    const words = page.getByRole('dialog', { name: 'Vocabulary' });
    await words.getByText('1 of 400 words').waitFor();
    await words.getByLabel('Add words').fill('Sentry');
    await words.getByLabel('Add words').press('Enter');
    await words.getByText('2 of 400 words').waitFor();
    expect(await barriers(page)).toEqual([]);
    const { items } = await unwrap(parley.client.ingestion.GET('/v1/meetings'));
    expect(items[0]?.vocabulary).toEqual(['Northwind', 'Sentry']);
  });

  it('reads what the engines are, how fast they were and what is missing', async () => {
    await settings('engines');
    const speech = page.getByRole('listitem').filter({ hasText: 'Writes down what is said.' });
    await speech.getByText('Works').waitFor();
    await speech.getByText('moonshine-tiny · English').waitFor();
    await page.getByRole('meter', { name: 'Meetings at once' }).waitFor();
    await page.getByText('extractive: no language model is configured').waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it('sees settings, and cannot change what their key does not allow', async () => {
    const body = { name: 'Reader', scopes: ['read' as const] };
    const { secret } = await unwrap(parley.client.ingestion.POST('/v1/keys', { body }));
    const other = await openBrowser(SILENCE);
    await signIn(other.page, { url: parley.url, key: secret });
    await other.page.goto(`${parley.url}/settings/privacy`);
    await other.page.getByText('To change this a key must be allowed to administer.').waitFor();
    const modes = other.page.getByRole('radio', { name: /Transcript/ });
    expect(await modes.isDisabled()).toBe(true);
    await other.page.goto(`${parley.url}/settings/vocabulary`);
    await other.page.getByText('1 of 200 words').waitFor();
    expect(await other.page.getByLabel('Add words').count()).toBe(0);
    expect(await barriers(other.page)).toEqual([]);
    expect(other.complaints).toEqual([]);
    await other.close();
  });

  it(
    'can do all that by day and by night, from a telephone to a wide screen',
    async () => {
      for (const part of ['privacy', 'vocabulary', 'engines']) {
        await settings(part);
        await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
        expect({ part, found: await lookEverywhere(page) }).toEqual({ part, found: [] });
      }
    },
    2 * MINUTE,
  );

  it('was never sent elsewhere, and the page kept to its own policy', () => {
    expect(browser.complaints).toEqual([]);
  });
});
