'use client';

import { Keyboard } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useState } from 'react';
import { shortcutsAreOn, turnShortcuts, useShortcuts } from '@/keyboard';
import { strings } from '@/strings';
import { Button } from './button';
import { DIALOG, OVERLAY } from './dialog-looks';

const said = strings.shortcuts;

/** Shows which keys do what, and lets them be turned off. */
export function Shortcuts() {
  const [open, setOpen] = useState(false);
  const [on, setOn] = useState(true);
  const show = (shown: boolean): void => {
    if (shown) setOn(shortcutsAreOn());
    setOpen(shown);
  };
  useShortcuts({
    '?': () => {
      show(true);
    },
    '/': () => {
      const field = document.querySelector<HTMLElement>('[data-shortcut="/"]');
      // Behind a tab that is closed it cannot take the focus.
      field?.focus();
      return field !== null && document.activeElement === field;
    },
  });
  return (
    <Dialog.Root open={open} onOpenChange={show}>
      <Dialog.Trigger asChild>
        <button
          type="button"
          className="mt-auto flex min-h-10 items-center gap-2.5 rounded-md px-2.5 text-sm font-medium text-muted hover:bg-sunken hover:text-ink max-sm:hidden"
        >
          <Keyboard aria-hidden size={17} strokeWidth={1.9} />
          {said.title}
        </button>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className={OVERLAY} />
        <Dialog.Content aria-describedby={undefined} className={DIALOG}>
          <Dialog.Title className="text-base font-semibold">{said.title}</Dialog.Title>
          <dl className="mt-3 grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-4 gap-y-2 text-sm">
            {said.keys.map(([keys, meaning]) => (
              <div key={meaning} className="contents">
                <dt>
                  {keys.split(' ').map((key) => (
                    <kbd
                      key={key}
                      className="mr-1 inline-block min-w-6 rounded border border-line bg-sunken px-1.5 text-center font-mono leading-6"
                    >
                      {key}
                    </kbd>
                  ))}
                </dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
          <label className="mt-4 flex min-h-8 items-center gap-2 border-t border-line pt-3 text-sm">
            <input
              type="checkbox"
              checked={on}
              className="size-4 accent-accent"
              onChange={({ target }) => {
                turnShortcuts(target.checked);
                setOn(target.checked);
              }}
            />
            {said.on}
          </label>
          <div className="mt-4 flex justify-end">
            <Dialog.Close asChild>
              <Button>{said.close}</Button>
            </Dialog.Close>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
