'use client';

import type { Segment } from '@parley/client';
import { Play, Square } from 'lucide-react';
import { useState } from 'react';
import { togglePlaying, usePlaying } from '@/meeting/line-player';
import { strings } from '@/strings';
import { LineButton } from './line-button';

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
  return (
    <LineButton
      kind="play"
      icon={playing ? Square : Play}
      says={says}
      text={line.text}
      reachable={reachable}
      pressed={playing}
      shown={playing || failed}
      className={failed && 'text-warn'}
      onClick={() => {
        setFailed(false);
        togglePlaying(line, () => {
          setFailed(true);
        });
      }}
    />
  );
}
