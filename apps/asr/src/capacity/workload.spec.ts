import { Workload } from './workload';

describe('Workload', () => {
  const EXPECTED = { decoding: 0.02, hearing: 0.01 };
  let nowMs: number;
  let workload: Workload;

  beforeEach(() => {
    nowMs = 0;
    workload = new Workload({ now: () => nowMs });
    workload.expect(EXPECTED);
  });

  function listen(seconds: number, meetings: number, decodingPerMeeting: number): void {
    for (let second = 0; second < seconds; second++) {
      nowMs += 1_000;
      workload.decoded(decodingPerMeeting * meetings);
      workload.heard(0.01 * meetings);
      workload.passed(meetings);
    }
  }

  it('is as expected before there is any experience', () => {
    expect(workload.costs).toEqual(EXPECTED);
  });

  it('becomes what is experienced, the sooner the more meetings there are', () => {
    listen(30, 1, 0.1);
    const slowly = workload.costs.decoding;
    expect(slowly).toBeGreaterThan(0.02);
    expect(slowly).toBeLessThan(0.06);
    listen(120, 20, 0.1);
    expect(workload.costs.decoding).toBeCloseTo(0.1, 2);
    expect(workload.costs.hearing).toBeCloseTo(0.01, 2);
  });

  it('forgets a crowd that has gone', () => {
    listen(120, 20, 0.2);
    listen(600, 1, 0.02);
    expect(workload.costs.decoding).toBeLessThan(0.04);
  });

  it('takes silent meetings for no less than half of what talking ones are expected to cost', () => {
    listen(3_600, 10, 0);
    expect(workload.costs.decoding).toBe(0.01);
  });

  it('learns and forgets nothing while there are no meetings', () => {
    listen(120, 20, 0.1);
    const before = workload.costs;
    nowMs += 3_600_000;
    workload.passed(0);
    expect(workload.costs).toEqual(before);
  });
});
