import { fileNameOf } from './file-name';

const startedAt = '2026-11-24T09:00:00.000Z';

describe("an export's file name", () => {
  it.each([
    ['Planning: Q4/2026', '2026-11-24 Planning Q4 2026.md'],
    ['../../etc/passwd', '2026-11-24 etc passwd.md'],
    ['Ärger in Zürich', '2026-11-24 Ärger in Zürich.md'],
    ['???', '2026-11-24 meeting.md'],
    ['x'.repeat(200), `2026-11-24 ${'x'.repeat(80)}.md`],
  ])('of %j is %j', (title, name) => {
    expect(fileNameOf({ title, startedAt }, 'md')).toBe(name);
  });
});
