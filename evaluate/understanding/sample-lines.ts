import type { SpokenLine } from '../../apps/agent/src/planning/draft';
import { analyseText } from '../../apps/nlu/src/analysis/analyse-text';
import type { AnalysisContext } from '../../apps/nlu/src/analysis/analysis-context';
import { readSampleMeeting } from '../../apps/standalone/src/demo/sample-meeting';
import type { RealTurn } from './real-meetings';

/** A meeting as agent holds it: its lines, each with what nlu found in it. */
export interface HeldLines {
  lines: SpokenLine[];
  participants: { id: string; name: string; email?: string }[];
}

/** The sample meeting, from its script. */
export async function sampleLines(): Promise<HeldLines> {
  const {
    turns,
    participants: people,
    timeZone = 'UTC',
    startsAt = '2026-11-23T09:00:00Z',
  } = await readSampleMeeting();
  const participants = people.map(({ name, email, channel }) => ({
    id: channel,
    name,
    ...(email === undefined ? {} : { email }),
  }));
  const lines = turns.map(({ channel, startMs, endMs, text }, at): SpokenLine => {
    const name = people.find((person) => person.channel === channel)?.name ?? channel;
    const about = { at: new Date(Date.parse(startsAt) + startMs), timeZone, participants };
    return lineOf({ id: `sample:${channel}:${at}`, channel, name, startMs, endMs, text }, about);
  });
  return { lines, participants };
}

const TURN_MS = 5_000;

/** A real meeting, as people transcribed it, a turn every five seconds. */
export function realLines(turns: RealTurn[]): HeldLines {
  const names = [...new Set(turns.map(({ speaker }) => speaker))];
  const participants = names.map((name) => ({ id: name, name }));
  const began = Date.UTC(2026, 0, 5, 9);
  const lines = turns.map(({ number, speaker: name, text }) => {
    const startMs = number * TURN_MS;
    const about = { at: new Date(began + startMs), timeZone: 'UTC', participants };
    const said = { id: `real:main:${number}`, channel: name, name, startMs, text };
    return lineOf({ ...said, endMs: startMs + TURN_MS }, about);
  });
  return { lines, participants };
}

function lineOf(
  said: {
    id: string;
    channel: string;
    name: string;
    startMs: number;
    endMs: number;
    text: string;
  },
  about: AnalysisContext,
): SpokenLine {
  const { id, channel, name, startMs, endMs, text } = said;
  return {
    segment: {
      id,
      meetingId: 'meeting',
      channel,
      speaker: { id: channel, name },
      ...{ startMs, endMs, text },
      final: true,
      revision: 0,
      engine: 'people',
      degraded: false,
    },
    insight: { id, meetingId: 'meeting', segmentId: id, ...analyseText(text, about) },
  };
}
