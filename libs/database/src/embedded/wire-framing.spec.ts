import { query } from './client-messages';
import { transactionState } from './server-messages';
import { FrameReader, message } from './wire-framing';

function startedReader(): FrameReader {
  const reader = new FrameReader();
  reader.markStarted();
  return reader;
}

describe('cutting a byte stream into messages', () => {
  it('finds the same messages however the network cuts the stream', () => {
    const stream = Buffer.concat([
      query('SELECT 1'),
      message('S', Buffer.alloc(0)),
      query('ROLLBACK'),
    ]);
    for (const size of [1, 3, 7, stream.length]) {
      const reader = startedReader();
      const found: string[] = [];
      for (let at = 0; at < stream.length; at += size) {
        reader.push(stream.subarray(at, at + size));
        for (let frame = reader.next(); frame; frame = reader.next()) {
          found.push(`${frame.type}:${frame.bytes.length}`);
        }
      }
      expect(found).toEqual(['Q:14', 'S:5', 'Q:14']);
    }
  });

  it('reads the start-up message, which has no type letter', () => {
    const reader = new FrameReader();
    reader.push(Buffer.from([0, 0, 0, 9, 0, 3, 0, 0, 0]));
    expect(reader.next()).toMatchObject({ type: '' });
    expect(reader.next()).toBeNull();
  });

  it.each([
    ['shorter than its own header', [0x51, 0, 0, 0, 3]],
    ['larger than anybody may send', [0x51, 0x7f, 0xff, 0xff, 0xff]],
    ['of negative length', [0x51, 0xff, 0xff, 0xff, 0xff]],
  ])('refuses a message %s', (_, bytes) => {
    const reader = startedReader();
    reader.push(Buffer.from(bytes));
    expect(() => reader.next()).toThrow(RangeError);
  });

  it('refuses a start-up message as large as a web page', () => {
    const reader = new FrameReader();
    reader.push(Buffer.from('GET / HTTP/1.1\r\n'));
    expect(() => reader.next()).toThrow(RangeError);
  });
});

describe('the transaction state in an answer', () => {
  const ready = (state: string): Buffer => message('Z', Buffer.from(state));

  it('is what the last ReadyForQuery says', () => {
    const done = message('C', Buffer.from('BEGIN\0'));
    expect(transactionState(Buffer.concat([done, ready('T'), done, ready('I')]))).toBe('I');
  });

  it('is unknown while the query is not over', () => {
    expect(transactionState(message('1', Buffer.alloc(0)))).toBeNull();
    expect(transactionState(Buffer.alloc(0))).toBeNull();
  });
});
