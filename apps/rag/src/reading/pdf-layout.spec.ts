import { layOutPdf } from './pdf-layout';
import type { PdfLine } from './reading.protocol';

const line = (text: string, top: number, height = 11): PdfLine => ({ text, top, height });

describe('layOutPdf', () => {
  it('makes paragraphs of lines that stand close, and joins words cut at a line end', () => {
    const blocks = layOutPdf([
      [
        line('Data is stored in two data cen-', 100),
        line('ters in Frankfurt and in Dublin, both in Europe.', 114),
        line('Nobody else may read what is stored there.', 150),
      ],
    ]);
    expect(blocks.map((block) => block.text)).toEqual([
      'Data is stored in two data centers in Frankfurt and in Dublin, both in Europe.',
      'Nobody else may read what is stored there.',
    ]);
  });

  it('knows headings by larger letters and by short first lines', () => {
    const blocks = layOutPdf([
      [
        line('Overview', 50, 20),
        line('Backups', 100),
        line('Backups are kept for thirty five days and are then overwritten.', 114),
      ],
    ]);
    expect(blocks).toEqual([
      {
        text: 'Backups are kept for thirty five days and are then overwritten.',
        headings: ['Overview', 'Backups'],
        page: 1,
      },
    ]);
  });

  it('gives a sentence that runs over to the page on which it begins', () => {
    const blocks = layOutPdf([
      [line('We keep the data of closed accounts', 100)],
      [line('for ninety days. Then it is deleted.', 100)],
    ]);
    expect(blocks).toEqual([
      { text: 'We keep the data of closed accounts for ninety days.', headings: [], page: 1 },
      { text: 'Then it is deleted.', headings: [], page: 2 },
    ]);
  });

  it('drops page numbers and what stands at the edge of every page', () => {
    const page = (number: number): PdfLine[] => [
      line('Northwind, confidential', 20),
      line(`Paragraph ${['one', 'two', 'three'][number - 1]} says something of its own.`, 100),
      line(`Page ${number} of 3`, 800),
    ];
    expect(layOutPdf([page(1), page(2), page(3)]).map((block) => block.text)).toEqual([
      'Paragraph one says something of its own.',
      'Paragraph two says something of its own.',
      'Paragraph three says something of its own.',
    ]);
  });
});
