/** What is shown for a while. */
export interface Cue {
  startMs: number;
  endMs: number;
  text: string;
  /** Who says it. */
  speaker?: string;
}

/** SubRip: numbered cues, with a comma in front of the milliseconds. It has no word for a speaker: `Ann: …`. */
export function toSrt(cues: readonly Cue[]): string {
  return cues
    .map(({ startMs, endMs, text, speaker }, index) => {
      const times = `${timestamp(startMs).replace('.', ',')} --> ${timestamp(endMs).replace('.', ',')}`;
      const said = speaker === undefined ? text : `${speaker}: ${text}`;
      return `${index + 1}\n${times}\n${oneLine(said)}\n`;
    })
    .join('\n');
}

/**
 * WebVTT (W3C): `&`, `<` and `>` stand for themselves only when escaped; a speaker is a voice span.
 * @param notes are comments in front of the cues, which players do not show.
 */
export function toVtt(cues: readonly Cue[], notes: readonly string[] = []): string {
  const comments = notes.map((note) => `NOTE ${escaped(oneLine(note))}\n`);
  const blocks = cues.map(({ startMs, endMs, text, speaker }) => {
    const voice = speaker === undefined ? '' : `<v ${escaped(oneLine(speaker))}>`;
    return `${timestamp(startMs)} --> ${timestamp(endMs)}\n${voice}${escaped(oneLine(text))}\n`;
  });
  return ['WEBVTT\n', ...comments, ...blocks].join('\n');
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
