import type { SpokenSegment } from './recording-transcriber';

type Cue = Pick<SpokenSegment, 'startMs' | 'endMs' | 'text'>;

/** SubRip: numbered cues, with a comma in front of the milliseconds. */
export function toSrt(cues: readonly Cue[]): string {
  return cues
    .map(({ startMs, endMs, text }, index) => {
      const times = `${timestamp(startMs).replace('.', ',')} --> ${timestamp(endMs).replace('.', ',')}`;
      return `${index + 1}\n${times}\n${oneLine(text)}\n`;
    })
    .join('\n');
}

/** WebVTT (W3C): `&`, `<` and `>` stand for themselves only when escaped. */
export function toVtt(cues: readonly Cue[]): string {
  const blocks = cues.map(
    ({ startMs, endMs, text }) =>
      `${timestamp(startMs)} --> ${timestamp(endMs)}\n${escaped(oneLine(text))}\n`,
  );
  return ['WEBVTT\n', ...blocks].join('\n');
}

/** `01:02:03.456` */
function timestamp(ms: number): string {
  const whole = Math.round(ms);
  const parts = [Math.floor(whole / 3_600_000), Math.floor(whole / 60_000) % 60];
  const seconds = ((whole % 60_000) / 1_000).toFixed(3).padStart(6, '0');
  return [...parts.map((part) => String(part).padStart(2, '0')), seconds].join(':');
}

/** An empty line would end the cue. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
