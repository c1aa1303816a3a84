/** Lets one connection at a time own the backend, in the order in which they asked. */
export class BackendLock {
  private owner: object | null = null;
  private lastOwner: object | null = null;
  private readonly waiting: { connection: object; granted: () => void }[] = [];

  isOwnedBy(connection: object): boolean {
    return this.owner === connection;
  }

  /** Whether nobody else has owned the backend since `connection` did. */
  wasLastOwnedBy(connection: object): boolean {
    return this.lastOwner === connection;
  }

  /** Resolves once `connection` owns the backend; at once when it does already. */
  acquire(connection: object): Promise<void> {
    if (this.owner === null || this.owner === connection) {
      this.owner = connection;
      return Promise.resolve();
    }
    return new Promise((granted) => this.waiting.push({ connection, granted }));
  }

  release(connection: object): void {
    if (this.owner !== connection) return;
    const next = this.waiting.shift();
    this.lastOwner = connection;
    this.owner = next?.connection ?? null;
    next?.granted();
  }
}
