/** The service says every 15 seconds that it is there; four times as much leaves room for another setting. */
const DEAD_AFTER_MS = 60_000;

/** Notices that nothing comes any more on a line that nobody has closed. */
export class Silence {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly dead: () => void) {
    this.heard();
  }

  heard(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.dead, DEAD_AFTER_MS);
  }

  over(): void {
    clearTimeout(this.timer);
  }
}
