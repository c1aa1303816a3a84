import { unwrap } from '@parley/client';
import { toVtt } from '@parley/contracts';
import { freePorts, TestOpenIdProvider } from '@parley/testing';
import type { Page } from 'playwright-core';
import { MeetingPlayer } from '../../apps/standalone/src/meeting/meeting-player';
import { barriers, type TestBrowser } from './browser';
import type { RunningPage } from './running-page';
import { LEFT_WITHIN_MS, STARTED_WITHIN_MS, startPerson, type Person } from './start-person';

const MINUTE = 60_000;
const CUE = {
  speaker: 'Daniel',
  text: 'Emma will send the contract to the customer by Friday.',
  startMs: 1_000,
  endMs: 4_000,
};

// Real: the built system with auth on, its page, Chromium, and a certified OpenID provider, which is another site.
describe('a person who signs in through an identity provider', () => {
  let provider: TestOpenIdProvider;
  let person: Person;
  let parley: RunningPage;
  let browser: TestBrowser;
  let page: Page;
  let meeting: string;
  /** What the provider sent the browser back with. */
  const answers: string[] = [];

  beforeAll(async () => {
    const [port] = await freePorts(1);
    const redirectUrl = `http://localhost:${port}/sign-in/openid/callback`;
    provider = await TestOpenIdProvider.start({ redirectUrl });
    await provider.knows({
      ann: { email: 'ann@example.org', email_verified: true, groups: ['staff'] },
      flo: { email: 'flo@example.org', email_verified: true, groups: ['guests'] },
    });
    const settings = {
      PAGE_PORT: String(port),
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: provider.clientId,
      OIDC_CLIENT_SECRET: provider.clientSecret ?? '',
      OIDC_NAME: 'Example ID',
      OIDC_ACCESS: 'staff=default:read+capture+approve',
    };
    person = await startPerson(null, { settings, signedIn: false });
    ({ parley, browser, page } = person);
    page.on('request', (request) => {
      if (request.url().includes('/callback?')) answers.push(request.url());
    });
    const { client } = parley;
    const body = { title: 'Release', startedAt: '2026-03-02T09:00:00Z' };
    const { id } = await unwrap(client.ingestion.POST('/v1/meetings', { body }));
    const player = new MeetingPlayer(client, id, AbortSignal.timeout(MINUTE));
    await player.import(toVtt([CUE]), () => undefined);
    meeting = `/meetings/${id}`;
  }, STARTED_WITHIN_MS);

  afterAll(async () => {
    await person.leave();
    await provider.stop();
  }, LEFT_WITHIN_MS);

  const button = () => page.getByRole('link', { name: 'Sign in with Example ID' });
  const at = (path: string) =>
    page.waitForURL((url) => url.origin === parley.url && url.pathname === path);

  it('is offered that beside the key, from the keyboard too, by day and by night', async () => {
    await page.goto(parley.url + meeting);
    await at('/sign-in');
    await button().waitFor();
    await page.getByLabel('API key').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await barriers(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    await button().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Identity provider' }).waitFor();
  });

  it('is told when they, or the provider, did not go on', async () => {
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('You were not signed in').waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it('is told when the provider knows them and nobody here let them in', async () => {
    await button().click();
    await page.getByLabel('Who are you?').fill('flo');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('nobody let you into this Parley').waitFor();
    const names = (await browser.context.cookies()).map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('parley'))).toEqual([]);
  });

  it('comes back to where they wanted to go, signed in, and is never refused on the way', async () => {
    // The provider forgets who was there.
    await browser.context.clearCookies();
    browser.complaints.splice(0);
    await button().click();
    await page.getByLabel('Who are you?').fill('ann');
    await page.getByRole('button', { name: 'Continue' }).click();
    await at(meeting);
    await page.getByRole('heading', { name: 'Release' }).waitFor();
    await page.getByText(CUE.text).first().waitFor();
    const cookies = await browser.context.cookies();
    const ours = cookies.filter(({ name }) => name.startsWith('parley'));
    expect(ours).toMatchObject([{ name: 'parley_session', httpOnly: true, sameSite: 'Strict' }]);
    expect(browser.complaints).toEqual([]);
  });

  it('decides in their own name', async () => {
    await page.getByRole('tab', { name: /To decide/ }).click();
    const card = page.getByRole('article').filter({ hasText: /contract/ });
    await card.first().getByRole('button', { name: 'Approve', exact: true }).click();
    await page.getByRole('tab', { name: /Done/ }).click();
    await page.getByRole('tabpanel').getByText('Done', { exact: true }).waitFor();
    const query = { status: 'approved' as const };
    const approved = await unwrap(
      parley.client.agent.GET('/v1/suggestions', { params: { query } }),
    );
    expect(approved.items.map(({ decidedBy }) => decidedBy)).toEqual(['ann@example.org']);
    await page.goto(`${parley.url}/settings`);
    await page.getByText('ann@example.org').waitFor();
  });

  it('is told that the way back is over when somebody goes it once more', async () => {
    await page.goto(answers.at(-1) ?? '');
    await page.getByText('This sign-in is over').waitFor();
  });

  it('is told when the session is over, and is back with one press while the provider knows them', async () => {
    await browser.context.clearCookies({ name: 'parley_session' });
    await page.goto(`${parley.url}/library`);
    await at('/sign-in');
    await page.getByText('You were signed out').waitFor();
    await button().click();
    await at('/library');
    await page.getByRole('searchbox').first().waitFor();
  });

  it('signs out, after which the session that was kept opens nothing', async () => {
    const [session] = (await browser.context.cookies()).filter(
      ({ name }) => name === 'parley_session',
    );
    const whoami = (): Promise<number> =>
      fetch(`${parley.url}/api/ingestion/v1/whoami`, {
        headers: { cookie: `parley_session=${session?.value ?? ''}` },
      }).then(({ status }) => status);
    expect(await whoami()).toBe(200);
    await page.goto(`${parley.url}/settings`);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await at('/sign-in');
    await button().waitFor();
    expect(await whoami()).toBe(401);
  });

  it('keeps what they began where no script and no other site reads it; behind TLS it stays there', async () => {
    const begin = (headers: Record<string, string>): Promise<Response> =>
      fetch(`${parley.url}/sign-in/openid?next=/library`, { headers, redirect: 'manual' });
    const begun = await begin({ 'x-forwarded-proto': 'https' });
    expect(begun.headers.get('location')).toMatch(new RegExp(`^${provider.issuer}/auth\\?`));
    const [cookie = ''] = begun.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-parley_sign_in_/);
    for (const part of ['HttpOnly', 'SameSite=lax', 'Secure', 'Path=/;']) {
      expect(cookie).toContain(part);
    }
    const [state] =
      /[\w-]{43}/.exec(
        new URL(begun.headers.get('location') ?? '').searchParams.get('state') ?? '',
      ) ?? [];
    const back = await fetch(
      `${parley.url}/sign-in/openid/callback?state=${state}&error=access_denied`,
      {
        headers: { 'x-forwarded-proto': 'https', cookie: cookie.split(';')[0] ?? '' },
        redirect: 'manual',
      },
    );
    expect(back.headers.get('location')).toContain('fault=sign-in-');
    expect(back.headers.get('location')).toContain('next=%2Flibrary');
    expect(back.headers.getSetCookie()[0]).toMatch(/^__Host-parley_sign_in_.*Secure/);
    expect((await begin({ 'sec-fetch-dest': 'image' })).status).toBe(403);
  });

  it('begins it themselves: whom another site leads here is asked first', async () => {
    for (const site of ['cross-site', 'same-site']) {
      const led = await fetch(`${parley.url}/sign-in/openid?next=/library`, {
        headers: { 'sec-fetch-site': site },
        redirect: 'manual',
      });
      expect(led.headers.get('location')).toBe('/sign-in?next=%2Flibrary');
      expect(led.headers.getSetCookie()).toEqual([]);
    }
  });

  it('is told something of a fault that there is not, too', async () => {
    await page.goto(`${parley.url}/sign-in?fault=constructor`);
    await page.getByText('does not answer now').waitFor();
  });

  it('is led nowhere else, whatever address they came by', async () => {
    await page.goto(`${parley.url}/sign-in?next=/%09/evil.example`);
    const leads = new URL((await button().getAttribute('href')) ?? '');
    expect([leads.origin, leads.searchParams.get('next')]).toEqual([parley.url, '/']);
    await page.goto(`${parley.url}/sign-in/done?next=//evil.example`);
    await at('/sign-in');
  });
});
