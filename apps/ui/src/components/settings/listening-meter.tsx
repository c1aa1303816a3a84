import type { EngineList } from '@parley/client';
import { strings } from '@/strings';
import { Notice } from '../notice';

const said = strings.settings.engines;

/** How many meetings are listened to, of how many that can be. */
export function ListeningMeter({ engines, known }: { engines: EngineList | null; known: boolean }) {
  if (!engines) {
    return known ? (
      <Notice look="danger">{said.away}</Notice>
    ) : (
      <p aria-busy className="text-sm text-muted">
        …
      </p>
    );
  }
  const { capacity, meetings, waiting, replicas } = engines.listening;
  const full = capacity > 0 ? Math.min(1, meetings / capacity) : 1;
  const about = [
    waiting > 0 && `${waiting} ${said.waiting}`,
    replicas === 1 ? said.oneReplica : `${replicas} ${said.replicas}`,
  ].filter(Boolean);
  return (
    <div className="rounded-xl border border-line bg-surface p-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <p className="text-sm">
          <span className="text-2xl font-semibold tabular-nums">{meetings}</span>{' '}
          <span className="text-muted">
            {said.of} {capacity} {said.listening}
          </span>
        </p>
        <p className="text-sm text-muted">{about.join(' · ')}</p>
      </div>
      <div
        role="meter"
        aria-label={said.capacity}
        aria-valuemin={0}
        aria-valuemax={capacity}
        aria-valuenow={meetings}
        className="mt-3 h-2 overflow-hidden rounded-full bg-sunken"
      >
        <div
          className={full < 1 ? 'h-full bg-accent' : 'h-full bg-warn'}
          style={{ width: `${full * 100}%` }}
        />
      </div>
    </div>
  );
}
