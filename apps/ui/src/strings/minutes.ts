/** What stands on printed minutes besides what was said. */
export const minutes = {
  present: 'Present',
  soFar: 'so far, the meeting goes on',
  nothing: 'There is no summary of this meeting yet.',
} as const;
