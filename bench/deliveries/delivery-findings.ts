import type { Finding, Plot } from '../report/finding';
import {
  LEAST_PER_SECOND,
  MOST_OPEN_BREAKER_MS,
  MOST_SHARE_PERCENT,
  type DeliveryFindings,
} from './deliveries-page';
import { shareOf } from './request-costs';

export function deliveryFindings({ carried, breaker, requests }: DeliveryFindings): Finding[] {
  const noise = requests.find(({ isNoise }) => isNoise);
  return [
    ...carried.map(({ name, perSecond }) => ({
      what: `deliveries of one replica: ${name}`,
      measured: perSecond,
      unit: 'a second',
      goal: { atLeast: LEAST_PER_SECOND },
    })),
    {
      what: 'answer while the breaker is open, p95',
      measured: breaker.open.p95,
      unit: 'ms',
      goal: { atMost: MOST_OPEN_BREAKER_MS },
      baseline: { name: 'the breaker closed', value: breaker.well.p95 },
    },
    ...requests
      .filter(({ isNoise }) => !isNoise)
      .map((request) => {
        const { median, from, to } = shareOf(request);
        return {
          what: `share of a request, ${request.name}`,
          measured: median,
          unit: '%',
          goal: { atMost: MOST_SHARE_PERCENT },
          spread: { low: from, high: to, of: 'with 95 % certainty' },
          ...(noise
            ? { baseline: { name: 'without either, against itself', value: shareOf(noise).median } }
            : {}),
        };
      }),
  ];
}

export function deliveryPlots({ carried }: DeliveryFindings): Plot[] {
  return [
    {
      kind: 'bars',
      id: 'deliveries',
      title: 'Deliveries of one replica',
      unit: 'a second',
      bars: carried.map(({ name, perSecond }) => ({ name, value: perSecond })),
      goal: LEAST_PER_SECOND,
    },
  ];
}
