import { SUGGESTION_KINDS } from '@parley/contracts';
import { choiceFor, toolFor, type Connection } from './tool-for-kind';

const connection = (provider: string, ...tools: string[]): Connection => ({
  id: provider,
  provider,
  isDefault: false,
  tools: tools.map((name) => ({ name: `${provider}.${name}`, arguments: {} })),
});
const webhook = connection('webhook', 'post');
const slack = connection('slack', 'message.send');
const gmail = connection('gmail', 'email.draft', 'email.send');
const smtp = connection('smtp', 'email.send');
const calendar = connection('calendar', 'event.create');
const notion = connection('notion', 'page.create');
const jira = connection('jira', 'task.create');
const all = [webhook, slack, smtp, gmail, calendar, notion, jira];
const byDefault = (one: Connection) =>
  all.map((each) => (each === one ? { ...each, isDefault: true } : each));

describe('a suggestion of which nobody says where it goes', () => {
  const where = (connections: Connection[]) =>
    Object.fromEntries(
      SUGGESTION_KINDS.map((kind) => [kind, choiceFor(kind, connections)?.tool.name]),
    );

  it('goes to the tool made for its kind, whatever the default is', () => {
    expect(where(byDefault(webhook))).toEqual({
      question: 'slack.message.send',
      fact: 'slack.message.send',
      task: 'jira.task.create',
      message: 'slack.message.send',
      email: 'gmail.email.draft',
      event: 'calendar.event.create',
      page: 'notion.page.create',
    });
  });

  it('goes through the only tool of the default where none is made for it', () => {
    expect(choiceFor('event', [{ ...webhook, isDefault: true }, slack])?.tool.name).toBe(
      'webhook.post',
    );
  });

  it('goes nowhere where neither is there', () => {
    expect(choiceFor('event', [webhook, slack])).toBeUndefined();
    expect(choiceFor('event', [{ ...gmail, isDefault: true }])).toBeUndefined();
  });
});

describe('the tool of a connection that was named', () => {
  it('is the one made for the kind, its only one, or none', () => {
    expect(toolFor('email', gmail.tools)?.name).toBe('gmail.email.draft');
    expect(toolFor('task', slack.tools)?.name).toBe('slack.message.send');
    expect(toolFor('task', gmail.tools)).toBeUndefined();
  });

  it('is the one that was asked for when it takes the kind', () => {
    expect(toolFor('email', gmail.tools, 'gmail.email.send')?.name).toBe('gmail.email.send');
    expect(toolFor('email', gmail.tools, 'slack.message.send')).toBeUndefined();
    expect(toolFor('task', gmail.tools, 'gmail.email.send')).toBeUndefined();
  });
});
