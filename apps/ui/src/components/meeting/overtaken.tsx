import { strings } from '@/strings';
import { Button } from '../button';
import type { SummaryLine } from './line-words';

const said = strings.summary;

interface OvertakenProps {
  /** The line as somebody else left it; null: they took it out. */
  theirs: SummaryLine | null;
  /** What the person wants is to take it out. */
  removes: boolean;
  busy: boolean;
  onKeepTheirs: () => void;
  onKeepMine: () => void;
}

/** Somebody else was quicker: what they wrote, and the choice that nobody makes for the person. */
export function Overtaken({ theirs, removes, busy, onKeepTheirs, onKeepMine }: OvertakenProps) {
  const about = [theirs?.owner, theirs?.dueDate && `${said.due} ${theirs.dueDate}`];
  return (
    <div role="alert" className="rounded-md bg-warn-soft p-3 text-sm text-warn">
      <p className="font-medium">
        {theirs ? `${theirs.editedBy ?? said.somebody} ${said.overtaken}` : said.takenOut}
      </p>
      {theirs ? (
        <blockquote className="mt-1 border-l-2 border-warn pl-2 break-words">
          {[theirs.text, ...about.filter(Boolean)].join(' · ')}
        </blockquote>
      ) : null}
      <div className="mt-2 flex flex-wrap gap-2">
        <Button small disabled={busy} onClick={onKeepTheirs}>
          {theirs ? said.keepTheirs : said.leaveOut}
        </Button>
        <Button small disabled={busy} onClick={onKeepMine}>
          {theirs ? (removes ? said.removeAnyway : said.keepMine) : said.addMine}
        </Button>
      </div>
    </div>
  );
}
