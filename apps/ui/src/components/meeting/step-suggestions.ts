const CARD = '[data-suggestion]';
/** Longer than a key that is hit twice, shorter than it takes to read a proposal. */
const SETTLES_MS = 600;

let movedAt = -Infinity;

/** The proposal that has the focus, or in which something has it. */
export function currentCard(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>(CARD) ?? null;
}

/** To the next proposal or the one before; from elsewhere to the one at `from`. */
export function stepToCard(step: 1 | -1, from: number): void {
  const cards = allCards();
  const current = currentCard();
  const at = current ? cards.indexOf(current) + step : from;
  focusCard(cards[Math.max(0, Math.min(cards.length - 1, at))]);
}

/** The focus goes to a proposal that nobody asked for: the keys that decide rest for a moment. */
export function moveOnToCard(id: string): void {
  movedAt = performance.now();
  focusCard(allCards().find(({ dataset }) => dataset['suggestion'] === id));
}

/** Presses the card's own button, so that a key does what a click does and nothing else. */
export function decideCurrent(decision: 'approve' | 'reject'): void {
  if (performance.now() - movedAt < SETTLES_MS) return;
  currentCard()?.querySelector<HTMLElement>(`[data-decision="${decision}"]`)?.click();
}

function allCards(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(CARD)];
}

function focusCard(card: HTMLElement | undefined): void {
  card?.focus();
  card?.scrollIntoView({ block: 'nearest' });
}
