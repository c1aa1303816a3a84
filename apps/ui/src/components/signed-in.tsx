'use client';

import { useEffect } from 'react';
import { noteSignedIn } from '@/signed-in';
import { strings } from '@/strings';
import { buttonLook } from './button';

const said = strings.signIn;

export function SignedIn({ next }: { next: string }) {
  useEffect(() => {
    noteSignedIn(true);
    window.location.replace(next);
  }, [next]);
  return (
    <div className="mx-auto mt-[12vh] max-w-sm space-y-4 px-4">
      <h1 className="text-2xl font-semibold tracking-tight">{said.done}</h1>
      <a href={next} className={buttonLook({ look: 'primary', className: 'w-full' })}>
        {said.goOn}
      </a>
    </div>
  );
}
