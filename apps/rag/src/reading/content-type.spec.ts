import { recogniseContent } from './content-type';

const of = (text: string): ReturnType<typeof recogniseContent> =>
  recogniseContent(Buffer.from(text));

describe('recogniseContent', () => {
  it('knows a PDF by its header, with junk before it too', () => {
    expect(of('%PDF-1.7\n')).toEqual({ kind: 'pdf' });
    expect(of('junk\n%PDF-1.7\n')).toEqual({ kind: 'pdf' });
  });

  it('knows Markdown by a heading, and plain text by the absence of markup', () => {
    expect(of('# Policy\n\nText.').kind).toBe('markdown');
    expect(of('- one\n- two\n- three').kind).toBe('markdown');
    expect(of('A note - with a dash.\nAnd #5.').kind).toBe('plain');
  });

  it('reads UTF-16 with a byte order mark', () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Grüße', 'utf16le')]);
    expect(recogniseContent(bytes)).toEqual({ kind: 'plain', text: 'Grüße' });
  });

  it.each([
    ['nothing', '', 'The document is empty.'],
    ['only blanks', ' \n\t', 'The document is empty.'],
    ['an Office file', 'PK\x03\x04rest', 'Office files'],
    ['a web page', '<!DOCTYPE html><p>x', 'Web pages'],
    ['binary data', 'a\0b', 'neither a PDF nor text'],
  ])('refuses %s with a sentence that helps', (_what, text, sentence) => {
    expect(() => of(text)).toThrow(sentence);
  });

  it('refuses text in an unknown encoding rather than garble it', () => {
    expect(() => recogniseContent(Buffer.from([0x47, 0x72, 0xfc, 0xdf, 0x65]))).toThrow('UTF-8');
  });
});
