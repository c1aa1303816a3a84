import { strings } from '@/strings';
import { classNames } from '../class-names';
import type { Dependency } from '../status/use-health';

const said = strings.settings.engines;

export interface EngineFacts {
  kind: keyof typeof said.kinds;
  name?: string;
  languages?: readonly string[];
  /** Processing time per time of audio; null: not measured yet. Left out where nobody measures it. */
  realTimeFactor?: number | null;
  /** How its service finds it to be, where it says so. */
  state?: Dependency | undefined;
  /** Its service cannot be asked. */
  away?: boolean;
}

/** One engine: what it is for, what it is called, how fast it was, and what its absence means. */
export function EngineCard({ facts, known }: { facts: EngineFacts; known: boolean }) {
  const { kind, name, languages = [], realTimeFactor, state, away = false } = facts;
  const [title, means] = said.kinds[kind];
  const isDown = state !== undefined && state.status !== 'up';
  const [label, color] = !known
    ? ['…', 'text-muted']
    : away
      ? ['', 'text-muted']
      : isDown
        ? [said.degraded, 'text-warn']
        : [said.works, 'text-accent'];
  return (
    <li className="rounded-xl border border-line bg-surface p-4 text-sm">
      <div className="flex items-baseline justify-between gap-3">
        <h3 className="font-semibold">{title}</h3>
        <span className={classNames('font-medium', color)}>{label}</span>
      </div>
      <p className="text-muted">{means}</p>
      {known && away ? <p className="mt-2 text-danger">{said.unknown}</p> : null}
      {name ? (
        <p className="mt-2 break-words">
          {name}
          {languages.length > 0 ? <span className="text-muted"> · {spoken(languages)}</span> : null}
        </p>
      ) : null}
      {realTimeFactor === undefined ? null : (
        <p className="text-muted tabular-nums">{speedOf(realTimeFactor)}</p>
      )}
      {isDown && state.reason ? <p className="mt-2 text-warn">{state.reason}</p> : null}
      <Without kind={kind} state={state} isDown={isDown} />
    </li>
  );
}

function Without({
  kind,
  state,
  isDown,
}: Pick<EngineFacts, 'kind' | 'state'> & { isDown: boolean }) {
  const without: Partial<Record<EngineFacts['kind'], string>> = said.without;
  const words = isDown
    ? without[kind]
    : state?.mode === 'extractive'
      ? said.extractiveMeans
      : undefined;
  return words ? <p className="mt-1 text-xs leading-5 text-muted">{words}</p> : null;
}

function spoken(languages: readonly string[]): string {
  const names = new Intl.DisplayNames('en', { type: 'language' });
  return languages.map((language) => names.of(language) ?? language).join(', ');
}

function speedOf(realTimeFactor: number | null): string {
  if (realTimeFactor === null || realTimeFactor <= 0) return said.notMeasured;
  if (realTimeFactor > 1) return said.slower;
  const times = 1 / realTimeFactor;
  return `${said.fasterBefore}: ${times.toFixed(times < 10 ? 1 : 0)} ${said.fasterAfter}`;
}
