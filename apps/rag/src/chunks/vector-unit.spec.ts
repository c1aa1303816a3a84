import { meanVector, unitsOf } from './vector-unit';

describe('unitsOf', () => {
  const chunk = {
    context: 'Guide\nDoors',
    text: 'Ana: Okay.\nBen: The code is changed on Monday.',
  };

  it('is the passage with its nearest heading for a model of passages', () => {
    expect(unitsOf(chunk, 'passage')).toEqual([`Doors: ${chunk.text}`]);
  });

  it('is the heading and each sentence that says something for a model of sentences', () => {
    expect(unitsOf(chunk, 'sentence')).toEqual(['Doors', 'Ben: The code is changed on Monday.']);
  });

  it('is the whole text when no sentence says much', () => {
    expect(unitsOf({ context: '', text: 'Yes. No.' }, 'sentence')).toEqual(['Yes. No.']);
  });
});

describe('meanVector', () => {
  it('has length 1 and points between them', () => {
    const [x = 0, y = 0] = meanVector([Float32Array.of(1, 0), Float32Array.of(0, 1)]);
    expect(x).toBeCloseTo(Math.SQRT1_2, 5);
    expect(y).toBeCloseTo(Math.SQRT1_2, 5);
  });

  it('is the first of vectors that cancel each other out', () => {
    expect(meanVector([Float32Array.of(1, 0), Float32Array.of(-1, 0)])).toEqual(
      Float32Array.of(1, 0),
    );
  });
});
