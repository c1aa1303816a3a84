import { randomUUID } from 'node:crypto';
import { pick, type Fault } from '../fault';

const STREAMS = ['meeting', 'transcript', 'insight', 'suggestion', 'action', 'delivery'].map(
  (topic) => `parley:${topic}`,
);
const AGAIN = 60;

export const messageFaults: Fault[] = [
  {
    name: 'messages arrive that nobody can read',
    allows: 'dead-letters',
    strike: async ({ cluster, random, meetings }) => {
      const { client } = cluster.redis;
      const id = randomUUID();
      const envelope = {
        id,
        type: 'transcript.final',
        version: 1,
        workspaceId: 'default',
        meetingId: meetings[0]?.id,
        occurredAt: '2199-01-01T00:00:00.000Z',
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
        data: {},
      };
      const stream = 'parley:transcript';
      await client.xadd(stream, '*', 'type', 'transcript.final', 'event', '{"torn":');
      await client.xadd(stream, '*', 'type', 'transcript.final', 'event', JSON.stringify(envelope));
      const unknown = JSON.stringify({ ...envelope, version: 99 });
      await client.xadd(stream, '*', 'type', 'transcript.final', 'event', unknown);
      await client.xadd(stream, '*', 'type', 'transcript.unheard-of', 'event', '{}');
      await client.xadd(pick(random, STREAMS), '*', 'neither', 'type', 'nor', 'event');
    },
  },
  {
    name: 'messages arrive a second time, in another order',
    strike: async ({ cluster, random }) => {
      const { client } = cluster.redis;
      for (const stream of STREAMS) {
        const entries = await client.xrevrange(stream, '+', '-', 'COUNT', AGAIN);
        for (const [, fields] of entries.sort(() => random.next() - 0.5)) {
          await client.xadd(stream, '*', ...fields);
        }
      }
    },
  },
];
