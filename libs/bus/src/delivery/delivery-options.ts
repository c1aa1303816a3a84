/** How often and how patiently a group's messages are tried. */
export interface DeliveryOptions {
  /** Deliveries in all, the first one counted; then the message goes to the dead letters. */
  maxDeliveries: number;
  /** Wait before the first redelivery. */
  firstRetryMs: number;
  /** How much longer each further wait is. */
  retryFactor: number;
  longestRetryMs: number;
  /** Wait before the next look whether an outage is over. */
  outageRetryMs: number;
  /** Handlers of one consumer that run at the same time. */
  concurrency: number;
  /** How long `close()` waits for the handlers in hand. */
  closeWaitMs: number;
}

/** Wait before the redelivery that follows delivery `deliveries` (from 1), half of it random. */
export function retryDelayMs(deliveries: number, options: DeliveryOptions): number {
  const fullMs = Math.min(
    options.longestRetryMs,
    options.firstRetryMs * options.retryFactor ** (deliveries - 1),
  );
  return halfRandom(fullMs);
}

/** Wait until a handler is asked again after an {@link OutageError}. */
export function outageDelayMs(options: DeliveryOptions): number {
  return halfRandom(options.outageRetryMs);
}

/** What failed together should not come back together. */
function halfRandom(fullMs: number): number {
  return fullMs * (0.5 + Math.random() / 2);
}
