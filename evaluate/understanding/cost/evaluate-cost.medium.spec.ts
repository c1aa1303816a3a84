import { OpenAiTextEngine } from '@parley/ai';
import { costSections } from './cost-page';
import { evaluateCost, type CostQuality } from './evaluate-cost';
import { MeasuredModel } from './measured-model';
import { StandInModel } from './stand-in-model';

const NOBODY = { meetings: [[]], boundaries: [], questions: [] };

// Real: the engines, the prompts, the openai SDK, HTTP on loopback. Fake: the model.
describe('what the work of a meeting costs', () => {
  let cost: CostQuality;

  beforeAll(async () => {
    cost = await evaluateCost(null, NOBODY);
  });

  it('is one call for a summary and one for each question, and only what is doubtful of utterances', () => {
    const [analysis, summary, answer] = cost.tasks;
    expect(summary).toMatchObject({ times: 1, calls: 1, failed: 0 });
    expect(answer).toMatchObject({ times: 12, calls: 12, failed: 0 });
    expect(analysis?.calls).toBeGreaterThan(0);
    expect(analysis?.calls).toBeLessThan(analysis?.times ?? 0);
  });

  it('is counted by what the endpoint says, for the local engines nothing', () => {
    expect(cost.untold).toBe(0);
    for (const { meeting, task, input, output } of cost.tasks) {
      expect([meeting, task, input > 0, output > 0]).toEqual([
        'the sample meeting',
        task,
        true,
        true,
      ]);
    }
    const rows = costSections(cost, { input: 1, output: 1 }).join('\n');
    expect(rows).toMatch(
      /summary at the end \| the sample meeting \| 1 \| local \| 0 \| 0 \| 0 \|/,
    );
  });

  it('is said to be of a stand-in where no model was', () => {
    const page = costSections(cost, { input: 1, output: 1 }).join('\n');
    expect(page).toContain('No endpoint was reachable');
    expect(page).toContain('| stand-in |');
    const real = costSections({ ...cost, standIn: false }, { input: 1, output: 1 }).join('\n');
    expect(real).not.toContain('No endpoint was reachable');
  });

  it('is tokens times their price', () => {
    const [task] = cost.tasks;
    if (!task) throw new Error('there is no task');
    const priced = { ...cost, tasks: [{ ...task, input: 2_000_000, output: 500_000 }] };
    expect(costSections(priced, { input: 0.5, output: 4 }).join('\n')).toContain('| 3.0000 |');
  });
});

describe('MeasuredModel', () => {
  it('counts a call that failed, and one whose tokens nobody told', async () => {
    const standIn = await StandInModel.start();
    const settings = {
      OPENAI_BASE_URL: standIn.baseUrl,
      OPENAI_API_KEY: undefined,
      OPENAI_TEXT_MODEL: 'stand-in',
    };
    const model = new MeasuredModel(new OpenAiTextEngine(settings));
    await standIn.stop();
    const prose = model.stream({ name: 'answer', instructions: 'x', input: 'y' });
    await expect(prose[Symbol.asyncIterator]().next()).rejects.toThrow();
    expect([model.calls, model.untold]).toEqual([1, 1]);
  });
});
