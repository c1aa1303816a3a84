/** What Markdown (CommonMark, GitHub's tables and strikethrough) gives a meaning to inside a line. */
const INLINE = /[\\`*_[\]<>&#|~$]/g;
/** And what begins a list or a heading rule at the start of one. */
const LINE_START = /^(?:[-+=]|\d{1,9}(?=[.)]))/;

/** Untrusted text as one line that Markdown shows as it is: nothing in it can be markup. */
export function markdownText(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim().replace(INLINE, '\\$&');
  return line.replace(LINE_START, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`));
}
