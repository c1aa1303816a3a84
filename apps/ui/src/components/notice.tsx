import { ParleyProblem } from '@parley/client';
import type { ReactNode } from 'react';
import { strings } from '@/strings';
import { classNames } from './class-names';

const LOOKS = {
  info: 'bg-sunken text-muted',
  warn: 'bg-warn-soft text-warn',
  danger: 'bg-danger-soft text-danger',
} as const;

export function Notice({
  look = 'info',
  className,
  children,
}: {
  look?: keyof typeof LOOKS;
  className?: string | undefined;
  children: ReactNode;
}) {
  return (
    <p
      role={look === 'danger' ? 'alert' : 'status'}
      className={classNames('rounded-md px-3 py-2 text-sm', LOOKS[look], className)}
    >
      {children}
    </p>
  );
}

/** What went wrong, in the service's own words, with the id that its log knows; nothing while nothing did. */
export function ProblemNotice({ error, className }: { error: unknown; className?: string }) {
  if (error === null || error === undefined) return null;
  const same = { look: 'danger', className } as const;
  if (!(error instanceof ParleyProblem))
    return <Notice {...same}>{strings.problem.offline}</Notice>;
  const { message, requestId } = error;
  return (
    <Notice {...same}>
      {message}
      {requestId ? (
        <span className="mt-0.5 block text-xs">
          {strings.problem.reference} <code className="font-mono">{requestId}</code>
        </span>
      ) : null}
    </Notice>
  );
}
