import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Request } from 'express';
import { fingerprintOf } from './fingerprint';

const of = (request: object): Promise<string> =>
  fingerprintOf({ query: {}, headers: {}, ...request } as unknown as Request);

describe('the fingerprint of a payload', () => {
  it('is the same whatever the order of the fields', async () => {
    const one = await of({ body: { a: 1, b: { c: [1, 2], d: null } } });
    expect(await of({ body: { b: { d: null, c: [1, 2] }, a: 1 } })).toBe(one);
  });

  it.each([
    ['another value', { body: { a: 2 } }],
    ['a text in place of a number', { body: { a: '1' } }],
    ['one more field', { body: { a: 1, b: null } }],
    ['another query', { body: { a: 1 }, query: { dryRun: '1' } }],
    ['a list in place of its only item', { body: [{ a: 1 }] }],
    ['no body', {}],
  ])('is another with %s', async (_what, request) => {
    expect(await of(request)).not.toBe(await of({ body: { a: 1 } }));
  });

  it('takes the order of a list as part of it', async () => {
    expect(await of({ body: [1, 2] })).not.toBe(await of({ body: [2, 1] }));
  });

  it('compares an upload by its content, in memory or on disk, not by its name', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-upload-'));
    const path = join(folder, 'x');
    const content = Buffer.alloc(3_000_000, 'abc');
    writeFileSync(path, content);
    const file = { fieldname: 'file', originalname: 'a.txt', buffer: content };
    const one = await of({ body: {}, file });
    expect(await of({ body: {}, file: { ...file, originalname: 'b.txt' } })).toBe(one);
    expect(await of({ body: {}, file: { fieldname: 'file', path } })).toBe(one);
    expect(await of({ body: {}, files: { file: [file] } })).toBe(one);
    const changed = Buffer.from(content);
    changed[2_999_999] = 0;
    expect(await of({ body: {}, file: { ...file, buffer: changed } })).not.toBe(one);
    rmSync(folder, { recursive: true });
  });

  it('shows nothing of the payload', async () => {
    const fingerprint = await of({ body: { a: 1 } });
    expect(Buffer.from(fingerprint, 'base64url')).toHaveLength(
      createHash('sha256').digest().length,
    );
  });

  it('refuses what is nested so deep that walking it would exhaust the stack', async () => {
    const deep = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)) as unknown;
    await expect(of({ body: deep })).rejects.toMatchObject({ code: 'validation-failed' });
  });
});
