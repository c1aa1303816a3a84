import { FakeGoogle } from '@parley/testing';
import type { ConnectionView } from '../connections/connection.view';
import { nativeRequire } from '../testing/native-require';
import { approved, RunningIntegrations } from '../testing/running-integrations';

jest.mock('request-filtering-agent', () => nativeRequire('request-filtering-agent'));

// Real: the whole service, its database, the embedded bus, HTTP. Fake: Google, on loopback; and the person.
describe("a person's consent", () => {
  const google = new FakeGoogle();
  let parley: RunningIntegrations;

  beforeAll(async () => {
    await google.start();
    parley = await RunningIntegrations.start({
      GMAIL_API_URL: google.url,
      GOOGLE_OAUTH_URL: google.url,
      GOOGLE_CLIENT_ID: google.clientId,
      GOOGLE_CLIENT_SECRET: google.clientSecret,
    });
  });
  afterAll(async () => {
    await parley.stop();
    await google.stop();
  });

  let names = 0;
  async function ask(): Promise<URL> {
    names += 1;
    const input = { provider: 'gmail', name: `Mail ${names}` };
    const { status, body } = await parley.call<{ url: string }>(
      'POST',
      '/v1/authorizations',
      input,
    );
    expect(status).toBe(201);
    return new URL(body.url);
  }
  /** The person says yes: Google gives them a code to come back with. */
  function consentTo(page: URL): string {
    const code = `code-${names}`;
    google.codes.set(code, { challenge: page.searchParams.get('code_challenge') ?? '' });
    return code;
  }
  const stateOf = (page: URL) => page.searchParams.get('state') ?? '';
  const complete = (input: object) =>
    parley.call<ConnectionView>('POST', '/v1/authorizations/complete', input);
  async function connected(): Promise<string> {
    const page = await ask();
    const { body } = await complete({ state: stateOf(page), code: consentTo(page) });
    return body.id;
  }
  const draft = (connection: string) =>
    approved(connection, { provider: 'gmail', tool: 'gmail.email.draft' });

  it('is asked for with PKCE, and becomes a connection that shows no token', async () => {
    const page = await ask();
    expect(Object.fromEntries(page.searchParams)).toMatchObject({
      response_type: 'code',
      client_id: google.clientId,
      scope: 'https://www.googleapis.com/auth/gmail.compose',
      code_challenge_method: 'S256',
      access_type: 'offline',
    });
    const query = new URLSearchParams({ state: stateOf(page), code: consentTo(page), scope: 'x' });
    const { status, body } = await parley.call<ConnectionView>(
      'GET',
      `/v1/authorizations/callback?${query.toString()}`,
    );
    expect({ status, provider: body.provider }).toEqual({ status: 200, provider: 'gmail' });
    expect(JSON.stringify(body)).not.toContain(google.refreshToken);
    const [row] = (await parley.sql(
      'SELECT secrets, settings::text FROM integrations.connections WHERE id = $1',
      [body.id],
    )) as [object];
    expect(JSON.stringify(row)).not.toContain(google.refreshToken);
  });

  it('is taken once', async () => {
    const page = await ask();
    const given = { state: stateOf(page), code: consentTo(page) };
    expect((await complete(given)).status).toBe(201);
    expect((await complete(given)).status).toBe(422);
  });

  it.each([
    ['was not asked for here', () => ({ state: 'x'.repeat(43), code: 'code' })],
    ['comes with a code that was stolen elsewhere', (state: string) => ({ state, code: 'other' })],
    ['is a no', (state: string) => ({ state, error: 'access_denied' })],
  ])('is refused when it %s', async (_why, given) => {
    const { status, body } = await complete(given(stateOf(await ask())));
    expect({ status, body }).toMatchObject({
      status: 422,
      body: { type: 'https://parley.dev/problems/authorization-failed' },
    });
  });

  it('is refreshed by one of many that need it at the same time', async () => {
    const connection = await connected();
    const before = google.grants;
    const events = Array.from({ length: 8 }, () => draft(connection));
    await parley.publish(...events);
    const deliveries = await Promise.all(events.map((event) => parley.outcomeOf(event)));
    expect(deliveries.map(({ status }) => status)).toEqual(events.map(() => 'succeeded'));
    expect(google.grants - before).toBe(1);
  });

  it('gets a new access token when the provider forgot the last', async () => {
    const connection = await connected();
    const first = draft(connection);
    await parley.publish(first);
    await parley.outcomeOf(first);
    google.forgetAccessTokens();
    const second = draft(connection);
    await parley.publish(second);
    const { status, attempts } = await parley.outcomeOf(second);
    expect({ status, outcomes: attempts.map(({ outcome }) => outcome) }).toEqual({
      status: 'succeeded',
      outcomes: ['failed', 'succeeded'],
    });
  });

  it('that was taken back fails in words', async () => {
    const connection = await connected();
    google.consents = false;
    const event = draft(connection);
    await parley.publish(event);
    const delivery = await parley.outcomeOf(event);
    google.consents = true;
    expect(delivery).toMatchObject({
      status: 'failed',
      reason: 'the consent was taken back or has run out: connect again',
    });
  });

  it('is taken back with its connection', async () => {
    const connection = await connected();
    expect((await parley.call('DELETE', `/v1/connections/${connection}`)).status).toBe(204);
    expect(google.revoked).toContain(google.refreshToken);
  });
});
