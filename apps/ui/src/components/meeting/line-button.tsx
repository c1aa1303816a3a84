import type { LucideIcon } from 'lucide-react';
import { classNames } from '../class-names';

interface LineButtonProps {
  /** The arrow keys lead from one to that of the same kind in the next line. */
  kind: string;
  icon: LucideIcon;
  says: string;
  /** The words of its line. */
  text: string;
  reachable: boolean;
  onClick: () => void;
  pressed?: boolean;
  /** It is seen when nobody points at its line, too. */
  shown?: boolean;
  className?: string | false;
}

/** A small button beside a line of the transcript, seen when somebody points at the line or comes to it with keys. */
export function LineButton(props: LineButtonProps) {
  const { kind, icon: Icon, says, text, reachable, onClick, pressed, shown, className } = props;
  return (
    <button
      type="button"
      data-line-button={kind}
      tabIndex={reachable ? 0 : -1}
      aria-label={`${says}: ${text}`}
      aria-pressed={pressed}
      title={says}
      className={classNames(
        'grid size-6 shrink-0 place-items-center rounded text-muted group-hover:opacity-100 hover:bg-sunken hover:text-ink focus-visible:opacity-100 pointer-coarse:opacity-100',
        !shown && 'opacity-0',
        className,
      )}
      onClick={onClick}
    >
      <Icon aria-hidden size={13} />
    </button>
  );
}
