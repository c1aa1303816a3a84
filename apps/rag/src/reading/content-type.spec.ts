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

  it('knows web pages, Word documents and subtitles by how they begin', () => {
    expect(of('<!-- made by hand --><!DOCTYPE html><p>x').kind).toBe('html');
    expect(of('PK\x03\x04 word/document.xml').kind).toBe('docx');
    expect(of('\uFEFFWEBVTT\n\n00:00.000 --> 00:01.000\nHi').kind).toBe('vtt');
    expect(of('1\r\n00:00:00,000 --> 00:00:01,000\r\nHi').kind).toBe('srt');
    expect(of('WEBVTTs are subtitles.').kind).toBe('plain');
  });

  it('says of an old or encrypted Office file what to do', () => {
    const bytes = Buffer.from('d0cf11e0a1b11ae100', 'hex');
    expect(() => recogniseContent(bytes)).toThrow('old kind, or encrypted');
  });

  it('reads UTF-16 with a byte order mark', () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Grüße', 'utf16le')]);
    expect(recogniseContent(bytes)).toEqual({ kind: 'plain', text: 'Grüße' });
  });

  it.each([
    ['nothing', '', 'The document is empty.'],
    ['only blanks', ' \n\t', 'The document is empty.'],
    ['a spreadsheet', 'PK\x03\x04xl/workbook.xml', 'only Word documents'],
    ['binary data', 'a\0b', 'neither a PDF, a Word document nor text'],
  ])('refuses %s with a sentence that helps', (_what, text, sentence) => {
    expect(() => of(text)).toThrow(sentence);
  });

  it('refuses text in an unknown encoding rather than garble it', () => {
    expect(() => recogniseContent(Buffer.from([0x47, 0x72, 0xfc, 0xdf, 0x65]))).toThrow('UTF-8');
  });
});
