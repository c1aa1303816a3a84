import { whyExtractive } from '../../apps/ui/src/components/meeting/why-degraded';

it('says why no model wrote a summary, and nothing of why where nobody knows', () => {
  const engine = 'extractive-1';
  expect(whyExtractive({ engine, degradedBecause: 'budget-spent' })).toContain('spent');
  expect(whyExtractive({ engine, degradedBecause: 'model-failed' })).toContain('failed');
  expect(whyExtractive({ engine, degradedBecause: 'no-model' })).toContain('configured');
  expect(whyExtractive({ engine })).toBe('In the words that were spoken.');
  expect(whyExtractive({ engine: 'some-model' })).toBeNull();
});
