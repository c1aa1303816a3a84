import { markdownTable } from '../../../bench/markdown-table';
import { percentile } from '../../../bench/percentile';
import { inMs } from '../page-parts';
import type { CostQuality, TaskCost } from './evaluate-cost';

/** What a million tokens cost, in whatever money. */
export interface TokenPrice {
  input: number;
  output: number;
}

const MILLION = 1_000_000;

/** What the work of a meeting takes: by the local engines, and by a model or what stands in for it. */
export function costSections(
  { engine, standIn, untold, tasks }: CostQuality,
  price: TokenPrice,
): string[] {
  const model = standIn ? 'a stand-in, no model' : `\`${engine}\``;
  return [
    '## Calls, tokens and cost',
    `What Parley does with a meeting, by its local engines and by ${model}. A model is asked for the intents that the ` +
      'classifier is in doubt about, for a summary, and for answers. Tokens are what the endpoint says it used. A ' +
      `million tokens read cost ${price.input}, a million written ${price.output}; ` +
      'other prices are given as `--price 0.15,0.60`.',
    ...(standIn
      ? [
          '**No endpoint was reachable when this was written.** Something on loopback stood in for it, which answers what the ' +
            'local engines answer and counts a token for every four characters. So the calls and the length of what is sent ' +
            'are Parley’s own; the tokens are an estimate, and the time is what Parley adds, not what a model takes. ' +
            'Nothing here says how good a model is. With `OPENAI_BASE_URL` (and `OPENAI_API_KEY`, `OPENAI_TEXT_MODEL`) ' +
            'set, the same work is put to that endpoint.',
        ]
      : []),
    markdownTable(
      ['work', 'of', 'times', 'engine', 'calls', 'tokens in', 'tokens out', 'cost', 'p50', 'p95'],
      tasks.flatMap((task) => [
        localRow(task),
        modelRow(task, standIn ? 'stand-in' : engine, price),
      ]),
    ),
    'A live meeting is summed up anew while it runs, which is not counted here; `MODEL_TOKENS_PER_MEETING` bounds what a ' +
      'meeting may use in all.' +
      (untold > 0 ? ` Of ${untold} calls the endpoint did not say what they used.` : ''),
  ];
}

function localRow({ task, meeting, times, localMs }: TaskCost): string[] {
  return [task, meeting, `${times}`, 'local', '0', '0', '0', '0', ...timesOf(localMs)];
}

function modelRow(cost: TaskCost, engine: string, price: TokenPrice): string[] {
  const { task, meeting, times, calls, input, output, failed, modelMs } = cost;
  const money = (input * price.input + output * price.output) / MILLION;
  return [
    ...[task, meeting, `${times}`, engine],
    failed > 0 ? `${calls} (${failed} failed)` : `${calls}`,
    ...[`${input}`, `${output}`, money.toFixed(4), ...timesOf(modelMs)],
  ];
}

function timesOf(ms: number[]): [string, string] {
  if (ms.length === 0) return ['', ''];
  return [inMs(percentile(ms, 50)), ms.length < 2 ? '' : inMs(percentile(ms, 95))];
}
