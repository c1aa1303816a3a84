import { newId, type KeyId } from '../values/ids';
import { keyIdIn, newKeySecret } from './key-secret';

describe('the secret of an API key', () => {
  const id = newId<KeyId>();

  it('names its key', () => {
    expect(keyIdIn(newKeySecret(id))).toBe(id);
  });

  it('is another each time', () => {
    expect(newKeySecret(id)).not.toBe(newKeySecret(id));
  });

  it('is one word, so that a double click takes all of it', () => {
    expect(newKeySecret(id)).toMatch(/^\w+$/);
  });

  it('is known to be mistyped wherever a digit is another', () => {
    const secret = newKeySecret(id);
    const otherDigit = (digit: string): string => (digit === '0' ? '1' : '0');
    for (let at = 'parley_'.length; at < secret.length; at++) {
      if (secret[at] === '_') continue;
      const wrong = secret.slice(0, at) + otherDigit(secret[at] ?? '') + secret.slice(at + 1);
      expect(keyIdIn(wrong)).toBeNull();
    }
  });

  it.each(['', 'parley_', 'the-first-of-two-keys', `parley_${'0'.repeat(32)}_${'0'.repeat(72)}`])(
    'is not %j',
    (text) => {
      expect(keyIdIn(text)).toBeNull();
    },
  );
});
