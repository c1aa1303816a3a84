import { z } from 'zod';
import type { Provider } from './provider';
import { secretNames } from './provider.registry';

const secret = z.string().meta({ secret: true, description: 'A key.' });

// Real: all of it.
describe('the settings of a provider', () => {
  it('are secret however a secret is wrapped', () => {
    const settingsSchema = z.object({
      plain: secret,
      optional: secret.optional(),
      usual: secret.default('x'.repeat(9)),
      nullable: secret.nullable().optional(),
      open: z.string(),
    });
    const names = secretNames({ settingsSchema } as unknown as Provider);
    expect(names).toEqual(['plain', 'optional', 'usual', 'nullable']);
  });
});
