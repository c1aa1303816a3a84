import type { Participant, Segment, Suggestion, SummaryLine } from '@parley/contracts';
import { segmentOf } from '../testing/segment-of';
import type { MeetingExport } from './meeting-export';
import { ownChannels, personInMeeting } from './person-in-meeting';

const annLee: Participant = { id: 'p1', name: 'Ann Lee', email: 'ann@example.com', channel: 'a' };
const annRay: Participant = { id: 'p2', name: 'Ann Ray', email: 'ray@example.com', channel: 'b' };
const asked = { email: 'ann@example.com' };

describe("one person's part of a meeting", () => {
  it('gives a line to the participant whom it names, whatever the speaker is called', () => {
    const record = recordOf(
      [annLee, annRay],
      [
        said(0, { id: 's1', name: 'Voice 1', participantId: 'p1' }),
        said(1, { id: 's2', name: 'Ann Lee', participantId: 'p2' }),
        said(2, null),
      ],
    );
    expect(personInMeeting(record, [], asked)?.said).toEqual([record.segments[0]]);
  });

  it('goes by the name of a speaker only where nobody else of the meeting has it', () => {
    const line = said(0, { id: 's1', name: 'ann lee' });
    const alone = recordOf([annLee, annRay], [line]);
    expect(personInMeeting(alone, [], asked)?.said).toEqual([line]);
    const namesake = { ...annRay, name: 'Ann Lee' };
    const both = recordOf([annLee, namesake], [line]);
    expect(personInMeeting(both, [], asked)?.said).toEqual([]);
    expect(personInMeeting(both, [], { name: 'Ann Lee' })?.said).toEqual([line]);
  });

  it('gives a task to a first name only where nobody else of the meeting has it', () => {
    const tasks = [task('Ann'), task('Ann Lee'), task('Ann Ray')];
    const both = personInMeeting(recordOf([annLee, annRay], [], tasks), [], asked);
    expect(both?.tasks.map(({ owner }) => owner)).toEqual(['Ann Lee']);
    expect(both?.suggestedTasks.map(({ text }) => text)).toEqual(['Ann Lee']);
    const ben = { id: 'p3', name: 'Ben' };
    const alone = personInMeeting(recordOf([annLee, ben], [], tasks), [], asked);
    expect(alone?.tasks.map(({ owner }) => owner)).toEqual(['Ann', 'Ann Lee']);
  });

  it('has no consents but theirs, and is nothing where they were not', () => {
    const consent = (participantId: string) => ({
      ...{ id: participantId, participantId, consent: 'granted' as const },
      ...{ method: 'spoken' as const, givenAt: '', recordedAt: '', recordedBy: 'key:1' },
    });
    const consents = [consent('p1'), consent('p2')];
    const record = recordOf([annLee, annRay]);
    expect(personInMeeting(record, consents, asked)?.consents).toEqual([consent('p1')]);
    expect(personInMeeting(recordOf([annRay]), consents, asked)).toBeNull();
  });

  it('has the channel that nobody else names', () => {
    const theirs = personInMeeting(recordOf([annLee]), [], asked);
    if (!theirs) throw new Error('they were there');
    expect(ownChannels(theirs, [annLee, annRay])).toEqual(['a']);
    expect(ownChannels(theirs, [annLee, { ...annRay, channel: 'a' }])).toEqual([]);
  });
});

function said(ordinal: number, speaker: Segment['speaker']): Segment {
  return { ...segmentOf('00000000-0000-7000-8000-000000000000', ordinal), speaker };
}

function task(owner: string): SummaryLine {
  return { id: owner, text: 'Send it', owner, citations: [], supported: true };
}

function recordOf(
  participants: Participant[],
  segments: Segment[] = [],
  tasks: SummaryLine[] = [],
): MeetingExport {
  const suggestions = tasks.map(
    ({ owner = '' }) =>
      ({ kind: 'task', text: owner, arguments: { owner } }) as unknown as Suggestion,
  );
  const meeting = { id: 'm', title: 'Review', participants } as MeetingExport['meeting'];
  const summary = { sections: { tasks } } as MeetingExport['summary'];
  return { meeting, segments, summary, suggestions } as MeetingExport;
}
