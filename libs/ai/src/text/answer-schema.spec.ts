import { z } from 'zod';
import { answerSchema } from './answer-schema';

describe('answerSchema', () => {
  it('is strict when every property is required', () => {
    const lines = z.object({ lines: z.array(z.object({ text: z.string() })) });
    expect(answerSchema(lines).strict).toBe(true);
  });

  it('is not strict as soon as one is optional, however deep: strict servers would refuse it', () => {
    const lines = z.object({ lines: z.array(z.object({ text: z.string().optional() })) });
    expect(answerSchema(lines).strict).toBe(false);
  });

  it('leaves out rules that strict servers do not know, but keeps properties of the same name', () => {
    const { schema } = answerSchema(
      z.object({ default: z.string().min(1).max(9), count: z.number() }),
    );
    expect(schema).toEqual({
      type: 'object',
      properties: { default: { type: 'string' }, count: { type: 'number' } },
      required: ['default', 'count'],
      additionalProperties: false,
    });
  });
});
