import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LiveContainer } from './live-container';

// `media-recorder.webm` is what Chromium's MediaRecorder made of a recording, a part each 250 ms.
const fixture = (name: string): Buffer => readFileSync(join(__dirname, '../fixtures', name));

function packetsOf(file: Buffer, pieceBytes: number): string[] {
  const container = new LiveContainer();
  const packets: string[] = [];
  for (let at = 0; at < file.length; at += pieceBytes) {
    for (const packet of container.push(file.subarray(at, at + pieceBytes))) {
      packets.push(Buffer.from(packet).toString('hex'));
    }
  }
  expect(container.whole).toBe(true);
  expect(Buffer.from(container.head ?? []).toString('latin1', 0, 8)).toBe('OpusHead');
  return packets;
}

/** An Ogg page of one stream; each packet is shorter than 255 bytes. */
function oggPage(flags: number, packets: readonly Buffer[], serial = 7): Buffer {
  const header = Buffer.alloc(27);
  header.write('OggS');
  header.writeUInt8(flags, 5);
  header.writeUInt32LE(serial, 14);
  header.writeUInt8(packets.length, 26);
  return Buffer.concat([header, Buffer.from(packets.map(({ length }) => length)), ...packets]);
}

function withoutOpus(): Buffer {
  const webm = Buffer.from(fixture('media-recorder.webm'));
  webm.write('A_FLAC', webm.indexOf('A_OPUS'));
  return webm;
}

function withoutHead(): Buffer {
  const webm = Buffer.from(fixture('media-recorder.webm'));
  // An id that says nothing in place of CodecPrivate's.
  webm.write('63a1', webm.indexOf(Buffer.from('63a2', 'hex')), 'hex');
  return webm;
}

const HEAD = Buffer.concat([
  Buffer.from('OpusHead'),
  Buffer.from([1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
]);
const TAGS = Buffer.from('OpusTags');

describe('a container that comes in pieces', () => {
  it.each([
    ['media-recorder.webm', 150],
    ['speech.webm', 150],
    ['speech.ogg', 150],
  ])('gives the same packets of %s however it is cut', (name, atLeast) => {
    const file = fixture(name);
    const whole = packetsOf(file, file.length);
    expect(whole.length).toBeGreaterThan(atLeast);
    for (const pieceBytes of [1, 3, 97, 1_000]) expect(packetsOf(file, pieceBytes)).toEqual(whole);
  });

  it('leaves other streams of an Ogg out', () => {
    const container = new LiveContainer();
    const other = oggPage(2, [Buffer.from('\x80theora')], 8);
    const packets = container.push(
      Buffer.concat([
        other,
        oggPage(2, [HEAD]),
        oggPage(0, [TAGS]),
        oggPage(0, [Buffer.from('picture')], 8),
        oggPage(0, [Buffer.from('one'), Buffer.from('two')]),
      ]),
    );
    expect(packets.map((packet) => Buffer.from(packet).toString())).toEqual(['one', 'two']);
  });

  it('passes over what it does not need, of any size, without keeping it', () => {
    const container = new LiveContainer();
    // Up to where the track begins, and then four gigabytes of nothing.
    container.push(fixture('media-recorder.webm').subarray(0, 0x30));
    container.push(Buffer.from('ec01000000ffffffff', 'hex'));
    for (let piece = 0; piece < 200; piece++) container.push(Buffer.alloc(1_000_000));
    expect(container.whole).toBe(false);
    const { rest } = (container as unknown as { stream: { rest: Buffer } }).stream;
    expect(rest).toHaveLength(0);
  });

  it.each<[string, Buffer, string]>([
    ['text', Buffer.from('no audio at all'), 'unknown'],
    [
      'an Ogg of Vorbis',
      Buffer.concat([oggPage(2, [Buffer.from('\x01vorbis')]), oggPage(0, [TAGS])]),
      'no-opus',
    ],
    [
      'an Ogg that is cut out',
      Buffer.concat([oggPage(2, [HEAD]), Buffer.from('nonsense'.repeat(9))]),
      'damaged',
    ],
    ['a WebM without Opus', withoutOpus(), 'no-opus'],
    ['a WebM that does not say how its Opus is coded', withoutHead(), 'no-opus'],
    [
      'an Ogg with another one behind its end',
      Buffer.concat([
        oggPage(2, [HEAD]),
        oggPage(0, [TAGS]),
        oggPage(4, [Buffer.from('one')]),
        oggPage(2, [HEAD], 8),
      ]),
      'broken-off',
    ],
    [
      'an Ogg that begins once more without an end',
      Buffer.concat([
        oggPage(2, [HEAD]),
        oggPage(0, [TAGS]),
        oggPage(0, [Buffer.from('one')]),
        oggPage(2, [HEAD]),
      ]),
      'broken-off',
    ],
    [
      'zeros in a WebM',
      Buffer.concat([fixture('media-recorder.webm').subarray(0, 900), Buffer.alloc(80_000)]),
      'damaged',
    ],
  ])('refuses %s', (_what, bytes, failure) => {
    expect(() => new LiveContainer().push(bytes)).toThrow(
      expect.objectContaining({ failure }) as Error,
    );
  });

  it('never holds more than a page of what goes on without an end', () => {
    const container = new LiveContainer();
    container.push(Buffer.concat([oggPage(2, [HEAD]), oggPage(0, [TAGS])]));
    const endless = oggPage(1, []);
    endless.writeUInt8(255, 26);
    const page = Buffer.concat([endless, Buffer.alloc(255, 255), Buffer.alloc(255 * 255)]);
    expect(() => {
      for (let count = 0; count < 3; count++) container.push(page);
    }).toThrow(expect.objectContaining({ failure: 'too-large' }) as Error);
  });
});
