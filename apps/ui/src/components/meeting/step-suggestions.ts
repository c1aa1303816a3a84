const CARD = '[data-suggestion]';

/** The proposal that has the focus, or in which something has it. */
export function currentCard(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>(CARD) ?? null;
}

/** To the next proposal or the one before; from elsewhere to the one at `from`. */
export function stepToCard(step: 1 | -1, from: number): void {
  const cards = [...document.querySelectorAll<HTMLElement>(CARD)];
  const current = currentCard();
  const at = current ? cards.indexOf(current) + step : from;
  focusCard(Math.max(0, Math.min(cards.length - 1, at)));
}

export function focusCard(at: number): void {
  const card = document.querySelectorAll<HTMLElement>(CARD)[at];
  card?.focus();
  card?.scrollIntoView({ block: 'nearest' });
}

/** Presses the card's own button, so that a key does what a click does and nothing else. */
export function decideCurrent(decision: 'approve' | 'reject'): void {
  currentCard()?.querySelector<HTMLElement>(`[data-decision="${decision}"]`)?.click();
}
