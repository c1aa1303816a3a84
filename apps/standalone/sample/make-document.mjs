// Makes the sample's PDF: two pages, so that a citation can name the page.
import { writeFileSync } from 'node:fs';
import { PDFDocument, StandardFonts } from 'pdf-lib';

const PAGES = [
  {
    title: 'Data protection overview',
    lines: [
      'Northwind Software, version 4, valid from January 2026.',
      '',
      'This overview explains to customers and colleagues which data Atlas stores, where',
      'it is stored, and who can see it.',
      '',
      'Where data is stored',
      'All customer data is stored in two data centers in Frankfurt and Dublin. It is',
      'encrypted on disk and on the way between the two centers.',
      '',
      'Who can see it',
      'Support staff can open a customer account only with the permission of the customer.',
      'Every access is written to an audit log, which is kept for one year.',
      '',
      'Subprocessors',
      'We use one company for payments and one for sending mail. Both are listed on our',
      'website, and customers hear about a new one thirty days in advance.',
    ],
  },
  {
    title: 'Retention and deletion',
    lines: [
      'Closed accounts',
      'Customer data is kept for ninety days after an account is closed. During this time',
      'the account can be opened again. After ninety days all customer data is deleted.',
      '',
      'Backups',
      'Backups are kept for thirty five days and are then overwritten.',
      '',
      'Invoices',
      'Invoices are kept for ten years, because tax law requires it.',
      '',
      'Requests',
      'A request to delete personal data is answered within two weeks. Write to the data',
      'protection officer at privacy@northwind.example.',
    ],
  },
];

/** The same bytes each time: the dates are fixed. */
export async function makeDocument(path) {
  const document = await PDFDocument.create({ updateMetadata: false });
  const date = new Date('2026-01-05T09:00:00Z');
  document.setTitle('Data protection overview');
  document.setAuthor('Northwind Software');
  document.setCreationDate(date);
  document.setModificationDate(date);
  const text = await document.embedFont(StandardFonts.Helvetica);
  const bold = await document.embedFont(StandardFonts.HelveticaBold);
  for (const [index, { title, lines }] of PAGES.entries()) {
    const page = document.addPage([595, 842]);
    page.drawText(title, { x: 60, y: 770, size: 20, font: bold });
    page.drawText(lines.join('\n'), { x: 60, y: 730, size: 11, font: text, lineHeight: 17 });
    page.drawText(`Page ${index + 1} of ${PAGES.length}`, { x: 60, y: 50, size: 9, font: text });
  }
  writeFileSync(path, await document.save({ useObjectStreams: false }));
}
