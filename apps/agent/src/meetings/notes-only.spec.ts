import type { Citation } from '@parley/contracts';
import type { Draft } from '../planning/draft';
import { draftsWithoutWords, notesOf } from './notes-only';

const spoken: Citation = { type: 'segment', id: 'm:main:1', quote: 'I will send it' };
const written: Citation = { type: 'chunk', id: 'c1', quote: 'The depot opens at nine.' };
const draft = (kind: Draft['kind']): Draft => ({
  kind,
  text: kind,
  arguments: {},
  confidence: 1,
  reasons: [],
  citations: [spoken, written],
});
const line = (text: string) => ({ id: text, text, citations: [spoken, written], supported: true });
const sections = {
  objectives: [line('objective')],
  keyPoints: [line('key point')],
  decisions: [line('decision')],
  tasks: [line('task')],
  openQuestions: [line('question')],
};

describe('a meeting of which only notes may be kept', () => {
  it('has suggestions that quote documents, and nobody', () => {
    const [task, ...none] = draftsWithoutWords([draft('question'), draft('task')]);
    expect(none).toEqual([]);
    expect(task).toMatchObject({ kind: 'task', citations: [written] });
  });

  it('has a summary in the words of a model, without quotes', () => {
    const notes = notesOf(sections, false);
    expect(notes.keyPoints).toEqual([{ ...line('key point'), citations: [written] }]);
  });

  it('keeps decisions and tasks alone of a summary that is made of spoken sentences', () => {
    const { decisions, tasks, ...rest } = notesOf(sections, true);
    expect([decisions.length, tasks.length]).toEqual([1, 1]);
    expect(Object.values(rest).flat()).toEqual([]);
  });

  it('keeps what a person wrote into any of its sections, without quotes', () => {
    const mine = { ...line('mine'), editedBy: 'Ann' };
    const { keyPoints } = notesOf({ ...sections, keyPoints: [line('key point'), mine] }, true);
    expect(keyPoints).toEqual([{ ...mine, citations: [written] }]);
  });
});
