import type { Intent } from '@parley/contracts';
import { analyseText } from '../analyse-text';
import { exampleContext } from '../test-data/example-context';
import { labelledUtterances } from '../test-data/labelled-utterances';

const intentOf = (text: string): Intent => analyseText(text, exampleContext()).intent;

function accuracy(set: 'tuning' | 'held-out'): number {
  const utterances = labelledUtterances(set);
  return (
    utterances.filter(({ intent, text }) => intentOf(text) === intent).length / utterances.length
  );
}

describe('the intent of an utterance', () => {
  it('is right for nearly all utterances that the cues were written against', () => {
    expect(accuracy('tuning')).toBeGreaterThanOrEqual(0.97);
  });

  it('is right for at least nine in ten utterances that were held out', () => {
    expect(accuracy('held-out')).toBeGreaterThanOrEqual(0.9);
  });

  it.each<[string, Intent, string]>([
    ['a question without its mark', 'question', "what's our refund policy for annual plans"],
    ['a question that is wrapped', 'question', 'I wonder how many seats we have left'],
    ['a question that looks like a request', 'question', 'can you tell me what the limit is'],
    ['a question to a person', 'question', 'Tom what is the status'],
    ['an order', 'request', 'send me the invoice'],
    ['an order to a person', 'request', 'Maria, could you update the page'],
    ['a promise', 'task', "I'll send the report by Friday"],
    ['a promise for someone else', 'task', 'Maria will update the pricing page'],
    ['a promise that is negated', 'statement', "I won't be able to send it"],
    ['a promise that was kept', 'statement', 'I sent it yesterday'],
    ['something only imagined', 'statement', 'If I had time I would rewrite it'],
    ['a duty', 'task', 'we have to renew the certificate'],
    ['something that happens by itself', 'statement', "It'll come up in a second"],
    ['a choice', 'decision', "let's go with the blue design"],
    ['a choice against', 'decision', "we're not going to support that"],
    ['a choice not taken', 'statement', "we haven't decided on the logo"],
    ['moving the talk along', 'statement', "let's see what the chart says"],
    ['a proposal to meet', 'scheduling', 'can we meet next Tuesday at ten'],
    ['a meeting in the past', 'statement', 'we met on Tuesday'],
    ['courtesy', 'social', 'okay sounds good'],
    ['courtesy in form of a question', 'social', 'how are you'],
    ['leaving', 'social', 'I have to go.'],
    ['a relative clause', 'statement', 'which was what the whole project was about'],
    ['a figure of speech', 'statement', 'who knows where they are'],
  ])('%s is a %s: %s', (_, intent, text) => {
    expect(intentOf(text)).toBe(intent);
  });

  it('is that of the clause which wants something, whatever is said around it', () => {
    expect(intentOf("Okay, sounds good. The numbers look fine, so I'll send the report.")).toBe(
      'task',
    );
    expect(intentOf('Thanks Maria. The build is green.')).toBe('statement');
  });

  it('does not depend on fillers and false starts', () => {
    expect(intentOf("um so I I'll uh I'll just send the the report")).toBe('task');
  });

  it('is surer when there is more evidence', () => {
    const confidence = (text: string): number => analyseText(text, exampleContext()).confidence;
    expect(confidence('Could you please email the vendor?')).toBeGreaterThan(
      confidence('email the vendor'),
    );
    expect(confidence('What is the refund policy?')).toBeGreaterThan(
      confidence('the refund policy, right?'),
    );
  });

  it('of nothing but noise is social, and not sure', () => {
    expect(analyseText('...', exampleContext())).toMatchObject({
      intent: 'social',
      confidence: 0.5,
    });
  });
});
