import { unwrap } from '@parley/client';
import { FakeCalendarFeed } from '@parley/testing';
import type { Page } from 'playwright-core';
import { barriers } from './browser';
import type { RunningPage } from './running-page';
import { LEFT_WITHIN_MS, STARTED_WITHIN_MS, startPerson, type Person } from './start-person';

const HOUR_MS = 3_600_000;
const inHours = (hours: number): string =>
  new Date(Date.now() + hours * HOUR_MS).toISOString().replace(/[-:]|\.\d+/g, '');

// Real: the built system with auth on, its page, Chromium. Fake: the calendar, on loopback.
describe('a person whose calendar holds a meeting', () => {
  const calendar = new FakeCalendarFeed();
  let person: Person;
  let parley: RunningPage;
  let page: Page;

  beforeAll(async () => {
    await calendar.start();
    calendar.meetings = [
      {
        uid: 'budget',
        lines: [
          'SUMMARY:Budget review',
          `DTSTART:${inHours(26)}`,
          'DURATION:PT30M',
          'ATTENDEE;CN=Ana:mailto:ana@example.org',
        ],
      },
      {
        uid: 'retro',
        lines: ['SUMMARY:Looking back', `DTSTART:${inHours(240)}`, 'DURATION:PT1H'],
      },
    ];
    person = await startPerson(null, { settings: { OUTBOUND_ALLOW_HOSTS: calendar.hostAndPort } });
    ({ parley, page } = person);
  }, STARTED_WITHIN_MS);

  afterAll(async () => {
    await person.leave();
    await calendar.stop();
  }, LEFT_WITHIN_MS);

  it('is told nothing of calendars as long as there is none', async () => {
    await page.getByText('No meeting yet.').waitFor();
    expect(await page.getByRole('heading', { name: 'In the calendar' }).count()).toBe(0);
  });

  it('sees what is planned and when, the next first', async () => {
    const body = { name: 'Team', url: calendar.url };
    await unwrap(parley.client.integrations.POST('/v1/calendar-feeds', { body }));
    const plans = page.getByRole('region', { name: 'In the calendar' });
    const planned = async (): Promise<number> => {
      await page.reload();
      await page.getByText('No meeting yet.').waitFor();
      return plans.getByRole('listitem').count();
    };
    for (let look = 0; look < 60 && (await planned()) < 2; look++);
    const rows = plans.getByRole('listitem');
    const soon = await rows.nth(0).innerText();
    expect(soon).toMatch(/Budget review\s+Planned for [A-Z][a-z]+day \d\d:\d\d · Ana/);
    // Further away a weekday alone would mislead.
    expect(await rows.nth(1).innerText()).toMatch(
      /Looking back\s+Planned for \w{3}, \w{3} \d+, \d\d:\d\d/,
    );
    expect(await barriers(page)).toEqual([]);
  });

  it('begins it, after which it is a meeting and no plan any more', async () => {
    await page.getByRole('button', { name: 'Begin: Budget review' }).click();
    await page.getByRole('heading', { name: 'Budget review' }).waitFor();
    const { items } = await unwrap(parley.client.ingestion.GET('/v1/meetings'));
    expect(items).toMatchObject([{ title: 'Budget review', participants: [{ name: 'Ana' }] }]);
    await page.goto(`${parley.url}/`);
    await page.getByRole('link', { name: /Budget review/ }).waitFor();
    await page.getByRole('button', { name: 'Begin: Looking back' }).waitFor();
    expect(await page.getByRole('button', { name: 'Begin: Budget review' }).count()).toBe(0);
  });
});
