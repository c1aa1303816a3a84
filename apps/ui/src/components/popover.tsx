'use client';

import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from './class-names';

interface PanelProps {
  label: string;
  /** Which of its edges is above that of the trigger. Default: the end. */
  align?: 'start' | 'end';
  /** Its width, and what else is its own. */
  className: string;
  children: ReactNode;
}

/** What a popover shows, beside its trigger, in a `Popover.Root`. */
export function PopoverPanel({ label, align = 'end', className, children }: PanelProps) {
  return (
    <Popover.Portal>
      <Popover.Content
        align={align}
        sideOffset={6}
        collisionPadding={12}
        aria-label={label}
        className={classNames(
          'z-40 max-w-[calc(100vw-1.5rem)] rounded-xl border border-line bg-surface p-4 text-ink shadow-xl outline-none',
          className,
        )}
      >
        {children}
      </Popover.Content>
    </Popover.Portal>
  );
}
