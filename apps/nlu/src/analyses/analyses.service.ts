import { Injectable } from '@nestjs/common';
import type { Analysis } from '@parley/contracts';
import { analyseText } from '../analysis/analyse-text';
import type { CreateAnalysis } from './create-analysis';

@Injectable()
export class AnalysesService {
  /** Stores nothing. */
  analyse({ text, at, timeZone = 'UTC' }: CreateAnalysis): Analysis {
    return analyseText(text, { at: at ? new Date(at) : new Date(), timeZone, participants: [] });
  }
}
