import { PreparedStatements } from './prepared-statements';
import { message, readText, text, type Frame } from './wire-framing';

function parse(name: string, sql = 'SELECT 1'): Frame {
  return {
    type: 'P',
    bytes: message('P', Buffer.concat([text(name), text(sql), Buffer.alloc(2)])),
  };
}

function bind(name: string): Frame {
  return {
    type: 'B',
    bytes: message('B', Buffer.concat([text(''), text(name), Buffer.alloc(6)])),
  };
}

describe("a client's prepared statements on the shared backend", () => {
  it('have names that no other client has, wherever they are named', () => {
    const [first, second] = [new PreparedStatements(), new PreparedStatements()];
    const parsed = readText(first.own(parse('find')).bytes, 5).value;
    const bound = readText(first.own(bind('find')).bytes, 6).value;
    expect(bound).toBe(parsed);
    expect(readText(second.own(parse('find')).bytes, 5).value).not.toBe(parsed);
  });

  it('keep their text and parameters', () => {
    const { bytes } = new PreparedStatements().own(parse('find', 'SELECT 42'));
    expect(bytes.length).toBe(bytes.readInt32BE(1) + 1);
    expect(readText(bytes, readText(bytes, 5).next).value).toBe('SELECT 42');
  });

  it('leave the unnamed one unnamed', () => {
    const frame = parse('');
    expect(new PreparedStatements().own(frame)).toBe(frame);
  });

  it('are forgotten once when the client goes', () => {
    const statements = new PreparedStatements();
    expect(statements.toForget()).toBeNull();
    statements.own(parse('find'));
    expect(statements.toForget()?.toString('latin1')).toContain('_find');
    expect(statements.toForget()).toBeNull();
  });

  it('are bounded in number', () => {
    const statements = new PreparedStatements();
    expect(() => {
      for (let n = 0; n <= 1_000; n++) statements.own(parse(`s${n}`));
    }).toThrow(RangeError);
  });

  it('can restore the unnamed one, when a batch uses it that does not prepare it', () => {
    const statements = new PreparedStatements();
    expect(statements.toRestore([bind('')])).toBeNull();
    statements.own(parse('', 'SELECT 42'));
    expect(statements.toRestore([bind('')])?.toString('latin1')).toContain('SELECT 42');
    expect(statements.toRestore([parse(''), bind('')])).toBeNull();
    expect(statements.toRestore([bind('named')])).toBeNull();
  });
});
