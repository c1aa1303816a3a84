import { query } from './client-messages';
import { copiesFromClient, refuseCopy } from './copy-refusal';
import { message, text } from './wire-framing';

describe('COPY from the client, which would end the backend', () => {
  it.each([
    'COPY t FROM STDIN',
    'copy t (a, b)\n from stdin with csv',
    'BEGIN; COPY "odd ; name" FROM STDIN',
    '/* load */ COPY t FROM -- here\n STDIN',
    "SELECT 'it''s'; COPY t FROM STDIN",
  ])('is recognised in: %s', (sql) => {
    expect(copiesFromClient(sql)).toBe(true);
  });

  it.each([
    'COPY t TO STDOUT',
    "COPY t FROM '/tmp/file'",
    "INSERT INTO notes VALUES ('; copy the plan from stdin')",
    "INSERT INTO notes VALUES (E'\\'; copy the plan from stdin')",
    'SELECT $body$; copy it from stdin$body$',
    'SELECT copy FROM stdin',
    '-- ; copy t from stdin\nSELECT 1',
  ])('is not seen in: %s', (sql) => {
    expect(copiesFromClient(sql)).toBe(false);
  });

  it('is replaced by a statement that fails, under the name that it was to be prepared with', () => {
    const parse = message(
      'P',
      Buffer.concat([text('mine'), text('COPY t FROM STDIN'), Buffer.alloc(2)]),
    );
    const replaced = refuseCopy({ type: 'P', bytes: parse });
    expect(replaced.bytes.toString('latin1')).toContain('mine\0DO $refuse$');
    const simple = { type: 'Q', bytes: query('COPY t FROM STDIN') };
    expect(refuseCopy(simple).bytes.toString('latin1')).toContain('0A000');
  });

  it('leaves every other message as it is', () => {
    const frame = { type: 'Q', bytes: query('SELECT 1') };
    expect(refuseCopy(frame)).toBe(frame);
  });
});
