/** What lies over the page while a dialog is open. */
export const OVERLAY = 'fixed inset-0 z-40 bg-black/40';

const FRAME =
  'fixed top-1/2 left-1/2 z-50 -translate-x-1/2 -translate-y-1/2 rounded-xl border border-line bg-surface shadow-xl';

/** A question, or some lines. */
export const DIALOG = `${FRAME} w-[min(26rem,calc(100vw-2rem))] p-5`;

/** As much as there is room for; its content scrolls. */
export const WIDE_DIALOG = `${FRAME} flex max-h-[min(46rem,calc(100dvh-2rem))] w-[min(44rem,calc(100vw-1.5rem))] flex-col`;
