import type { SummaryLine } from './line-words';

/**
 * The same line in a newer version of its section; null where it was taken out.
 *
 * A line that somebody wrote keeps its id. One that was made has its place for an id, and another id once somebody
 * changes it: it is known by what it says, and where that was changed by what it cites.
 *
 * @param before the section that the line is from: what was another line there is not this one now
 */
export function findLine(
  line: SummaryLine,
  now: readonly SummaryLine[],
  before: readonly SummaryLine[],
): SummaryLine | null {
  if (line.editedBy !== undefined) return now.find(({ id }) => id === line.id) ?? null;
  const says = now.filter(({ text, editedBy }) => editedBy === undefined && text === line.text);
  const made = says.find((one) => citesSame(one, line)) ?? says[0];
  if (made) return made;
  const come = now.filter((one) => !before.some((old) => isUnchanged(old, one)));
  const retold = come.find(({ text }) => text === line.text);
  if (retold) return retold;
  // Two that cite the same: nobody can say which of them it is.
  const [cites, ...others] = come.filter((one) => citesSame(one, line));
  return cites && others.length === 0 ? cites : null;
}

function isUnchanged(old: SummaryLine, now: SummaryLine): boolean {
  if (old.editedBy !== undefined) return now.editedBy !== undefined && old.id === now.id;
  return now.editedBy === undefined && old.text === now.text;
}

/** Lines that cite nothing have nothing in common. */
function citesSame({ citations }: SummaryLine, other: SummaryLine): boolean {
  return (
    citations.length > 0 &&
    citations.length === other.citations.length &&
    citations.every(({ id }, at) => other.citations[at]?.id === id)
  );
}
