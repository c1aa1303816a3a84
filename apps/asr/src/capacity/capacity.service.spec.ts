import { availableParallelism } from 'node:os';
import { CapacityService } from './capacity.service';
import { Workload } from './workload';

describe('CapacityService', () => {
  const engines = Math.min(2, availableParallelism());

  function capacity(decoding: number, hearing: number, most?: number): number {
    const workload = new Workload({ now: () => 0 });
    workload.expect({ decoding, hearing });
    const settings = {
      ASR_CONCURRENT_DECODES: 2,
      ...(most === undefined ? {} : { ASR_MAX_MEETINGS: most }),
    };
    return new CapacityService(settings, workload).meetings;
  }

  it('is what the engine can decode in three quarters of its time', () => {
    expect(capacity(0.05, 0.000_1)).toBe(Math.floor((engines * 0.75) / 0.05));
  });

  it('is no more than one event loop can hear', () => {
    expect(capacity(0.000_1, 0.02)).toBe(30);
  });

  it('is never less than one', () => {
    expect(capacity(10, 10)).toBe(1);
  });

  it('is what the operator says instead, be it more or less', () => {
    expect(capacity(0.01, 0.01, 4)).toBe(4);
    expect(capacity(10, 10, 100)).toBe(100);
  });
});
