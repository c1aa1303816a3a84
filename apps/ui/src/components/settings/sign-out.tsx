'use client';

import { LogOut } from 'lucide-react';
import { strings } from '@/strings';
import { Button } from '../button';
import { useVisitor } from './visitor';

/** Forgets the key that the session holds, where one was asked for. */
export function SignOut() {
  const visitor = useVisitor();
  if (!visitor?.authRequired) return null;
  const leave = async (): Promise<void> => {
    await fetch('/session', { method: 'DELETE' });
    window.location.assign('/sign-in');
  };
  return (
    <Button small look="plain" onClick={() => void leave()}>
      <LogOut aria-hidden size={15} />
      {strings.nav.signOut}
    </Button>
  );
}
