import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isModelFailed, OpenAiTextEngine } from '@parley/ai';
import { extractiveAnswer } from '../../../apps/agent/src/ask/extractive-answer';
import { inquiryOf } from '../../../apps/agent/src/ask/inquiry';
import { modelAnswer } from '../../../apps/agent/src/ask/model-answer';
import { readable } from '../../../apps/agent/src/ask/ask.service';
import type { Passage } from '../../../apps/agent/src/ask/passage';
import { spokenPassages } from '../../../apps/agent/src/ask/spoken-passages';
import { extractiveSummary } from '../../../apps/agent/src/summary/extractive-summary';
import { modelSummary } from '../../../apps/agent/src/summary/model-summary';
import { analyseText } from '../../../apps/nlu/src/analysis/analyse-text';
import { isDoubtful } from '../../../apps/nlu/src/refinement/doubt';
import { intentBy } from '../../../apps/nlu/src/refinement/model-intent';
import { SAMPLE_FOLDER } from '../../../apps/standalone/src/demo/sample-meeting';
import type { RealMeetings } from '../real-meetings';
import { realLines, sampleLines, type HeldLines } from '../sample-lines';
import { MeasuredModel } from './measured-model';
import { StandInModel } from './stand-in-model';

/** What one kind of work on one meeting took. */
export interface TaskCost {
  task: string;
  meeting: string;
  /** How often it was done. */
  times: number;
  localMs: number[];
  /** Of the times, those for which a model was asked. */
  calls: number;
  input: number;
  output: number;
  modelMs: number[];
  failed: number;
}

export interface CostQuality {
  engine: string;
  /** No model was there: its answers are the local engines', its tokens every fourth character. */
  standIn: boolean;
  /** Calls that the endpoint told no tokens of. */
  untold: number;
  tasks: TaskCost[];
}

/** Where a model is, or null: something stands in for it then. */
export type CostEndpoint = ConstructorParameters<typeof OpenAiTextEngine>[0] | null;

interface Material {
  meeting: string;
  held: HeldLines;
  questions: string[];
}

/** Does the work of a meeting by the local engines and by a model, and notes what each took. */
export async function evaluateCost(
  endpoint: CostEndpoint,
  real: RealMeetings,
): Promise<CostQuality> {
  const standIn = endpoint ? null : await StandInModel.start();
  const settings = endpoint ?? {
    OPENAI_BASE_URL: standIn?.baseUrl,
    OPENAI_API_KEY: undefined,
    OPENAI_TEXT_MODEL: 'stand-in',
  };
  const model = new MeasuredModel(new OpenAiTextEngine(settings));
  try {
    const tasks: TaskCost[] = [];
    const materials = [await sampleMaterial(), realMaterial(real)];
    for (const material of materials.filter(({ held }) => held.lines.length > 0)) {
      tasks.push(
        await analyses(material, model, standIn),
        await summary(material, model, standIn),
        await answers(material, model, standIn),
      );
    }
    return { engine: model.name, standIn: standIn !== null, untold: model.untold, tasks };
  } finally {
    await standIn?.stop();
  }
}

async function sampleMaterial(): Promise<Material> {
  const text = readFileSync(join(SAMPLE_FOLDER, 'questions.json'), 'utf8');
  const { listed } = JSON.parse(text) as { listed: { question: string }[] };
  const questions = listed.map(({ question }) => question);
  return { meeting: 'the sample meeting', held: await sampleLines(), questions };
}

function realMaterial({ meetings, questions }: RealMeetings): Material {
  return {
    meeting: 'a real meeting',
    held: realLines(meetings[0] ?? []),
    questions: questions.filter(({ meeting }) => meeting === 0).map(({ query }) => query),
  };
}

/** As long as a model’s summary may be. */
const LONGEST_LINE = 400;
const MOST_LINES = 60;

/** As nlu does it: the classifier first, the model where that is in doubt. */
async function analyses(
  { meeting, held }: Material,
  model: MeasuredModel,
  standIn: StandInModel | null,
): Promise<TaskCost> {
  const cost = began('analysis of an utterance', meeting, held.lines.length);
  const { participants } = held;
  for (const { segment, insight } of held.lines) {
    const about = { at: new Date(0), timeZone: 'UTC', participants };
    const found = await timed(cost.localMs, async () => analyseText(segment.text, about));
    if (!isDoubtful(segment.text, found)) continue;
    standIn?.willSay({ intent: insight.intent, confidence: 0.9 });
    await asked(cost, model, () => intentBy(model, segment.text, []));
  }
  return cost;
}

async function summary(
  { meeting, held }: Material,
  model: MeasuredModel,
  standIn: StandInModel | null,
): Promise<TaskCost> {
  const cost = began('summary at the end', meeting, 1);
  const material = { ...held, answered: new Set<string>() };
  const sections = await timed(cost.localMs, async () => extractiveSummary(material));
  const places = new Map(held.lines.map(({ segment }, at) => [segment.id, at + 1]));
  const said = Object.entries(sections).flatMap(([section, lines]) =>
    lines.map(({ text, citations, owner = null, dueDate = null }) => ({
      ...{ section, text: text.slice(0, LONGEST_LINE), owner, dueDate },
      segments: citations.flatMap(({ id }) => places.get(id) ?? []),
    })),
  );
  standIn?.willSay({ lines: said.slice(0, MOST_LINES) });
  await asked(cost, model, () => modelSummary(model, material));
  return cost;
}

async function answers(
  { meeting, held, questions }: Material,
  model: MeasuredModel,
  standIn: StandInModel | null,
): Promise<TaskCost> {
  const cost = began('answer to a question', meeting, questions.length);
  for (const question of questions) {
    const inquiry = inquiryOf(question, []);
    const { passages, found } = await timed(cost.localMs, async () => {
      const ranked = spokenPassages(held.lines, inquiry, meeting).sort(byAnswer);
      return { passages: readable(ranked), found: extractiveAnswer(ranked) };
    });
    const cited = found.map((each) => `${each.citation.quote} [${passages.indexOf(each) + 1}]`);
    standIn?.willSay(cited.length > 0 ? cited.join('\n') : 'NOT FOUND');
    await asked(cost, model, async () => {
      const sentences = modelAnswer(model, inquiry, passages, new AbortController().signal);
      while (!(await sentences.next()).done);
    });
  }
  return cost;
}

function byAnswer(a: Passage, b: Passage): number {
  return b.answers - a.answers || b.score - a.score;
}

function began(task: string, meeting: string, times: number): TaskCost {
  return {
    ...{ task, meeting, times, localMs: [], modelMs: [] },
    ...{ calls: 0, input: 0, output: 0, failed: 0 },
  };
}

async function timed<T>(ms: number[], work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const result = await work();
  ms.push(performance.now() - startedAt);
  return result;
}

async function asked(
  cost: TaskCost,
  model: MeasuredModel,
  ask: () => Promise<unknown>,
): Promise<void> {
  const before = { calls: model.calls, ...model.used };
  try {
    await timed(cost.modelMs, ask);
  } catch (error) {
    if (!isModelFailed(error)) throw error;
    cost.failed++;
  }
  cost.calls += model.calls - before.calls;
  cost.input += model.used.input - before.input;
  cost.output += model.used.output - before.output;
}
