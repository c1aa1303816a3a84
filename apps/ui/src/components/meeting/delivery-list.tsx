'use client';

import { unwrap, type Delivery, type ParleyClient } from '@parley/client';
import { strings } from '@/strings';
import { Button } from '../button';
import { ProblemNotice } from '../notice';
import { useSaving } from '../use-saving';

export const DELIVERY_COLORS: Record<Delivery['status'], string> = {
  planned: 'text-muted',
  sending: 'text-muted',
  succeeded: 'text-accent',
  failed: 'text-danger',
  uncertain: 'text-warn',
};

/** What became of what was approved. */
export function DeliveryList({
  deliveries,
  client,
}: {
  deliveries: Delivery[];
  client: ParleyClient | null;
}) {
  const { busy, error, save } = useSaving();
  const retry = (id: string): void => {
    if (!client) return;
    const params = { path: { id } };
    void save(() => unwrap(client.integrations.POST('/v1/deliveries/{id}/retry', { params })));
  };
  if (deliveries.length === 0) {
    return <p className="text-sm text-muted">{strings.deliveries.empty}</p>;
  }
  return (
    <div className="space-y-3">
      <ProblemNotice error={error} />
      <ul className="space-y-2">
        {deliveries.map((delivery) => (
          <li key={delivery.id} className="rounded-lg border border-line p-3 text-sm">
            <div className="flex items-baseline justify-between gap-3">
              <span className="font-medium">
                {delivery.provider} · {delivery.tool}
              </span>
              <span className={DELIVERY_COLORS[delivery.status]}>
                {strings.deliveries.statuses[delivery.status]}
              </span>
            </div>
            {delivery.reason ? <p className="mt-1 text-muted">{delivery.reason}</p> : null}
            <DeliveryActions
              delivery={delivery}
              busy={busy}
              onRetry={() => {
                retry(delivery.id);
              }}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

interface DeliveryActionsProps {
  delivery: Delivery;
  busy: boolean;
  onRetry: () => void;
}

function DeliveryActions({ delivery, busy, onRetry }: DeliveryActionsProps) {
  const { status, url, attempts } = delivery;
  const link = url && /^https?:\/\//.test(url) ? url : null;
  return (
    <div className="mt-2 flex items-center gap-3 text-xs text-muted">
      <span className="tabular-nums">
        {attempts.length} {strings.deliveries.attempts}
      </span>
      {link ? (
        <a
          href={link}
          target="_blank"
          rel="noreferrer noopener"
          className="text-accent hover:underline"
        >
          {strings.deliveries.open}
        </a>
      ) : null}
      {status === 'failed' || status === 'uncertain' ? (
        <Button small disabled={busy} onClick={onRetry}>
          {strings.deliveries.retry}
        </Button>
      ) : null}
    </div>
  );
}
