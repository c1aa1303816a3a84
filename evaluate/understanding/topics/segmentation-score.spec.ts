import { realBoundaries } from './real-boundaries';
import { evenly, scoreSegmentation } from './segmentation-score';

describe('scoreSegmentation', () => {
  it('is nothing for the division that people made', () => {
    expect(scoreSegmentation([4], [4], 8)).toEqual({ pk: 0, windowDiff: 0 });
    expect(scoreSegmentation([], [], 8)).toEqual({ pk: 0, windowDiff: 0 });
  });

  it('counts the windows that a missing boundary lies in', () => {
    // Six windows of two places each; two of them hold the boundary.
    expect(scoreSegmentation([4], [], 8)).toEqual({ pk: 2 / 6, windowDiff: 2 / 6 });
  });

  it('forgives a near miss more than a far one', () => {
    expect(scoreSegmentation([4], [5], 8).pk).toBeLessThan(scoreSegmentation([4], [7], 8).pk);
  });

  it('counts a second boundary beside a right one by WindowDiff alone', () => {
    const { pk, windowDiff } = scoreSegmentation([4], [4, 5], 8);
    expect(windowDiff).toBeGreaterThan(pk);
  });

  it('says nothing of what is too short to be divided', () => {
    expect(scoreSegmentation([], [], 1)).toEqual({ pk: 0, windowDiff: 0 });
  });
});

describe('evenly', () => {
  it('makes parts of the same length', () => {
    expect(evenly(9, 2)).toEqual([3, 6]);
    expect(evenly(9, 0)).toEqual([]);
  });
});

describe('realBoundaries', () => {
  const marked = (...spans: [string, string][]): { relevant_text_span: [string, string][] } => ({
    relevant_text_span: spans,
  });

  it('are where the topic that people marked changes, as places among the turns with speech', () => {
    const topics = [marked(['0', '3'], ['8', '9']), marked(['4', '7'])];
    expect(realBoundaries([0, 1, 3, 4, 7, 8, 9], topics)).toEqual([3, 5]);
  });

  it('leave what nobody marked to the topic around it, or else to itself', () => {
    const around = [marked(['0', '1'], ['3', '4'])];
    expect(realBoundaries([0, 1, 2, 3, 4], around)).toEqual([]);
    const between = [marked(['1', '1']), marked(['3', '3'])];
    expect(realBoundaries([0, 1, 2, 3, 4], between)).toEqual([1, 2, 3, 4]);
  });
});
