import { z } from 'zod';
import { argumentFaults } from './argument-faults';

const schema = {
  ...z.toJSONSchema(
    z.looseObject({
      title: z.string().min(1).optional(),
      to: z.array(z.union([z.looseObject({ email: z.email().optional() }), z.string()])).min(1),
      date: z.iso.date().optional(),
    }),
    { io: 'input' },
  ),
  anyOf: [{ required: ['date'] }, { required: ['start', 'end'] }],
};

describe('the faults of arguments', () => {
  it('are none where they fit, whatever else stands beside them', () => {
    const given = { to: [{ email: 'ana@example.org' }], date: '2026-01-05', kind: 'event' };
    expect(argumentFaults(schema, given)).toEqual([]);
  });

  it('name each field and its rule, and never a value', () => {
    const given = { title: '', to: [], date: 'tomorrow at the secret place' };
    const faults = argumentFaults(schema, given);
    expect(faults.map((fault) => fault.split(':')[0]).sort()).toEqual([
      'arguments.date',
      'arguments.title',
      'arguments.to',
    ]);
    expect(faults.join()).not.toContain('secret');
    expect(faults.join()).not.toContain('pattern');
  });

  it('name what is missing', () => {
    expect(argumentFaults(schema, { to: ['ana'] })).toEqual([
      'arguments.date: is missing',
      'arguments.start: is missing',
      'arguments.end: is missing',
    ]);
  });

  it('name what is wrong inside a list', () => {
    const [fault] = argumentFaults(schema, { date: '2026-01-05', to: [{ email: 'nobody' }] });
    expect(fault).toBe('arguments.to.0.email: must match format "email"');
  });
});
