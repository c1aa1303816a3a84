import { describeError } from './describe-error';

describe('where an error was thrown', () => {
  it.each([
    ['/srv/parley/dist/apps/agent/src/main.js:1:2', 'apps/agent/src/main.js:1:2'],
    ['/opt/apps/parley/dist/libs/bus/src/index.js:3:4', 'libs/bus/src/index.js:3:4'],
    ['/srv/my-apps/parley/dist/apps/rag/src/x.js:5:6', 'apps/rag/src/x.js:5:6'],
    ['/home/bench/parley/dist/apps/nlu/src/y.js:7:8', 'apps/nlu/src/y.js:7:8'],
  ])('is told from our folder on, whatever stands above it: %s', (place, told) => {
    const error = new Error('no');
    error.stack = `Error: no\n    at run (${place})\n    at ${place}`;
    expect(describeError(error).at).toEqual([told, told]);
  });

  it('is not told of code that is not ours', () => {
    const error = new Error('no');
    error.stack = 'Error: no\n    at run (/srv/parley/node_modules/pg/lib/client.js:1:2)';
    expect(describeError(error).at ?? []).toEqual([]);
  });
});
