import { requireArguments } from './require-arguments';

describe('arguments that a tool requires', () => {
  const tool = {
    name: 'file.append',
    arguments: { type: 'object', properties: { title: { type: 'string' } }, required: ['title'] },
  };

  it('pass where they fit', () => {
    requireArguments(tool, { title: 'Notes', kind: 'task' });
  });

  it('are refused with the tool’s name and each fault where they do not', () => {
    expect.assertions(1);
    try {
      requireArguments(tool, { kind: 'task' });
    } catch (error) {
      expect(error).toMatchObject({
        code: 'validation-failed',
        detail: 'file.append does not take these arguments.',
        extra: { errors: ['arguments.title: is missing'] },
      });
    }
  });
});
