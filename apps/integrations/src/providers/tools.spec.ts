import addFormats from 'ajv-formats';
import Ajv from 'ajv/dist/2020';
import { PROVIDERS } from './provider-list';
import { TOOL_CLASSES, TOOL_RISKS } from './tool';

const ajv = addFormats(new Ajv({ strict: false }));
const providers = PROVIDERS.map((each) => new each({}, {}, {}));
const tools = providers.flatMap(({ id, tools: own }) => own.map((tool) => ({ id, tool })));

// Real: every provider there is. Nothing is called.
describe.each(tools)('the tool $tool.name', ({ id, tool }) => {
  it('declares its schema, risk and class', () => {
    expect(TOOL_RISKS).toContain(tool.risk);
    expect(TOOL_CLASSES).toContain(tool.class);
    expect(tool.name.startsWith(`${id}.`)).toBe(true);
    expect(tool.arguments).toMatchObject({ type: 'object' });
    expect(() => ajv.compile(tool.arguments)).not.toThrow();
  });

  it('says of each argument what it is', () => {
    for (const [name, about] of Object.entries(tool.arguments.properties ?? {})) {
      expect([name, about]).toEqual([
        name,
        expect.objectContaining({ description: expect.stringMatching(/./) as string }),
      ]);
    }
  });

  it('takes arguments that it does not know', () => {
    const properties = { ...(tool.arguments.properties as object | undefined) };
    expect(Object.keys(properties)).not.toContain('kind');
    expect(tool.arguments.additionalProperties).not.toBe(false);
  });
});

describe('the tools', () => {
  it('have a name each, and every provider has one', () => {
    const names = tools.map(({ tool }) => tool.name);
    expect(new Set(names).size).toBe(names.length);
    expect(providers.filter((provider) => provider.tools.length === 0)).toEqual([]);
  });

  it('can be taken back where the risk is low, and not where a mail goes out', () => {
    const risks = Object.fromEntries(tools.map(({ tool }) => [tool.name, tool.risk]));
    expect(risks).toMatchObject({
      'gmail.email.draft': 'low',
      'slack.message.send': 'medium',
      'gmail.email.send': 'high',
      'smtp.email.send': 'high',
      'calendar.event.create': 'high',
    });
  });

  it('refuse an event without a time, and a mail to nobody, by their schema', () => {
    const fits = (name: string, given: object) => {
      const found = tools.find(({ tool }) => tool.name === name);
      return ajv.validate(found?.tool.arguments ?? false, given);
    };
    expect(fits('calendar.event.create', { title: 'Review' })).toBe(false);
    expect(fits('calendar.event.create', { title: 'Review', date: '2026-01-05' })).toBe(true);
    expect(fits('smtp.email.send', { to: [], subject: 'Budget' })).toBe(false);
    expect(fits('smtp.email.send', { to: [{ email: 'ana@example.org' }] })).toBe(true);
  });
});
