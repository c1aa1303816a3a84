import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PROJECT_ROOT } from '@parley/config';
import { describeMachine } from '../../bench/machine';
import type { Bench } from '../../bench/measure';
import { evaluateIntents } from './evaluate-intents';
import { evaluateRetrieval } from './evaluate-retrieval';
import { evaluateSample } from './evaluate-sample';
import { readRealMeetings } from './real-meetings';
import { understandingFindings, understandingPlots } from './understanding-findings';
import { understandingPage } from './understanding-page';

const OWN_MEETINGS = join(PROJECT_ROOT, 'evaluate/understanding/qmsum');
const MODELS_DIR = process.env.MODELS_DIR ?? join(PROJECT_ROOT, '.parley/models');

const USAGE = `npm run evaluate -- understanding [path …]

Measures how well meetings are found and understood on local engines. Without a path: on the ten real meetings that
come with Parley, and docs/understanding-quality.md is written. A path is a .jsonl file in QMSum's form, or a folder
of them.`;

/** What `npm run evaluate -- understanding` does. */
export async function evaluateUnderstanding({ args, say, smoke, publish }: Bench): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    say(USAGE);
    return;
  }
  const files = (positionals.length === 0 ? [OWN_MEETINGS] : positionals)
    .flatMap(filesOf)
    .slice(0, smoke ? 1 : undefined);
  const real = readRealMeetings(files);
  if (real.questions.length === 0)
    throw new Error('there is no meeting with a question to measure on');
  const found = {
    measuredOn: new Date().toISOString().slice(0, 10),
    machine: describeMachine(),
    retrieval: await evaluateRetrieval(real, MODELS_DIR, say),
    intents: evaluateIntents(),
    sample: await evaluateSample(),
  };
  const page = understandingPage(found);
  if (positionals.length > 0) say(`\n${page}`);
  else publish({ page, findings: understandingFindings(found), plots: understandingPlots(found) });
}

function filesOf(path: string): string[] {
  const at = resolve(path);
  if (!statSync(at).isDirectory()) return [at];
  return readdirSync(at)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .map((name) => join(at, name));
}
