/** One measured number of the pipeline, beside the one that is promised. */
export interface PipelineFigure {
  what: string;
  measured: string;
  promised: string;
  note: string;
}

/** One thing that `npm run bench -- pipeline` measures, by itself. */
export interface Measurement {
  name: string;
  run(say: (line: string) => void): Promise<PipelineFigure[]>;
}

/** @param ms null when nothing was there to be measured */
export function inMs(ms: number | null): string {
  return ms === null ? 'not measured' : `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}
