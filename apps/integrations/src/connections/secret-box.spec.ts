import crypto from 'node:crypto';
import { SecretBox } from './secret-box';
import { SecretBoxError } from './secret-box.error';

const [oldKey, newKey] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)] as const;
const secrets = { secret: 'whsec_very-secret' };

describe('the box that keeps the credentials of connections', () => {
  it('opens what it sealed', () => {
    const box = new SecretBox([oldKey]);
    expect(box.open(box.seal(secrets, 'default/1'), 'default/1')).toEqual(secrets);
  });

  it('lets nothing be read from outside, not even that two are equal', () => {
    const box = new SecretBox([oldKey]);
    const { text } = box.seal(secrets, 'default/1');
    expect(Buffer.from(text, 'base64').toString('latin1')).not.toContain('very-secret');
    expect(box.seal(secrets, 'default/1').text).not.toBe(text);
  });

  it('takes no nonce twice', () => {
    const box = new SecretBox([oldKey]);
    const nonces = Array.from({ length: 1_000 }, () =>
      Buffer.from(box.seal(secrets, 'default/1').text, 'base64').subarray(0, 12).toString('hex'),
    );
    expect(new Set(nonces).size).toBe(nonces.length);
  });

  it('keeps none for longer than a second: a snapshot of the process would hold them', () => {
    jest.useFakeTimers();
    const drawn = jest.spyOn(crypto, 'randomBytes');
    const box = new SecretBox([oldKey]);
    box.seal(secrets, 'default/1');
    box.seal(secrets, 'default/1');
    expect(drawn).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(1_001);
    box.seal(secrets, 'default/1');
    expect(drawn).toHaveBeenCalledTimes(2);
    jest.useRealTimers();
    drawn.mockRestore();
  });

  it('opens nothing that was copied to another connection', () => {
    const box = new SecretBox([oldKey]);
    const sealed = box.seal(secrets, 'default/1');
    expect(() => box.open(sealed, 'default/2')).toThrow(SecretBoxError);
  });

  it('opens nothing that was altered', () => {
    const box = new SecretBox([oldKey]);
    const sealed = box.seal(secrets, 'default/1');
    const bytes = Buffer.from(sealed.text, 'base64');
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
    const altered = { ...sealed, text: bytes.toString('base64') };
    expect(() => box.open(altered, 'default/1')).toThrow(SecretBoxError);
  });

  it('opens what an older key sealed, and seals with the newest', () => {
    const sealed = new SecretBox([oldKey]).seal(secrets, 'default/1');
    const rotated = new SecretBox([newKey, oldKey]);
    expect(rotated.open(sealed, 'default/1')).toEqual(secrets);
    expect(rotated.seal(secrets, 'default/1').keyId).not.toBe(sealed.keyId);
  });

  it('says that a key is gone', () => {
    const sealed = new SecretBox([oldKey]).seal(secrets, 'default/1');
    expect(() => new SecretBox([newKey]).open(sealed, 'default/1')).toThrow('no key');
  });
});
