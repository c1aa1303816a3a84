import { FakeJira, FakeNotion, type FakeGrants } from '@parley/testing';
import type { ConnectionView } from '../connections/connection.view';
import { ownerOf } from '../connections/connection-owner';
import { SecretBox } from '../connections/secret-box';
import { AccessRepository } from '../oauth/access.repository';
import { AccessTokens } from '../oauth/access-tokens';
import { TokenEndpoint } from '../oauth/token-endpoint';
import { ProviderRegistry } from '../providers/provider.registry';
import { nativeRequire } from '../testing/native-require';
import { approved, RunningIntegrations } from '../testing/running-integrations';

jest.mock('request-filtering-agent', () => nativeRequire('request-filtering-agent'));

const jira = new FakeJira();
const notion = new FakeNotion();
let parley: RunningIntegrations;

beforeAll(async () => {
  await Promise.all([jira.start(), notion.start()]);
  parley = await RunningIntegrations.start({
    ATLASSIAN_OAUTH_URL: jira.url,
    ATLASSIAN_API_URL: jira.url,
    ATLASSIAN_CLIENT_ID: jira.grants.clientId,
    ATLASSIAN_CLIENT_SECRET: jira.grants.clientSecret,
    NOTION_API_URL: notion.url,
    NOTION_CLIENT_ID: notion.grants.clientId,
    NOTION_CLIENT_SECRET: notion.grants.clientSecret,
    OUTBOUND_ALLOW_HOSTS: jira.hostAndPort,
  });
});
afterAll(async () => {
  await parley.stop();
  await Promise.all([jira.stop(), notion.stop()]);
});

interface Consenting {
  provider: string;
  tool: string;
  scope: string;
  grants: FakeGrants;
  settings: () => Record<string, unknown>;
  done: () => number;
}

const ALL: Consenting[] = [
  {
    provider: 'jira',
    tool: 'jira.task.create',
    scope: 'read:jira-work write:jira-work offline_access',
    grants: jira.grants,
    settings: () => ({ site: jira.url, project: jira.project }),
    done: () => jira.issues.length,
  },
  {
    provider: 'notion',
    tool: 'notion.page.create',
    scope: '',
    grants: notion.grants,
    settings: () => ({ dataSource: notion.dataSource }),
    done: () => notion.pages.length,
  },
];

// Real: the whole service, its database, the embedded bus, HTTP. Fake: the providers, on loopback; and the person.
describe.each(ALL)("a person's consent at $provider", (about) => {
  const { provider, tool, grants } = about;

  let names = 0;
  async function ask(): Promise<URL> {
    names += 1;
    const input = { provider, name: `${provider} ${names}`, settings: about.settings() };
    const { status, body } = await parley.call<{ url: string }>(
      'POST',
      '/v1/authorizations',
      input,
    );
    expect(status).toBe(201);
    return new URL(body.url);
  }
  async function connected(): Promise<string> {
    const page = await ask();
    const code = `code-${names}`;
    grants.codes.set(code, { challenge: page.searchParams.get('code_challenge') ?? '' });
    const input = { state: page.searchParams.get('state'), code };
    const path = '/v1/authorizations/complete';
    const { status, body } = await parley.call<ConnectionView>('POST', path, input);
    expect(status).toBe(201);
    expect(JSON.stringify(body)).not.toContain('-fake');
    return body.id;
  }
  const action = (connection: string) =>
    approved(connection, { provider, tool, arguments: { title: 'Send the budget' } });
  async function outcomeOf(connection: string) {
    const event = action(connection);
    await parley.publish(event);
    return parley.outcomeOf(event);
  }
  /** Tokens as another replica keeps them, of the same database. */
  const replica = () =>
    new AccessTokens(
      parley.part(AccessRepository),
      parley.part(TokenEndpoint),
      parley.part(SecretBox),
    );

  it('is asked for with PKCE and no more scopes than it needs', async () => {
    const { searchParams } = await ask();
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: 'code',
      client_id: grants.clientId,
      scope: about.scope,
      code_challenge_method: 'S256',
    });
  });

  it('carries actions out, and its connection can be tested', async () => {
    const connection = await connected();
    const before = about.done();
    expect(await outcomeOf(connection)).toMatchObject({ status: 'succeeded' });
    expect(about.done() - before).toBe(1);
    const path = `/v1/connections/${connection}/test`;
    expect((await parley.call('POST', path)).body).toMatchObject({ works: true });
  });

  it('gets its token anew when the provider forgot the last, and each refresh token is used once', async () => {
    const connection = await connected();
    await outcomeOf(connection);
    for (let round = 0; round < 3; round++) {
      grants.accessTokens.clear();
      const { status, attempts } = await outcomeOf(connection);
      expect(status).toBe('succeeded');
      expect(attempts.map(({ outcome }) => outcome)).toEqual(['failed', 'succeeded']);
    }
    expect(grants.reused).toBe(0);
  });

  it('is refreshed by one of several replicas that need it in the same moment', async () => {
    const connection = await connected();
    const app = parley.part(ProviderRegistry).find(provider)?.oauth;
    if (!app) throw new Error('no app');
    const owner = ownerOf({ id: connection, workspaceId: 'default' });
    for (let round = 0; round < 5; round++) {
      const before = grants.asked;
      await parley.part(AccessRepository).forget(connection);
      const replicas = Array.from({ length: 4 }, () => replica().of(app, connection, owner));
      const signal = AbortSignal.timeout(10_000);
      const tokens = await Promise.all(replicas.map((access) => access.token(signal)));
      expect(new Set(tokens).size).toBe(1);
      expect(grants.asked - before).toBe(1);
    }
    expect(grants.reused).toBe(0);
  });

  it('that came too late to the lock takes what another replica had just been given', async () => {
    const connection = await connected();
    const app = parley.part(ProviderRegistry).find(provider)?.oauth;
    if (!app) throw new Error('no app');
    const owner = ownerOf({ id: connection, workspaceId: 'default' });
    const rows = parley.part(AccessRepository);
    const late = replica().of(app, connection, owner);
    const signal = AbortSignal.timeout(10_000);
    const lock = rows.lock.bind(rows);
    // Between reading the row and taking the lock, somebody else refreshes.
    jest.spyOn(rows, 'lock').mockImplementationOnce(async (...given) => {
      await replica().of(app, connection, owner).token(signal);
      return lock(...given);
    });
    const before = grants.asked;
    await late.token(signal);
    expect(grants.asked - before).toBe(1);
    expect(grants.reused).toBe(0);
  });

  it('loses no refresh token to a caller that leaves while it is asked for', async () => {
    const connection = await connected();
    const app = parley.part(ProviderRegistry).find(provider)?.oauth;
    if (!app) throw new Error('no app');
    await parley.part(AccessRepository).forget(connection);
    const owner = ownerOf({ id: connection, workspaceId: 'default' });
    const access = replica().of(app, connection, owner);
    const leaving = new AbortController();
    const grant = grants.grant.bind(grants);
    // The server has taken the old refresh token back, and its answer is still on its way.
    jest.spyOn(grants, 'grant').mockImplementationOnce((...given) => {
      const answer = grant(...given);
      leaving.abort(new Error('left'));
      return answer;
    });
    const before = grants.asked;
    await expect(access.token(leaving.signal)).rejects.toThrow();
    await access.token(AbortSignal.timeout(10_000));
    expect(grants.asked - before).toBe(1);
    await parley.part(AccessRepository).forget(connection);
    await access.token(AbortSignal.timeout(10_000));
    expect(grants.reused).toBe(0);
  });

  it('that was taken back fails in words', async () => {
    const connection = await connected();
    grants.consents = false;
    const delivery = await outcomeOf(connection);
    grants.consents = true;
    expect(delivery).toMatchObject({
      status: 'failed',
      reason: 'the consent was taken back or has run out: connect again',
    });
  });

  it('is not needed where a token is said, but one of them is', async () => {
    const input = { provider, name: 'neither', settings: about.settings() };
    const { status, body } = await parley.call('POST', '/v1/connections', input);
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain('POST /v1/authorizations');
  });
});

describe('a consent that is not wanted any more', () => {
  it('is taken back at Notion with its connection', async () => {
    const { body } = await parley.call<{ url: string }>('POST', '/v1/authorizations', {
      provider: 'notion',
      name: 'Gone',
      settings: { dataSource: notion.dataSource },
    });
    const { searchParams } = new URL(body.url);
    notion.grants.codes.set('last', { challenge: searchParams.get('code_challenge') ?? '' });
    const given = { state: searchParams.get('state'), code: 'last' };
    const { body: made } = await parley.call<ConnectionView>(
      'POST',
      '/v1/authorizations/complete',
      given,
    );
    expect((await parley.call('DELETE', `/v1/connections/${made.id}`)).status).toBe(204);
    expect(notion.grants.revoked).toHaveLength(1);
  });
});

it('a consent at Atlassian does not reach a site that it does not cover', async () => {
  const { body } = await parley.call<{ url: string }>('POST', '/v1/authorizations', {
    provider: 'jira',
    name: 'Another site',
    settings: { site: 'https://1.1.1.1', project: jira.project },
  });
  const { searchParams } = new URL(body.url);
  jira.grants.codes.set('site', { challenge: searchParams.get('code_challenge') ?? '' });
  const given = { state: searchParams.get('state'), code: 'site' };
  const { body: made } = await parley.call<ConnectionView>(
    'POST',
    '/v1/authorizations/complete',
    given,
  );
  const event = approved(made.id, { provider: 'jira', tool: 'jira.task.create' });
  await parley.publish(event);
  expect(await parley.outcomeOf(event)).toMatchObject({
    status: 'failed',
    reason: 'Jira: the consent does not cover this site; connect again',
  });
});
