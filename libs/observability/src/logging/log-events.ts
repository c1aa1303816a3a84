import { featureLogEvents } from './feature.log-events';
import { platformLogEvents } from './platform.log-events';

/** Everything that Parley logs, and nothing else. */
export const logEvents = { ...platformLogEvents, ...featureLogEvents };

export type LogEventName = keyof typeof logEvents;
