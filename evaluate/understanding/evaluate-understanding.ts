import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PROJECT_ROOT } from '@parley/config';
import type { Bench } from '../../bench/measure';
import { costSections, type TokenPrice } from './cost/cost-page';
import { evaluateCost, type CostEndpoint } from './cost/evaluate-cost';
import { evaluateIntents } from './evaluate-intents';
import { evaluateRetrieval } from './evaluate-retrieval';
import { evaluateSample } from './evaluate-sample';
import { intentSections } from './intent-page';
import { filesOf, QMSUM, readRealMeetings, type RealMeetings } from './real-meetings';
import { evaluateTopics } from './topics/evaluate-topics';
import { topicSections } from './topics/topic-page';
import { understandingFindings, understandingPlots } from './understanding-findings';
import { understandingPage } from './understanding-page';

const MODELS_DIR = process.env.MODELS_DIR ?? join(PROJECT_ROOT, '.parley/models');

const USAGE = `npm run evaluate -- understanding [path …]

Measures how well meetings are found and understood on local engines. Without a path: on the ten real meetings that
come with Parley, and docs/understanding-quality.md is written. A path is a .jsonl file in QMSum's form, or a folder
of them.

  --price IN,OUT  what a million tokens cost, read and written; 1,1 unless it is said
  --only-cost     calls, tokens and cost, and nothing else; no page is written
  --only-intents  what utterances want, and nothing else; no page is written
  --only-topics   where topics begin, and nothing else; no page is written`;

/** Of the meetings that come with Parley, what is chosen for topics is chosen on those before this one. */
const FIRST_HELD_OUT = 5;

/** What `npm run evaluate -- understanding` does. */
export async function evaluateUnderstanding({ args, say, smoke, ...bench }: Bench): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false },
      price: { type: 'string', default: '1,1' },
      'only-cost': { type: 'boolean', default: false },
      'only-intents': { type: 'boolean', default: false },
      'only-topics': { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    say(USAGE);
    return;
  }
  if (values['only-intents']) {
    say(`\n${intentSections(evaluateIntents()).join('\n\n')}`);
    return;
  }
  const price = priceOf(values.price);
  const files = (positionals.length === 0 ? [QMSUM] : positionals).flatMap(filesOf);
  const all = readRealMeetings(files);
  const real = smoke ? beginningOf(all) : all;
  if (values['only-cost']) {
    const cost = await evaluateCost(endpointOf(process.env), real);
    say(`\n${costSections(cost, price).join('\n\n')}`);
    return;
  }
  const topics = evaluateTopics(real, positionals.length === 0 ? FIRST_HELD_OUT : 0);
  if (values['only-topics']) {
    say(`\n${topicSections(topics).join('\n\n')}`);
    return;
  }
  if (real.questions.length === 0)
    throw new Error('there is no meeting with a question to measure on');
  const found = {
    measuredOn: bench.measuredOn,
    machine: bench.machine,
    retrieval: await evaluateRetrieval(real, MODELS_DIR, say),
    intents: evaluateIntents(),
    topics,
    sample: await evaluateSample(),
    cost: await evaluateCost(endpointOf(process.env), real),
    price,
  };
  const page = understandingPage(found);
  if (positionals.length > 0) say(`\n${page}`);
  else
    bench.publish({
      page,
      findings: understandingFindings(found),
      plots: understandingPlots(found),
    });
}

function priceOf(given: string): TokenPrice {
  const [input = NaN, output = NaN, ...more] = given.split(',').map(Number);
  if (!(input >= 0 && output >= 0) || more.length > 0) {
    throw new Error('--price takes two numbers, such as 0.15,0.60');
  }
  return { input, output };
}

/** The endpoint that the settings of the services name, if they do. */
function endpointOf(environment: NodeJS.ProcessEnv): CostEndpoint {
  const { OPENAI_BASE_URL, OPENAI_API_KEY, OPENAI_TEXT_MODEL = 'gpt-4o-mini' } = environment;
  if (OPENAI_BASE_URL === undefined && OPENAI_API_KEY === undefined) return null;
  return { OPENAI_BASE_URL, OPENAI_API_KEY, OPENAI_TEXT_MODEL };
}

/** The beginnings of two meetings, and a question about each: a smoke run looks at no score. */
function beginningOf({ meetings, boundaries, questions }: RealMeetings): RealMeetings {
  const two = meetings.slice(0, 2);
  return {
    meetings: two.map((turns) => turns.slice(0, 40)),
    boundaries: two.map((_, nth) => boundaries[nth]?.filter((at) => at < 40) ?? null),
    questions: two.flatMap((_, nth) => questions.find(({ meeting }) => meeting === nth) ?? []),
  };
}
