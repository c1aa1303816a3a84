import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { availableParallelism } from 'node:os';
import type { AsrSettings } from '../asr.settings';
import { Workload } from './workload';

/** Shares that may be used up: people do not speak evenly, and the rest of the machine has work as well. */
const ENGINE_SHARE = 0.75;
const EVENT_LOOP_SHARE = 0.6;

/** How many meetings this replica can listen to, by what listening to one costs it. */
@Injectable()
export class CapacityService {
  constructor(
    @Inject(SETTINGS)
    private readonly settings: Pick<AsrSettings, 'ASR_CONCURRENT_DECODES' | 'ASR_MAX_MEETINGS'>,
    @Inject(Workload) private readonly workload: Workload,
  ) {}

  /** What the operator says, else what was measured: at least one. */
  get meetings(): number {
    const { ASR_MAX_MEETINGS: fixed } = this.settings;
    if (fixed !== undefined) return fixed;
    const { decoding, hearing } = this.workload.costs;
    const engines = Math.min(this.settings.ASR_CONCURRENT_DECODES, availableParallelism());
    const measured = Math.min(
      Math.floor((engines * ENGINE_SHARE) / decoding),
      Math.floor(EVENT_LOOP_SHARE / hearing),
    );
    return Math.max(1, measured);
  }
}
