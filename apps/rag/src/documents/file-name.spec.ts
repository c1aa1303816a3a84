import { fileNameOf } from './file-name';

describe('what a document is saved as', () => {
  it.each([
    ['Refunds', 'Refunds.pdf'],
    ['../../etc/passwd', 'etc passwd.pdf'],
    ['a\u202Efdp.exe', 'a fdp.exe.pdf'],
    ['a\r\nSet-Cookie: x', 'a Set-Cookie x.pdf'],
    ['...', 'document.pdf'],
    ['Angebot für Müller', 'Angebot für Müller.pdf'],
  ])('is, of %j, %j', (title, name) => {
    expect(fileNameOf({ title, mimeType: 'application/pdf' })).toBe(name);
  });
});
