import { ModelFailedError, type ModelFailure } from '../text/model-failed.error';
import { EndpointGuard } from './endpoint-guard';

const ENGINE = 'openai:tiny';
const failure = (reason: ModelFailure, status?: number): ModelFailedError =>
  new ModelFailedError(ENGINE, reason, 'no', { status });

// Fake: the clock, and how requests end.
describe('the guard of a model endpoint', () => {
  let nowMs: number;
  let guard: EndpointGuard;
  let gauge: Record<string, boolean>;

  beforeEach(() => {
    nowMs = 0;
    gauge = {};
    const metrics = {
      rests: (_engine: string, who: string, isResting: boolean) => {
        gauge[who] = isResting;
      },
    };
    guard = new EndpointGuard(ENGINE, metrics, { now: () => nowMs });
  });

  const fails = (error: unknown, times = 1, waiting = {}): void => {
    for (let time = 0; time < times; time++) guard.enter(waiting).failed(error);
  };
  const isRefused = (waiting = {}): void => {
    const { reason } = refusalOf(waiting) ?? {};
    expect(reason).toBe('resting');
  };
  const refusalOf = (waiting: object): ModelFailedError | undefined => {
    try {
      guard.enter(waiting).left();
      return undefined;
    } catch (error) {
      return error as ModelFailedError;
    }
  };

  it.each([
    ['cannot be reached', failure('unreachable')],
    ['has too much to do', failure('busy')],
    ['answers 500', failure('refused', 500)],
    ['answers 503', failure('refused', 503)],
  ])('leaves it alone when it %s three times in a row', (_what, error) => {
    fails(error, 2);
    expect(guard.heldBack).toBeNull();
    fails(error);
    expect(guard.heldBack).toBe('everybody');
    isRefused();
  });

  it('leaves it alone after one timeout: whoever comes next would wait as long', () => {
    fails(failure('timeout'));
    isRefused();
  });

  it.each([
    ['refuses a request', failure('refused', 400)],
    ['does not know the key', failure('refused', 401)],
    ['asks for patience', failure('refused', 429)],
    ['answers what is of no use', failure('out-of-shape')],
  ])('has an answer, which forgives what failed before, when it %s', (_what, error) => {
    fails(failure('unreachable'), 2);
    fails(error, 5);
    fails(failure('unreachable'), 2);
    expect(guard.heldBack).toBeNull();
  });

  it('learns nothing from a mistake of ours, nor from a caller who left', () => {
    fails(new TypeError('ours'), 5);
    fails(failure('timeout'), 5, { signal: AbortSignal.abort() });
    expect(guard.heldBack).toBeNull();
    expect(refusalOf({})).toBeUndefined();
  });

  it('lets one request try after ten seconds, and all once it has an answer', () => {
    fails(failure('timeout'));
    nowMs = 9_999;
    isRefused();
    nowMs = 10_000;
    const tried = guard.enter({});
    isRefused();
    tried.answered();
    expect(guard.heldBack).toBeNull();
    expect(refusalOf({})).toBeUndefined();
  });

  it('holds back only the impatient when it is too slow for them alone', () => {
    const patienceMs = 3_000;
    fails(failure('timeout'), 3, { patienceMs });
    isRefused({ patienceMs });
    expect(guard.heldBack).toBe('impatient');
    expect(refusalOf({})).toBeUndefined();
    guard.enter({}).answered();
    isRefused({ patienceMs });
    expect(gauge).toEqual({ everybody: false, impatient: true });
    nowMs = 10_000;
    guard.enter({ patienceMs }).answered();
    expect(gauge).toEqual({ everybody: false, impatient: false });
  });

  it('holds back the impatient as well when it failed, and lets one of them try', () => {
    const patienceMs = 3_000;
    fails(failure('unreachable'), 3, { patienceMs });
    isRefused();
    isRefused({ patienceMs });
    expect(gauge).toEqual({ everybody: true, impatient: false });
    nowMs = 10_000;
    guard.enter({ patienceMs }).answered();
    expect(gauge).toEqual({ everybody: false, impatient: false });
  });

  it('lets the next one try when patience was too short to find out', () => {
    fails(failure('timeout'));
    nowMs = 10_000;
    fails(failure('timeout'), 1, { patienceMs: 3_000 });
    expect(guard.heldBack).toBe('everybody');
    guard.enter({}).answered();
    expect(guard.heldBack).toBeNull();
  });
});
