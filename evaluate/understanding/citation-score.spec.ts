import { citedShare, type CitedHit } from './citation-score';

const hits = (meeting: number, exact: number, wrong: number): CitedHit[] => [
  ...new Array<CitedHit>(exact).fill({ meeting, exact: true }),
  ...new Array<CitedHit>(wrong).fill({ meeting, exact: false }),
];

describe('citedShare', () => {
  it('is the share of hits that are cited by evidence', () => {
    expect(citedShare([...hits(0, 9, 1), ...hits(1, 5, 5)])).toMatchObject({
      exact: 14,
      of: 20,
      share: 0.7,
    });
  });

  it('draws whole meetings: the interval goes from the worst to the best of few', () => {
    const { from, to } = citedShare([...hits(0, 9, 1), ...hits(1, 5, 5)]);
    expect([from, to]).toEqual([0.5, 0.9]);
  });

  it('has no interval where all meetings are alike', () => {
    const { from, to } = citedShare([...hits(0, 9, 1), ...hits(1, 9, 1), ...hits(2, 9, 1)]);
    expect([from, to]).toEqual([0.9, 0.9]);
  });
});
