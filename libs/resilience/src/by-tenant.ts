/** Kept until so many are there; then the idle ones are forgotten. */
const PLENTY = 1_000;

interface Known<Item> {
  name: string;
  tenant: string;
  item: Item;
}

/**
 * One of something for each name and tenant, made when first needed: what one tenant runs into closes nobody else's door.
 * A tenant that reaches several places under one name has one for each `part`.
 */
export class ByTenant<Item extends { readonly isIdle: boolean }> {
  private readonly byKey = new Map<string, Known<Item>>();

  constructor(private readonly make: (name: string) => Item) {}

  of(name: string, tenant: string, part = ''): Item {
    const key = keyOf(name, tenant, part);
    const known = this.byKey.get(key);
    if (known) return known.item;
    if (this.byKey.size >= PLENTY) this.forgetIdle();
    const item = this.make(name);
    this.byKey.set(key, { name, tenant, item });
    return item;
  }

  /** Without making one. */
  find(name: string, tenant: string, part = ''): Item | undefined {
    return this.byKey.get(keyOf(name, tenant, part))?.item;
  }

  /** Those of all the parts that this tenant reaches under the name. */
  partsOf(name: string, tenant: string): Item[] {
    const all = [...this.byKey.values()];
    return all.filter((one) => one.name === name && one.tenant === tenant).map(({ item }) => item);
  }

  private forgetIdle(): void {
    for (const [key, { item }] of this.byKey) if (item.isIdle) this.byKey.delete(key);
  }
}

function keyOf(name: string, tenant: string, part: string): string {
  return JSON.stringify([name, tenant, part]);
}
