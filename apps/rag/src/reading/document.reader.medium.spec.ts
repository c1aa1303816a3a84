import { PDFDocument, StandardFonts } from 'pdf-lib';
import { ChildReader } from './child.reader';
import { DocumentReader } from './document.reader';
import { zipOf } from './zip.fake';

const limits = {
  RAG_MAX_PDF_PAGES: 10,
  RAG_MAX_UNPACKED_BYTES: 1_000_000,
  RAG_READING_TIMEOUT_SECONDS: 20,
  RAG_READING_MEMORY_MEGABYTES: 256,
};
const reader = (more: Partial<typeof limits> = {}): DocumentReader => {
  const settings = { ...limits, ...more };
  return new DocumentReader(new ChildReader(settings), settings);
};
const refused = (detail: string): object =>
  expect.objectContaining({ code: 'document-unreadable', detail }) as object;

async function pdf(pages: string[]): Promise<Buffer> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (const text of pages) document.addPage().drawText(text, { x: 50, y: 700, size: 11, font });
  return Buffer.from(await document.save());
}

const paragraph = (text: string, style = ''): string =>
  `<w:p>${style && `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}<w:r><w:t>${text}</w:t></w:r></w:p>`;
const row = (...cells: string[]): string =>
  `<w:tr>${cells.map((cell) => `<w:tc>${paragraph(cell)}</w:tc>`).join('')}</w:tr>`;
function docx(body: string, options = {}): Buffer {
  return zipOf(
    {
      'word/document.xml': `<?xml version="1.0"?><w:document><w:body>${body}</w:body></w:document>`,
      'word/styles.xml': `<w:styles><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style></w:styles>`,
      'docProps/core.xml': `<cp:coreProperties><dc:title>Handbook</dc:title></cp:coreProperties>`,
    },
    options,
  );
}

// Real: the reading process with pdf.js and the XML parser.
describe('DocumentReader', () => {
  it('reads the paragraphs of each page of a PDF', async () => {
    expect(await reader().read(await pdf(['First page.', 'Second page.']))).toEqual({
      mimeType: 'application/pdf',
      pages: 2,
      blocks: [
        { text: 'First page.', headings: [], page: 1 },
        { text: 'Second page.', headings: [], page: 2 },
      ],
    });
  });

  it('reads headings, paragraphs and rows of a Word document, in whatever language its styles are', async () => {
    const body =
      paragraph('Reisen', 'berschrift1') +
      paragraph('Trains are &lt;fine&gt;.') +
      `<w:tbl>${row('City', 'Limit')}${row('Lisbon', '140')}</w:tbl>`;
    expect(await reader().read(docx(body))).toEqual({
      type: 'blocks',
      mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      title: 'Handbook',
      blocks: [
        { text: 'Trains are <fine>.', headings: ['Reisen'] },
        { text: 'City: Lisbon; Limit: 140.', headings: ['Reisen'] },
      ],
    });
  });

  it('reads a web page', async () => {
    const page =
      '<!doctype html><title>Doors</title><h2>Code</h2><p>It is <b>changed</b> on Monday.';
    expect(await reader().read(Buffer.from(page))).toMatchObject({
      mimeType: 'text/html',
      title: 'Doors',
      blocks: [{ text: 'It is changed on Monday.', headings: ['Code'] }],
    });
  });

  it('reads a web page in the encoding that it names', async () => {
    const page = Buffer.from('<html><meta charset="iso-8859-1"><p>Caf\xe9', 'latin1');
    expect((await reader().read(page)).blocks).toEqual([{ text: 'Café', headings: [] }]);
  });

  it('reads long text in the reading process, as it reads short text', async () => {
    const text = `# Long\n\n${'A sentence of some words. '.repeat(10_000)}`;
    const { blocks, title } = await reader().read(Buffer.from(text));
    expect(title).toBe('Long');
    expect(blocks).toHaveLength(1);
  });

  describe('refuses', () => {
    it('a PDF with more pages than allowed, and says how many are', async () => {
      await expect(
        reader({ RAG_MAX_PDF_PAGES: 1 }).read(await pdf(['One.', 'Two.'])),
      ).rejects.toEqual(refused('The PDF has more than 1 pages.'));
    });

    it('what takes too long, and ends the process', async () => {
      await expect(
        reader({ RAG_READING_TIMEOUT_SECONDS: 0.001 }).read(await pdf(['One.'])),
      ).rejects.toEqual(refused('The document takes too long to read.'));
    });

    it('a Word document that is far larger than it looks', async () => {
      const bomb = docx(paragraph('a'.repeat(5_000_000)));
      expect(bomb.length).toBeLessThan(20_000);
      await expect(reader().read(bomb)).rejects.toEqual(
        refused('Unpacked, the Word document is larger than 1000000 bytes.'),
      );
    });

    it('a Word document that says it is encrypted', async () => {
      await expect(reader().read(docx(paragraph('Secret.'), { flags: 1 }))).rejects.toEqual(
        refused('The Word document is encrypted; upload it without a password.'),
      );
    });

    it.each([
      ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 40)],
      ['without its directory', (bytes: Buffer) => bytes.subarray(0, 60)],
      [
        'with a directory that points nowhere',
        (bytes: Buffer) => {
          const wrong = Buffer.from(bytes);
          wrong.writeUInt32LE(0xfffffff0, wrong.length - 6);
          return wrong;
        },
      ],
    ])('a Word document that is broken: %s', async (_what, harm) => {
      await expect(reader().read(harm(docx(paragraph('Text.'))))).rejects.toEqual(
        refused('The file calls itself a Word document but cannot be read as one.'),
      );
    });

    it('entities that would grow without end: they stay as they are written', async () => {
      const laughs = `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>`;
      const bytes = zipOf({
        'word/document.xml': `${laughs}<w:document>${paragraph('&b; indeed.')}</w:document>`,
      });
      expect((await reader().read(bytes)).blocks).toEqual([{ text: '&b; indeed.', headings: [] }]);
    });

    it('a Word document without a word', async () => {
      await expect(reader().read(docx(paragraph(' ')))).rejects.toEqual(
        refused('The document holds no text.'),
      );
    });

    it('a page of nothing but scripts', async () => {
      await expect(
        reader().read(Buffer.from('<html><script>let a = "text"</script></html>')),
      ).rejects.toEqual(refused('The document holds no text.'));
    });
  });

  it('reads a page that is nested twenty thousand deep', async () => {
    const page = `<!doctype html>${'<div>'.repeat(20_000)}<p>Found.`;
    expect((await reader().read(Buffer.from(page))).blocks).toEqual([
      { text: 'Found.', headings: [] },
    ]);
  });
});
