import { MEETING_ERASED } from './erased-meetings.migration';

/** Whether the database refused a row because its meeting has been erased. */
export function isMeetingErased(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ((cause as { code?: unknown }).code === MEETING_ERASED) return true;
  }
  return false;
}
