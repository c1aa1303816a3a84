import { type ApiAbout } from '@parley/service';
import { audioSocket } from './audio/audio-socket.about';
import { eventSocket } from './timeline/event-socket.about';
import { timelineEntry, timelineModels } from './timeline/timeline-entry.schema';

/** The head of `/docs`. */
export const ingestionApi: ApiAbout = {
  description: [
    'Where meetings begin and end, where their audio comes in, and where everything that is found ' +
      'out about them comes out again, live.',
    'Audio goes in through the WebSocket `/v1/meetings/{id}/audio`; the timeline comes out of ' +
      '`/v1/meetings/{id}/events`. Both are described below.',
    'More: [health](/health) · [metrics](/metrics) · [openapi.json](/openapi.json)',
  ].join('\n\n'),
  tags: {
    meetings: 'A meeting and its participants.',
    'planned meetings': 'Meetings that calendars hold and nobody has begun.',
    timeline: "A meeting's ordered events, as its viewers see them.",
    coverage: 'The ledger of the audio: every millisecond is accounted for.',
    exports: 'All of a meeting, to keep or to take elsewhere.',
    recordings:
      'Recordings that are uploaded to be heard, and the audio of a meeting that keeps it.',
    privacy: 'What may be kept of a meeting, and who agreed to it.',
    erasures: 'Meetings that were erased: what went where, signed.',
    tickets: 'What a browser shows in place of a key when it opens a socket or a feed.',
    access: 'Workspaces, and the API keys that lead into them.',
    audit: 'Who decided what, each entry chained to the one before.',
  },
  schemas: { TimelineEntry: timelineEntry },
  models: timelineModels,
  sockets: {
    '/v1/meetings/{id}/audio': audioSocket,
    '/v1/meetings/{id}/events': eventSocket,
  },
};
