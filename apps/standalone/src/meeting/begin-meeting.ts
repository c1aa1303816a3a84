import { unwrap, type CreateMeeting, type Meeting, type ParleyClient } from '@parley/client';

/** What is known of a meeting that is held from recordings. */
export interface RecordedMeeting {
  title: string;
  participants: { name: string; email?: string; channel: string }[];
  /** Default: the service's. */
  timeZone?: string;
  /** Default: now. */
  startedAt?: string;
}

/** Begins a meeting around one table. */
export function beginMeeting(client: ParleyClient, recorded: RecordedMeeting): Promise<Meeting> {
  const { title, timeZone, startedAt } = recorded;
  const body: CreateMeeting = {
    title,
    platform: 'room',
    participants: recorded.participants.map(({ name, email, channel }) => ({
      name,
      channel,
      ...(email === undefined ? {} : { email }),
    })),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(startedAt === undefined ? {} : { startedAt }),
  };
  return unwrap(client.ingestion.POST('/v1/meetings', { body }));
}

/** Puts documents into the library; those that are there already stay as they are. */
export async function addDocuments(
  client: ParleyClient,
  documents: { name: string; bytes: Buffer }[],
): Promise<void> {
  for (const { name, bytes } of documents) {
    await client.uploadDocument(new Blob([new Uint8Array(bytes)]), name);
  }
}
