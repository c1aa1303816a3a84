// Reads a Dockerfile: as much of its language as ours use, and an error for anything else.

const KNOWN = ['ARG', 'FROM', 'WORKDIR', 'COPY', 'RUN', 'ENV', 'LABEL', 'USER', 'CMD'];

/**
 * @typedef {{ name: string, text: string }} Instruction
 * @typedef {{ from: string, name: string, instructions: Instruction[] }} Stage
 */

/**
 * @param {string} text
 * @returns {{ defaults: Instruction[], stages: Stage[] }} `defaults` are the ARGs before the first stage; the last
 *   stage, which is the image, is called `image` when it has no name
 * @throws {Error} at an instruction that is not known here
 */
export function parseDockerfile(text) {
  const lines = text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const defaults = [];
  const stages = [];
  for (const line of lines) {
    const [, name = '', rest = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
    if (!KNOWN.includes(name)) throw new Error(`The rehearsal does not know: ${line}`);
    if (name === 'FROM') {
      const [, from, stage = 'image'] = /^(\S+)(?:\s+AS\s+(\S+))?$/.exec(rest) ?? [];
      stages.push({ from, name: stage, instructions: [] });
    } else (stages.at(-1)?.instructions ?? defaults).push({ name, text: rest });
  }
  return { defaults, stages };
}

/**
 * Puts the values of variables into `$NAME` and `${NAME}`; what has none is left to the shell.
 * @param {string} text
 * @param {Record<string, string>} values
 */
export function withValues(text, values) {
  return text.replace(/\$\{(\w+)\}|\$(\w+)/g, (whole, braced, bare) => {
    return values[braced ?? bare] ?? whole;
  });
}

/**
 * @param {string} text of an ARG, ENV or LABEL: `A=b C="d e"`
 * @returns {[string, string | undefined][]} the value is missing where only a name is given
 */
export function assignments(text) {
  return [...text.matchAll(/([\w.]+)(?:=(?:"([^"]*)"|(\S*)))?/g)].map(([, name, quoted, plain]) => [
    name,
    quoted ?? plain,
  ]);
}
