import type { UploadedRecording } from '@parley/client';
import { strings } from '@/strings';
import { Button } from '../button';
import { Notice, ProblemNotice } from '../notice';
import { clock } from '../times';
import type { Uploads } from './use-uploads';

const said = strings.uploads;

/** How far uploaded recordings have been heard; nothing while there are none. */
export function UploadsProgress({ uploads }: { uploads: Uploads }) {
  const { sending, instead, items, error, stop: onStop } = uploads;
  return (
    <>
      {sending ? <Notice className="mt-2">{said.sending}</Notice> : null}
      {instead ? <Notice className="mt-2">{`${instead} ${said.instead}`}</Notice> : null}
      {items.map((item) => (
        <UploadProgress key={item.id} item={item} onStop={onStop} />
      ))}
      <ProblemNotice className="mt-2" error={error} />
    </>
  );
}

function UploadProgress({ item, onStop }: { item: UploadedRecording; onStop: Uploads['stop'] }) {
  const { id, channel, status, durationMs, receivedMs, reason } = item;
  const name = said.name(channel);
  const done = clock(receivedMs);
  switch (status) {
    case 'waiting':
    case 'hearing':
      return (
        <div className="mt-2 flex flex-wrap items-center gap-3 text-sm text-muted">
          <progress
            aria-labelledby={`upload-${id}`}
            className="h-1.5 w-40 accent-accent"
            {...(durationMs === null ? {} : { max: durationMs, value: receivedMs })}
          />
          <span id={`upload-${id}`} className="tabular-nums">
            {said.hearing(name, done, durationMs === null ? null : clock(durationMs))}
          </span>
          <Button small onClick={() => void onStop(id)}>
            {said.stop}
          </Button>
          {status === 'waiting' && reason ? <span role="status">{reason}</span> : null}
        </div>
      );
    case 'heard':
      return (
        <Notice className="mt-2" look={reason ? 'warn' : 'info'}>
          {withReason(said.heard(name), reason)}
        </Notice>
      );
    case 'stopped':
      return <Notice className="mt-2">{said.stopped(name, done)}</Notice>;
    case 'failed':
      return (
        <Notice className="mt-2" look="danger">
          {withReason(said.failed(name), reason)}
        </Notice>
      );
  }
}

function withReason(sentence: string, reason: string | null): string {
  return reason === null ? sentence : `${sentence} ${reason}`;
}
