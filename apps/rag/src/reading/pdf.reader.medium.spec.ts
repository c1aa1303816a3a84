import { PDFDocument, StandardFonts } from 'pdf-lib';
import { PdfReader } from './pdf.reader';

const limits = {
  RAG_MAX_PDF_PAGES: 10,
  RAG_PDF_TIMEOUT_SECONDS: 20,
  RAG_PDF_MEMORY_MEGABYTES: 256,
};

async function pdf(pages: string[]): Promise<Buffer> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (const text of pages) document.addPage().drawText(text, { x: 50, y: 700, size: 11, font });
  return Buffer.from(await document.save());
}

// Real: pdf.js in its child process.
describe('PdfReader', () => {
  it('reads the paragraphs of each page', async () => {
    const document = await new PdfReader(limits).read(await pdf(['First page.', 'Second page.']));
    expect(document).toEqual({
      mimeType: 'application/pdf',
      pages: 2,
      blocks: [
        { text: 'First page.', headings: [], page: 1 },
        { text: 'Second page.', headings: [], page: 2 },
      ],
    });
  });

  it('refuses one that has more pages than allowed, and says how many are', async () => {
    const reader = new PdfReader({ ...limits, RAG_MAX_PDF_PAGES: 1 });
    await expect(reader.read(await pdf(['One.', 'Two.']))).rejects.toMatchObject({
      code: 'document-unreadable',
      detail: 'The PDF has more than 1 pages.',
    });
  });

  it('ends the process that takes too long', async () => {
    const reader = new PdfReader({ ...limits, RAG_PDF_TIMEOUT_SECONDS: 0.001 });
    await expect(reader.read(await pdf(['One.']))).rejects.toMatchObject({
      code: 'document-unreadable',
      detail: 'The PDF takes too long to read.',
    });
  });
});
