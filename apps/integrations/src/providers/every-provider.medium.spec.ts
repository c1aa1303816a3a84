import { FakeGoogle, FakeJira, FakeNotion } from '@parley/testing';
import { nativeRequire } from '../testing/native-require';
import { providerContract } from '../testing/provider.contract';
import { RunningIntegrations } from '../testing/running-integrations';
import { eventId } from './calendar/calendar-event';
import { JiraProvider } from './jira/jira.provider';

jest.mock('request-filtering-agent', () => nativeRequire('request-filtering-agent'));

// Real: the whole service, its database, the embedded bus, HTTP, Notion's SDK. Fake: the providers, on loopback.
const google = new FakeGoogle();
const jira = new FakeJira();
const notion = new FakeNotion();
let parley: RunningIntegrations;

beforeAll(async () => {
  await Promise.all([google.start(), jira.start(), notion.start()]);
  parley = await RunningIntegrations.start({
    GMAIL_API_URL: google.url,
    CALENDAR_API_URL: google.url,
    GOOGLE_OAUTH_URL: google.url,
    GOOGLE_CLIENT_ID: google.clientId,
    GOOGLE_CLIENT_SECRET: google.clientSecret,
    NOTION_API_URL: notion.url,
    OUTBOUND_ALLOW_HOSTS: jira.hostAndPort,
    PROVIDER_TIMEOUT_DEFAULT_SECONDS: '1',
  });
  // This one finds at once what is there.
  jest.replaceProperty(parley.part(JiraProvider), 'catchesUpMs', 0);
  // So that the first fault meets the action, not the token.
  for (const provider of ['gmail', 'calendar']) {
    await parley.connect(provider, { refreshToken: google.refreshToken });
  }
});
afterAll(async () => {
  await parley.stop();
  await Promise.all([google.stop(), jira.stop(), notion.stop()]);
});

const mail = {
  to: [{ name: 'Ana', email: 'ana@example.org' }],
  subject: 'The budget',
  body: 'Here it is.',
};
const mailsOf = (actionId: string, isDraft: boolean) =>
  google.mails.filter((each) => each.isDraft === isDraft && each.text.includes(actionId)).length;

providerContract(() => parley, {
  provider: 'gmail',
  tool: 'gmail.email.draft',
  class: 'reconcilable',
  settings: () => ({ refreshToken: google.refreshToken }),
  arguments: mail,
  fake: () => google,
  effects: (actionId) => mailsOf(actionId, true),
});

providerContract(() => parley, {
  provider: 'gmail',
  tool: 'gmail.email.send',
  class: 'once',
  settings: () => ({ refreshToken: google.refreshToken }),
  arguments: mail,
  fake: () => google,
  effects: (actionId) => mailsOf(actionId, false),
});

providerContract(() => parley, {
  provider: 'calendar',
  tool: 'calendar.event.create',
  class: 'idempotent',
  settings: () => ({ refreshToken: google.refreshToken }),
  arguments: {
    title: 'Budget review',
    start: '2026-01-05T09:00:00+01:00',
    end: '2026-01-05T09:30:00+01:00',
    attendees: [{ name: 'Ana', email: 'ana@example.org' }, { name: 'Ben' }],
  },
  fake: () => google,
  effects: (actionId) => google.events.filter(({ id }) => id === eventId(actionId)).length,
});

providerContract(() => parley, {
  provider: 'notion',
  tool: 'notion.page.create',
  class: 'reconcilable',
  settings: () => ({ token: notion.token, dataSource: notion.dataSource }),
  arguments: { title: 'Decisions', body: 'It ships on Monday. '.repeat(300) },
  fake: () => notion,
  effects: (actionId) =>
    notion.pages.filter(({ properties }) => JSON.stringify(properties).includes(actionId)).length,
});

providerContract(() => parley, {
  provider: 'jira',
  tool: 'jira.task.create',
  class: 'reconcilable',
  settings: () => ({
    site: jira.url,
    email: jira.email,
    token: jira.token,
    project: jira.project,
  }),
  arguments: { title: 'Send the budget', owner: 'Ana', dueDate: '2026-01-09' },
  fake: () => jira,
  effects: (actionId) =>
    jira.issues.filter(({ fields }) => fields.labels.includes(`parley-${actionId}`)).length,
});
