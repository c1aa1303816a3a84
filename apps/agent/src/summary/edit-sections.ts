import { newId, ProblemError, SUMMARY_SECTIONS, type SummaryLine } from '@parley/contracts';
import type { SummarySections } from './extractive-summary';
import { citing, dismissedFrom, numbered, type DismissedLine } from './kept-lines';
import type { AddedLine, EditedLine, EditSummary } from './summary.requests';

export interface EditedSections {
  sections: SummarySections;
  /** Lines that were made, and that this edit took out or replaced. */
  dismissed: DismissedLine[];
  /** Tasks that were said to be done, or open again, by their ids from now on. */
  ticked: { id: string; done: boolean }[];
}

/** Who edits, and when. */
export interface Editor {
  name: string;
  at: string;
}

/**
 * What a person makes of a summary's lines; what is changed or added is theirs from then on.
 * @throws ProblemError `not-found` for a line, `segment-not-found` for a segment that is not there,
 * `validation-failed` for what is said to be done and is no task.
 */
export function editSections(
  before: SummarySections,
  { edit = [], add = [], remove = [] }: EditSummary,
  editor: Editor,
  texts: ReadonlyMap<string, string>,
): EditedSections {
  const known = new Set(SUMMARY_SECTIONS.flatMap((section) => before[section].map(({ id }) => id)));
  for (const id of [...edit.map((change) => change.id), ...remove]) {
    if (!known.has(id)) throw new ProblemError('not-found', `This version has no line ${id}.`);
  }
  for (const id of [...edit, ...add].flatMap(({ segments }) => segments ?? [])) {
    if (!texts.has(id)) {
      throw new ProblemError('segment-not-found', `This meeting has no segment ${id}.`);
    }
  }
  const tasks = new Set(before.tasks.map(({ id }) => id));
  if (edit.some(({ id, done }) => done !== undefined && !tasks.has(id))) {
    throw new ProblemError('validation-failed', 'Only tasks can be done.');
  }
  const dismissed: DismissedLine[] = [];
  const ticked: EditedSections['ticked'] = [];
  const sections = { ...before };
  for (const section of SUMMARY_SECTIONS) {
    const lines = before[section].flatMap((line): SummaryLine[] => {
      const change = edit.find(({ id }) => id === line.id);
      const isRemoved = remove.includes(line.id);
      if (!change && !isRemoved) return [line];
      if (line.editedBy === undefined) dismissed.push(dismissedFrom(section, line));
      if (isRemoved || !change) return [];
      const after = changed(line, change, editor, texts);
      const done = after.doneBy !== undefined;
      if (done !== (line.doneBy !== undefined)) ticked.push({ id: after.id, done });
      return [after];
    });
    const added = add.filter((line) => line.section === section);
    lines.push(...added.map((line) => addedLine(line, editor.name, texts)));
    sections[section] = numbered(section, lines);
  }
  return { sections, dismissed, ticked };
}

function changed(
  line: SummaryLine,
  change: EditedLine,
  editor: Editor,
  texts: ReadonlyMap<string, string>,
): SummaryLine {
  const text = change.text ?? line.text;
  const segments = change.segments ?? line.citations.map(({ id }) => id);
  const { owner = line.owner, dueDate = line.dueDate } = change;
  return {
    id: line.editedBy === undefined ? newId<string>() : line.id,
    text,
    ...citing(text, segments, texts),
    ...(owner ? { owner } : {}),
    ...(dueDate ? { dueDate } : {}),
    ...doneness(line, change.done, editor),
    editedBy: editor.name,
  };
}

/** Who said first that it is done remains the one who did. */
function doneness(
  { doneBy, doneAt }: SummaryLine,
  done: boolean | undefined,
  editor: Editor,
): Pick<SummaryLine, 'doneBy' | 'doneAt'> {
  if (done === false || (done === undefined && doneBy === undefined)) return {};
  return { doneBy: doneBy ?? editor.name, doneAt: doneAt ?? editor.at };
}

function addedLine(
  { text, owner, dueDate, segments = [] }: AddedLine,
  editedBy: string,
  texts: ReadonlyMap<string, string>,
): SummaryLine {
  return {
    id: newId<string>(),
    text,
    ...citing(text, segments, texts),
    ...(owner ? { owner } : {}),
    ...(dueDate ? { dueDate } : {}),
    editedBy,
  };
}
