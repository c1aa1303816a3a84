'use client';

import { LogOut } from 'lucide-react';
import { useState } from 'react';
import { noteSignedIn } from '@/signed-in';
import { strings } from '@/strings';
import { Button } from '../button';
import { Notice } from '../notice';
import { useVisitor, useVisitorError } from './visitor';

/** Forgets the key that the session holds, where one was asked for, or may have been; one of a sign-in ends. */
export function SignOut() {
  const visitor = useVisitor();
  const unknown = useVisitorError();
  const [failed, setFailed] = useState(false);
  if (!visitor?.authRequired && !unknown) return null;
  const leave = async (): Promise<void> => {
    setFailed(false);
    const answer = await fetch('/session', { method: 'DELETE' }).catch(() => null);
    if (!answer?.ok) {
      setFailed(true);
      return;
    }
    noteSignedIn(false);
    window.location.assign(answer.status === 204 ? '/sign-in' : '/sign-in?fault=not-ended');
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      {failed ? <Notice look="danger">{strings.settings.stillSignedIn}</Notice> : null}
      <Button small look="plain" onClick={() => void leave()}>
        <LogOut aria-hidden size={15} />
        {strings.nav.signOut}
      </Button>
    </div>
  );
}
