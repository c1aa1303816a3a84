import { TIMELINE_TYPES, timelineData } from '@parley/contracts';
import { schemaRef, type JsonSchema } from '@parley/service';

/** One entry of a timeline, told apart by `type`. */
export const timelineEntry: JsonSchema = {
  description: 'One entry of what the viewers of a meeting see.',
  oneOf: TIMELINE_TYPES.map((type) => ({
    type: 'object',
    required: ['type', 'meetingId', 'at', 'data'],
    properties: {
      cursor: {
        type: 'integer',
        description: 'Counts up within the meeting. Over SSE it is the `id:`; partials have none.',
      },
      type: { type: 'string', enum: [type] },
      meetingId: { type: 'string', format: 'uuid' },
      at: { type: 'string', format: 'date-time' },
      data: schemaRef(timelineData[type].name),
    },
  })),
};

/** The classes that it refers to. */
export const timelineModels = [...new Set(Object.values(timelineData))];
