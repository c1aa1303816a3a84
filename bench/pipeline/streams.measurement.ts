import { orderProgram } from '../order-program';
import { requireProcessFigures } from '../process-tree';
import type { HeldStreams, StreamOptions } from './held-streams.main';
import type { Measurement } from './measurement';
import { processorTime } from './processor-time';
import { withSystem } from './running-system';

const COUNT = 20;
const SECONDS = 60;
const SHARE = 0.4;

/** Streams to `WS /v1/listen` of which only the final text is wanted: how many of them a core would carry. */
export const streamsMeasurement: Measurement = {
  name: 'streams',
  canBeSmall: false,
  run: (say) => {
    requireProcessFigures();
    return withSystem({ settings: { ASR_MAX_MEETINGS: '1000' } }, async (system) => {
      say(`${COUNT} streams for ${SECONDS} s …`);
      const url = system.client.urls.asr;
      const used = processorTime(system);
      const order: StreamOptions = { url, count: COUNT, seconds: SECONDS, share: SHARE };
      const { finals, speechShare } = await orderProgram<HeldStreams>(
        'pipeline/held-streams',
        order,
      );
      const { asr } = used();
      // Who is not heard costs nothing.
      if (finals.includes(0)) throw new Error('a stream has no text');
      const lines = finals.reduce((sum, count) => sum + count, 0);
      return {
        findings: [
          {
            what: 'live streams a core of asr, final text only',
            measured: COUNT / asr,
            unit: 'streams',
            goal: { atLeast: 35 },
            note: `${COUNT} on ${asr.toFixed(2)} cores, ${(speechShare * 100).toFixed(0)} % speech in each, ${lines} lines`,
          },
        ],
        plots: [],
      };
    });
  },
};
