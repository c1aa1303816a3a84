'use client';

import type { IssuedKey } from '@parley/client';
import { Copy } from 'lucide-react';
import { useRef, useState } from 'react';
import { strings } from '@/strings';
import { Button } from '../button';

const said = strings.settings.keys;

/** A key that was just made. It is held by this page alone, and gone when it is left. */
export function NewKey({ issued }: { issued: IssuedKey }) {
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    // Browsers lend the clipboard only to https and localhost; elsewhere it is undefined, whatever its type says.
    try {
      await navigator.clipboard.writeText(issued.secret);
      setCopied(true);
    } catch {
      setCopied(false);
      field.current?.focus();
      field.current?.select();
    }
  };
  return (
    <div
      role="status"
      className="mb-4 rounded-xl border border-accent bg-accent-soft p-4 text-accent"
    >
      <p className="text-sm font-medium">{said.once}</p>
      <div className="mt-2 flex gap-2">
        <input
          ref={field}
          readOnly
          aria-label={`${said.secret} ${issued.name}`}
          value={issued.secret}
          onFocus={(event) => {
            event.target.select();
          }}
          className="min-h-10 w-full min-w-0 rounded-md border border-line bg-ground px-3 font-mono text-sm text-ink"
        />
        <Button onClick={() => void copy()}>
          <Copy aria-hidden size={15} />
          {copied ? said.copied : said.copy}
        </Button>
      </div>
    </div>
  );
}
