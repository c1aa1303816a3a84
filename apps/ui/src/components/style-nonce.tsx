'use client';

import { setNonce } from 'get-nonce';

/** Tells those components that write a style sheet of their own, such as dialogs, by what the page lets it pass. */
export function StyleNonce({ nonce }: { nonce: string }) {
  setNonce(nonce);
  return null;
}
