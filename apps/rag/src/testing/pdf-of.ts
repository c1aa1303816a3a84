import { PDFDocument, StandardFonts } from 'pdf-lib';

/** A PDF with the title “Office guide” and a page for each text. */
export async function pdfOf(pages: readonly string[]): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (const text of pages) {
    document.addPage().drawText(text, { x: 50, y: 700, size: 11, font, maxWidth: 450 });
  }
  document.setTitle('Office guide');
  return document.save();
}
