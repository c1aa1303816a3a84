import {
  unwrap,
  type CreateMeeting,
  type Meeting,
  type Participant,
  type ParleyClient,
} from '@parley/client';

/** What somebody said to being recorded and how; empty: not asked yet. */
export type ConsentAnswer =
  '' | 'granted:spoken' | 'granted:written' | 'granted:platform' | 'declined:spoken';

export interface Person {
  name: string;
  answer: ConsentAnswer;
  /** Speaks on a microphone that is nobody else's. */
  ownChannel: boolean;
}

/** The meeting was made; what these people said is not noted yet. */
export class ConsentsNotNotedError extends Error {
  constructor(
    readonly meeting: Meeting,
    readonly missing: readonly PersonsAnswer[],
    override readonly cause: unknown,
  ) {
    super('Consents are missing.');
  }
}

interface PersonsAnswer {
  participantId: string;
  answer: ConsentAnswer;
}

/** Makes a meeting and notes what its people said. @throws ConsentsNotNotedError once it is made; ParleyProblem before. */
export async function beginMeeting(
  client: ParleyClient,
  body: Omit<CreateMeeting, 'participants'>,
  people: readonly Person[],
): Promise<Meeting> {
  const participants = people.map(({ name, ownChannel }, index) => ({
    name,
    ...(ownChannel ? { channel: channelOf(name, index) } : {}),
  }));
  const meeting = await unwrap(
    client.ingestion.POST('/v1/meetings', { body: { ...body, participants } }),
  );
  const answers = meeting.participants.flatMap(({ id }: Participant, index: number) => {
    const answer = people[index]?.answer ?? '';
    return answer === '' ? [] : [{ participantId: id, answer }];
  });
  await noteAnswers(client, meeting, answers);
  return meeting;
}

/** @throws ConsentsNotNotedError with what is left to be noted */
export async function noteAnswers(
  client: ParleyClient,
  meeting: Meeting,
  answers: readonly PersonsAnswer[],
): Promise<void> {
  for (const [index, { participantId, answer }] of answers.entries()) {
    const [consent, method] = answer.split(':') as ['granted' | 'declined', 'spoken'];
    const path = { id: meeting.id, participantId };
    await unwrap(
      client.ingestion.PUT('/v1/meetings/{id}/participants/{participantId}/consent', {
        params: { path },
        body: { consent, method },
      }),
    ).catch((cause: unknown) => {
      throw new ConsentsNotNotedError(meeting, answers.slice(index), cause);
    });
  }
}

/** A channel's name may have few letters: what is left of the person's, told apart by a number. */
function channelOf(name: string, index: number): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 20);
  return `own-${index + 1}${plain ? `-${plain}` : ''}`;
}
