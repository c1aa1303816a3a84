/** Colours for people; plain text for pipes and for NO_COLOR (https://no-color.org). */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  colour(text: string, index: number): string;
}

const ESCAPE = '\u001b[';
const SPEAKER_COLOURS = [36, 33, 35, 32, 34, 31];

export function terminalStyle(coloured: boolean): Style {
  const paint = (code: string) => (text: string) =>
    coloured ? `${ESCAPE}${code}m${text}${ESCAPE}0m` : text;
  return {
    bold: paint('1'),
    dim: paint('2'),
    colour: (text, index) =>
      paint(String(SPEAKER_COLOURS[index % SPEAKER_COLOURS.length] ?? 36))(text),
  };
}

/** What comes from speech, documents or networks may hold escape sequences: a terminal must not obey them. */
export function harmless(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}
