import { DELIVERY_STATUSES } from '@parley/contracts';
import { isLegal, origins, type Move } from './delivery-state';

const MOVES: Move[] = ['claim', 'settle', 'postpone', 'retry', 'authorise'];

describe('the states of a delivery', () => {
  it('lead from planned over sending to an end', () => {
    expect(isLegal('claim', 'planned', 'sending')).toBe(true);
    for (const end of ['succeeded', 'failed', 'uncertain'] as const) {
      expect(isLegal('settle', 'sending', end)).toBe(true);
    }
  });

  it('let nothing end that was not written down as sending first', () => {
    for (const from of DELIVERY_STATUSES.filter((status) => status !== 'sending')) {
      expect(isLegal('settle', from, 'succeeded')).toBe(false);
    }
  });

  it('let nobody send again what succeeded', () => {
    expect(MOVES.filter((move) => origins(move).includes('succeeded'))).toEqual([]);
  });

  it('let a person retry only what failed or is uncertain', () => {
    expect(origins('retry')).toEqual(['failed', 'uncertain']);
  });

  it('let another worker take over what one left in sending', () => {
    expect(isLegal('claim', 'sending', 'sending')).toBe(true);
  });
});
