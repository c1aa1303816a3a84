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
  children,
}: {
  look?: keyof typeof LOOKS;
  children: ReactNode;
}) {
  return (
    <p
      role={look === 'danger' ? 'alert' : 'status'}
      className={classNames('rounded-md px-3 py-2 text-sm', LOOKS[look])}
    >
      {children}
    </p>
  );
}

/** What went wrong, in the service's own words, with the id that its log knows. */
export function ProblemNotice({ error }: { error: unknown }) {
  if (!(error instanceof ParleyProblem))
    return <Notice look="danger">{strings.problem.offline}</Notice>;
  const { message, requestId } = error;
  return (
    <Notice look="danger">
      {message}
      {requestId ? (
        <span className="mt-0.5 block text-xs">
          {strings.problem.reference} <code className="font-mono">{requestId}</code>
        </span>
      ) : null}
    </Notice>
  );
}
