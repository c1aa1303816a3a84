import type { Envelope } from '@parley/contracts';
import { isMeetingErased } from '@parley/database';
import { logEvent } from '@parley/observability';

/** Runs an event handler; an event whose meeting was erased has nothing left to do, and is done. */
export async function droppingErased(event: Envelope, handle: () => Promise<void>): Promise<void> {
  try {
    await handle();
  } catch (error) {
    if (!isMeetingErased(error)) throw error;
    logEvent('bus.of-erased-meeting', { meetingId: event.meetingId, type: event.type });
  }
}
