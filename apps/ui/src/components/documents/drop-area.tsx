'use client';

import { Upload } from 'lucide-react';
import { useEffect, useRef, useState, type DragEvent } from 'react';
import { pageClient } from '@/parley';
import { strings } from '@/strings';
import { Button } from '../button';
import { classNames } from '../class-names';
import { ProblemNotice } from '../notice';

const said = strings.documents;

interface Taken {
  name: string;
  state: 'waiting' | 'reading' | 'added' | 'refused';
  error?: unknown;
}

/** Takes files by dropping or choosing, one after the other, and says of each what became of it. */
export function DropArea({ onAdded }: { onAdded: () => void }) {
  const [over, setOver] = useState(false);
  const [taken, setTaken] = useState<Taken[]>([]);
  const input = useRef<HTMLInputElement>(null);

  useKeptFromLeaving();

  const take = async (files: File[]): Promise<void> => {
    const named = new Set(files.map(({ name }) => name));
    setTaken((known) => [
      ...files.map(({ name }) => ({ name, state: 'waiting' as const })),
      ...known.filter(({ name }) => !named.has(name)),
    ]);
    for (const file of files) {
      const set = (state: Taken): void => {
        setTaken((known) => known.map((one) => (one.name === file.name ? state : one)));
      };
      set({ name: file.name, state: 'reading' });
      try {
        await pageClient().uploadDocument(file, file.name);
        set({ name: file.name, state: 'added' });
        onAdded();
      } catch (error) {
        set({ name: file.name, state: 'refused', error });
      }
    }
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void take([...event.dataTransfer.files]);
  };

  return (
    <div>
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={({ currentTarget, relatedTarget }) => {
          // Over what stands in it, it is still over it.
          if (!currentTarget.contains(relatedTarget as Node | null)) setOver(false);
        }}
        onDrop={onDrop}
        className={classNames(
          'flex flex-wrap items-center justify-between gap-3 rounded-xl border border-dashed p-5',
          over ? 'border-accent bg-accent-soft' : 'border-line bg-surface',
        )}
      >
        <span className="flex items-center gap-3">
          <Upload aria-hidden size={20} className="text-muted" />
          <span>
            <span className="block font-medium">{said.drop}</span>
            <span className="block text-sm text-muted">{said.types}</span>
          </span>
        </span>
        <Button onClick={() => input.current?.click()}>{said.choose}</Button>
        <input
          ref={input}
          type="file"
          multiple
          aria-label={said.choose}
          className="hidden"
          onChange={(event) => {
            void take([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
      </div>
      <ul aria-live="polite" className="mt-2 space-y-1.5 text-sm empty:hidden">
        {taken.map(({ name, state, error }) => (
          <li key={name}>
            <span className={state === 'added' ? 'text-accent' : 'text-muted'}>
              {state === 'waiting' ? `${said.waiting}: ${name}` : null}
              {state === 'reading' ? `${said.uploading} ${name} …` : null}
              {state === 'added' ? `${said.added}: ${name}` : null}
              {state === 'refused' ? name : null}
            </span>
            {state === 'reading' ? (
              // How far it is nobody can say: a document is read as a whole.
              <progress
                aria-label={`${said.uploading} ${name}`}
                className="mt-1 block h-1.5 w-full accent-accent"
              />
            ) : null}
            <ProblemNotice error={error} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A file that misses the area would be opened by the browser in place of the page. */
function useKeptFromLeaving(): void {
  useEffect(() => {
    const keep = (event: Event): void => {
      event.preventDefault();
    };
    window.addEventListener('dragover', keep);
    window.addEventListener('drop', keep);
    return () => {
      window.removeEventListener('dragover', keep);
      window.removeEventListener('drop', keep);
    };
  }, []);
}
