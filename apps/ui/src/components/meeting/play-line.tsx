'use client';

import type { Segment } from '@parley/client';
import { Play, Square } from 'lucide-react';
import { useState } from 'react';
import { togglePlaying, usePlaying } from '@/meeting/line-player';
import { strings } from '@/strings';
import { classNames } from '../class-names';

interface PlayLineProps {
  line: Segment;
  /** Tab leads to it: to the buttons of one line it does. */
  reachable: boolean;
}

/** Lets a line be heard as it was said. */
export function PlayLine({ line, reachable }: PlayLineProps) {
  const playing = usePlaying(line.id);
  const [failed, setFailed] = useState(false);
  const { play, stop, missing } = strings.recording;
  const says = failed ? missing : playing ? stop : play;
  const Icon = playing ? Square : Play;
  return (
    <button
      type="button"
      data-line-button="play"
      tabIndex={reachable ? 0 : -1}
      aria-label={`${says}: ${line.text}`}
      aria-pressed={playing}
      title={says}
      className={classNames(
        'grid size-6 shrink-0 place-items-center rounded text-muted group-hover:opacity-100 hover:bg-sunken hover:text-ink focus-visible:opacity-100 pointer-coarse:opacity-100',
        !playing && !failed && 'opacity-0',
        failed && 'text-warn',
      )}
      onClick={() => {
        setFailed(false);
        togglePlaying(line, () => {
          setFailed(true);
        });
      }}
    >
      <Icon aria-hidden size={13} />
    </button>
  );
}
