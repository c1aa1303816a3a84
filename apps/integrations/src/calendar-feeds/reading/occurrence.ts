/** One meeting that a calendar holds, at one time. Its texts are somebody else's: shortened, and to be trusted by nobody. */
export interface Occurrence {
  /** The same for the same occurrence of the same event, however it is moved or renamed. */
  key: string;
  title: string;
  /** `zoom`, `meet`, `teams` or `other`, by the addresses in it. */
  platform: string;
  /** RFC 3339, UTC. */
  startsAt: string;
  endsAt: string;
  /** IANA name in which the calendar says its time. */
  timeZone: string;
  participants: { name: string; email?: string }[];
}

/** What of a feed is wanted. */
export interface ReadingRequest {
  text: string;
  /** IANA name in which times are meant that name none. */
  timeZone: string;
  /** Meetings that end after this; milliseconds since 1970, as `untilMs`. */
  fromMs: number;
  /** Meetings that begin before this. */
  untilMs: number;
  /** More are left out, the latest first. */
  most: number;
}

export interface Reading {
  /** By when they begin. */
  occurrences: Occurrence[];
  /** How many more there were. */
  leftOut: number;
  /** Events that could not be understood. */
  unread: number;
}
