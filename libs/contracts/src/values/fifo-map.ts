interface Node<Value> {
  readonly key: string;
  readonly value: Value;
  older: Node<Value> | undefined;
  younger: Node<Value> | undefined;
}

/**
 * A map that tells its oldest entry at once, however many were deleted before it. A Map of its own does not: an iterator
 * walks past all that was deleted in front, and one that is kept holds on to it. What is set again is the youngest.
 */
export class FifoMap<Value> {
  private readonly nodes = new Map<string, Node<Value>>();
  private front: Node<Value> | undefined;
  private back: Node<Value> | undefined;

  get size(): number {
    return this.nodes.size;
  }

  get(key: string): Value | undefined {
    return this.nodes.get(key)?.value;
  }

  set(key: string, value: Value): void {
    this.delete(key);
    const node: Node<Value> = { key, value, older: this.back, younger: undefined };
    if (this.back) this.back.younger = node;
    else this.front = node;
    this.back = node;
    this.nodes.set(key, node);
  }

  delete(key: string): void {
    const node = this.nodes.get(key);
    if (!node) return;
    this.nodes.delete(key);
    const { older, younger } = node;
    if (older) older.younger = younger;
    else this.front = younger;
    if (younger) younger.older = older;
    else this.back = older;
  }

  oldest(): { key: string; value: Value } | undefined {
    return this.front;
  }
}
