import { percentile } from '../../bench/percentile';
import type { Finding, Plot } from '../../bench/report/finding';
import { flickerPercent } from './flicker';
import { errorRate, errorRateInterval } from './score';
import { figuresOf } from './word-times';
import {
  MOST_DIARIZATION_PERCENT,
  MOST_ERRORS_PERCENT,
  MOST_LIVE_MS,
  type SetResult,
  type SpeechQuality,
} from './speech-page';

const OURS = 'Parley';

export function speechFindings({
  sets,
  speakers,
  partials,
  wordTimes,
  sounds,
  live,
}: SpeechQuality): Finding[] {
  const plain = sets.filter(({ names }) => names === null);
  const phantoms = (ours: boolean): number =>
    sounds
      .filter(({ listener }) => (listener === OURS) === ours)
      .reduce((sum, { words }) => sum + words, 0);
  const late = (what: string, values: number[] | undefined): Finding => ({
    what: `${what}, p95`,
    measured: values ? percentile(values, 95) : null,
    unit: 'ms',
    goal: { atMost: MOST_LIVE_MS },
    ...(values ? {} : { note: 'left out' }),
  });
  return [
    ...plain
      .filter(({ listener, scores }) => listener === OURS && scores.length > 0)
      .map((one) => wordErrors(one, plain)),
    ...speakers.map(({ recording, speakers: count, errorRate: rate }) => ({
      what: `diarization error without a collar: ${recording}, ${count} people`,
      measured: rate * 100,
      unit: '%',
      goal: { atMost: MOST_DIARIZATION_PERCENT },
    })),
    {
      what: 'confirmed words of a partial that a later one changed',
      measured: partials.reduce((sum, { confirmed }) => sum + confirmed.changed, 0),
      unit: '',
      goal: { atMost: 0 },
    },
    {
      what: 'words of partials gone in the next one, of 100 shown',
      measured: flickerPercent(partials.map(({ asShown }) => asShown)),
      unit: '',
      baseline: {
        name: 'as the engine heard them',
        value: flickerPercent(partials.map(({ asHeard }) => asHeard)),
      },
    },
    ...wordTimes.slice(0, 1).map(({ errors }) => ({
      what: 'how far the begin of a word is off, p50',
      measured: figuresOf(errors.starts).p50,
      unit: 'ms',
      ...spreadBaseline(wordTimes),
    })),
    {
      what: 'words heard in sounds that hold none',
      measured: sounds.length === 0 ? null : phantoms(true),
      unit: '',
      goal: { atMost: 0 },
      ...(sounds.length === 0
        ? { note: 'left out' }
        : { baseline: { name: 'the model on fixed chunks', value: phantoms(false) } }),
    },
    late('first words after a turn begins, alone on `WS /v1/listen`', live?.firstWords),
    late('final text after a turn ends, alone on `WS /v1/listen`', live?.finals),
  ];
}

export function speechPlots({ sets }: SpeechQuality): Plot[] {
  const bars = sets
    .filter(({ names, scores }) => names === null && scores.length > 0)
    .map(({ set, listener, scores }) => ({
      name: `${set}: ${listener}`,
      value: errorRate(scores) * 100,
    }));
  const title = 'Word error rate';
  return [{ kind: 'bars', id: 'speech', title, unit: '%', bars, goal: MOST_ERRORS_PERCENT }];
}

function spreadBaseline([, other]: SpeechQuality['wordTimes']): Pick<Finding, 'baseline'> {
  const value = other && figuresOf(other.errors.starts).p50;
  return other && value != null ? { baseline: { name: other.by, value } } : {};
}

/** Beside whoever else heard the same recordings first. */
function wordErrors({ set, scores, recordings }: SetResult, all: SetResult[]): Finding {
  const interval = errorRateInterval(scores);
  const other = all.find((one) => one.set === set && one.listener !== OURS);
  return {
    what: `word error rate: ${set}`,
    measured: errorRate(scores) * 100,
    unit: '%',
    goal: { atMost: MOST_ERRORS_PERCENT },
    ...(other ? { baseline: { name: other.listener, value: errorRate(other.scores) * 100 } } : {}),
    ...(interval
      ? {
          spread: { low: interval[0] * 100, high: interval[1] * 100, of: 'in 95 of 100 such sets' },
        }
      : { note: `of ${recordings} recordings, too few for an interval` }),
  };
}
