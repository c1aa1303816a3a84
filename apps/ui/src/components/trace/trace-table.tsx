import { strings } from '@/strings';
import { TraceLane } from './trace-lane';
import {
  clockTime,
  nameOf,
  offset,
  scaleOf,
  timeOf,
  type Drawn,
  type TraceStep,
} from './trace-times';

const said = strings.trace;

interface TableProps {
  caption: string;
  /** Said to who cannot see the heading above. */
  captionHidden?: boolean;
  steps: readonly TraceStep[];
  /** The moment that times are counted from, and what it is called. */
  since: { ms: number; name: string } | null;
}

/** Steps in their order: what, where on a scale of their own, when, and how long after. */
export function TraceTable({ caption, captionHidden = false, steps, since }: TableProps) {
  const scale = scaleOf(steps);
  return (
    <table className="w-full table-fixed border-collapse text-sm">
      <caption
        className={captionHidden ? 'sr-only' : 'pb-1.5 text-left text-xs font-medium text-muted'}
      >
        {caption}
      </caption>
      <colgroup>
        <col className="w-[46%] sm:w-[38%]" />
        <col />
        <col className="w-[25%] sm:w-[7.25rem]" />
        <col className="w-0 sm:w-[6.5rem]" />
      </colgroup>
      <thead className="text-xs text-muted">
        <tr>
          <th scope="col" className="pb-1 text-left font-normal">
            {said.what}
          </th>
          <td />
          <th scope="col" className="pb-1 text-right font-normal">
            {since?.name ?? said.when}
          </th>
          <th scope="col" className="pb-1 text-right font-normal max-sm:hidden">
            {said.when}
          </th>
        </tr>
      </thead>
      <tbody>
        {steps.map((step, index) => (
          <tr key={`${step.step}-${index}`} className="border-t border-line align-top">
            <th scope="row" className="py-1.5 pr-3 text-left font-normal">
              <span className="break-words">{nameOf(step)}</span>
              <About step={step} />
            </th>
            <td className="px-1.5 pt-1.5">
              {scale ? (
                <TraceLane
                  scale={scale}
                  drawn={drawnOf(step, steps)}
                  waited={waitBefore(step, steps)}
                  failed={step.outcome === 'failed' || step.outcome === 'uncertain'}
                />
              ) : null}
            </td>
            <Times step={step} since={since?.ms ?? null} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function About({ step: { service, status, reason, ms } }: { step: TraceStep }) {
  const reasons: Record<string, string> = strings.suggestions.expired;
  const about = [
    service,
    status === undefined ? null : `HTTP ${status}`,
    ms === undefined ? null : `${said.took} ${ms} ms`,
    reason === undefined ? null : (reasons[reason] ?? reason),
  ];
  return (
    <span className="block text-xs break-words text-muted">
      {about.filter((part) => part !== null).join(' · ')}
    </span>
  );
}

function Times({ step, since }: { step: TraceStep; since: number | null }) {
  const at = timeOf(step);
  if (at === null) {
    return (
      <td colSpan={2} className="py-1.5 text-right text-muted italic">
        {step.state === 'none' ? said.none : said.notRecorded}
      </td>
    );
  }
  return (
    <>
      <td className="py-1.5 text-right whitespace-nowrap tabular-nums">
        {since === null ? clockTime(at) : offset(at - since)}
      </td>
      <td className="py-1.5 text-right whitespace-nowrap text-muted tabular-nums max-sm:hidden">
        {clockTime(at)}
      </td>
    </>
  );
}

/** An attempt lasts; the last word closes the time of speaking; all else is a moment. */
function drawnOf(step: TraceStep, steps: readonly TraceStep[]): Drawn | null {
  const at = timeOf(step);
  if (at === null) return null;
  const began = step.step === 'last-word' ? timeOf(named(steps, 'first-word')) : null;
  return { fromMs: began ?? at, toMs: at + (step.ms ?? 0) };
}

/** How long a person was waited for. */
function waitBefore(step: TraceStep, steps: readonly TraceStep[]): Drawn | null {
  const [fromMs, toMs] = [timeOf(named(steps, 'proposed')), timeOf(step)];
  if (step.step !== 'decided' || fromMs === null || toMs === null) return null;
  return { fromMs, toMs };
}

function named(steps: readonly TraceStep[], name: TraceStep['step']): TraceStep | undefined {
  return steps.find(({ step }) => step === name);
}
