import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';
import { unwrap } from '@parley/client';
import { tcpGate, throughGate } from '@parley/testing';
import type { Page } from 'playwright-core';
import { barriers, openBrowser, type TestBrowser } from './browser';
import { PageServer } from './page-server';
import type { RunningPage } from './running-page';
import { signIn } from './sign-in';
import { LEFT_WITHIN_MS, STARTED_WITHIN_MS, startPerson, type Person } from './start-person';

const MINUTE = 60_000;
const SPEECH = join(PROJECT_ROOT, 'test/fixtures/jfk.wav');

jest.setTimeout(2 * MINUTE);

// Real: the built system with auth on, its page, Chromium. Ours: a gate before a service.
describe('a person to whom something goes wrong', () => {
  let person: Person;
  let parley: RunningPage;
  let browser: TestBrowser;
  let page: Page;

  beforeAll(async () => {
    person = await startPerson(SPEECH);
    ({ parley, browser, page } = person);
  }, STARTED_WITHIN_MS);

  afterAll(async () => {
    await person.leave();
  }, LEFT_WITHIN_MS);

  const begin = async (): Promise<string> => {
    const { id } = await unwrap(
      parley.client.ingestion.POST('/v1/meetings', { body: { title: 'Trouble' } }),
    );
    return `/meetings/${id}`;
  };
  const listen = (on: Page) => on.getByRole('button', { name: 'Microphone', exact: true }).click();
  const saysOn = (on: Page, words: string) =>
    on.getByRole('alert').filter({ hasText: words }).waitFor();

  const chooseFile = (name: string, text: string) =>
    page
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

  it('has no microphone', async () => {
    const other = await openBrowser(null);
    await signIn(other.page, parley);
    await other.page.goto(parley.url + (await begin()));
    await listen(other.page);
    await saysOn(other.page, 'No microphone was found. Plug one in, or share a tab.');
    await other.page.getByRole('button', { name: 'Check the sound' }).click();
    await other.page.getByRole('alert').nth(1).waitFor();
    expect(await barriers(other.page)).toEqual([]);
    expect(other.complaints).toEqual([]);
    await other.close();
  });

  it('does not allow the microphone, or shares nothing', async () => {
    const other = await openBrowser(SPEECH, { allowed: false });
    await signIn(other.page, parley);
    await other.page.goto(parley.url + (await begin()));
    await listen(other.page);
    await saysOn(other.page, 'The browser was not allowed to use the microphone.');
    await other.page.getByRole('button', { name: 'A tab or screen' }).click();
    await saysOn(other.page, 'Nothing was shared.');
    expect(await barriers(other.page)).toEqual([]);
    await other.close();
  });

  it('reads the page over plain http, which browsers give no sound', async () => {
    const other = await openBrowser(SPEECH, { hosts: 'MAP parley.test 127.0.0.1' });
    const url = parley.url.replace('localhost', 'parley.test');
    await signIn(other.page, { url, key: parley.key });
    await other.page.getByRole('button', { name: 'Play the sample meeting' }).click();
    await saysOn(other.page, 'This page came over plain http');
    await other.page.goto(url + (await begin()));
    await listen(other.page);
    await saysOn(other.page, 'This page came over plain http');
    expect(await barriers(other.page)).toEqual([]);
    await other.close();
  });

  it('chooses a file that is no sound', async () => {
    await page.goto(parley.url + (await begin()));
    await chooseFile('notes.txt', 'no sound at all');
    await saysOn(page, 'This file has no sound that the browser can read.');
    await page.getByRole('button', { name: 'Microphone', exact: true }).waitFor();
  });

  it('chooses a file of captions in which nobody says anything', async () => {
    await page.goto(parley.url + (await begin()));
    await chooseFile('empty.vtt', 'WEBVTT\n');
    await saysOn(page, 'Nothing is said in this file');
    expect(await barriers(page)).toEqual([]);
    // The browser notes every refusal.
    browser.complaints.splice(0);
  });

  it('has the same meeting in two tabs, of which one hears it', async () => {
    await listen(page);
    await page.getByRole('button', { name: 'Stop listening' }).waitFor();
    const second = await browser.context.newPage();
    await second.goto(page.url());
    await listen(second);
    await saysOn(second, 'This meeting is heard in another tab of this browser');
    await page.getByRole('button', { name: 'Stop listening' }).click();
    await page.getByRole('button', { name: 'Microphone', exact: true }).waitFor();
    await listen(second);
    await second.getByRole('button', { name: 'Stop listening' }).click();
    await second.close();
  });

  it('finds the services away, and back again', async () => {
    const { ingestion } = parley.services;
    const gate = await tcpGate(ingestion);
    const server = await PageServer.start({
      ...parley.services,
      ingestion: throughGate(ingestion, gate),
    });
    const other = await openBrowser(SPEECH);
    const meeting = await begin();
    await gate.open();
    await signIn(other.page, { url: server.url, key: parley.key });
    await gate.shut();
    await other.page.goto(`${server.url}/`);
    await saysOn(other.page, 'The service ingestion cannot be reached.');
    await other.page.getByRole('button', { name: 'Try again' }).waitFor();
    expect(await barriers(other.page)).toEqual([]);
    await other.page.goto(`${server.url}/status`);
    await other.page.getByText('Not reachable').waitFor();
    await other.page.goto(server.url + meeting);
    const away = other.page.getByRole('heading', { name: 'Parley cannot be reached.' });
    await away.waitFor();
    expect(await barriers(other.page)).toEqual([]);
    await gate.open();
    await other.page.getByRole('heading', { name: 'Trouble' }).waitFor();
    await other.close();
    await server.stop();
    await gate.shut();
  });

  it('is signed out by a key that ends, told why, and led back', async () => {
    const body = { name: 'For today', scopes: ['read' as const] };
    const { id, secret } = await unwrap(parley.client.ingestion.POST('/v1/keys', { body }));
    const other = await openBrowser(SPEECH);
    await other.page.goto(`${parley.url}/sign-in`);
    expect(await other.page.getByText('You were signed out').count()).toBe(0);
    await signIn(other.page, { url: parley.url, key: secret });
    // What the page still asks for would find the key gone by itself.
    await other.page.waitForLoadState('networkidle');
    const params = { path: { id } };
    await unwrap(parley.client.ingestion.DELETE('/v1/keys/{id}', { params }));
    await other.page.goto(`${parley.url}/documents`);
    await other.page.waitForURL('**/sign-in?next=%2Fdocuments');
    await other.page.getByText('You were signed out: the session has ended').waitFor();
    expect(await barriers(other.page)).toEqual([]);
    await other.page.getByLabel('API key').fill(parley.key);
    await other.page.getByRole('button', { name: 'Sign in' }).click();
    await other.page.waitForURL('**/documents');
    await other.close();
  });
});
