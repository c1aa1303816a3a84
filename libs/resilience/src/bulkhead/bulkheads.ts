import type { Call, Policy } from '../policy';
import { Bulkhead, type BulkheadOptions } from './bulkhead';

/**
 * A bulkhead for each tenant: one that takes all of its places takes nobody else's. There while somebody is in it, so that
 * there are never more than calls under way.
 */
export class Bulkheads {
  private readonly byTenant = new Map<string, Bulkhead>();

  /** @param options of each tenant's. */
  constructor(private readonly options: BulkheadOptions) {}

  of(tenant: string): Policy {
    return { execute: (call, signal) => this.execute(tenant, call, signal) };
  }

  /** Of how many tenants calls are under way. */
  get size(): number {
    return this.byTenant.size;
  }

  private async execute<T>(tenant: string, call: Call<T>, signal: AbortSignal): Promise<T> {
    const bulkhead = this.byTenant.get(tenant) ?? new Bulkhead(this.options);
    this.byTenant.set(tenant, bulkhead);
    try {
      return await bulkhead.execute(call, signal);
    } finally {
      // Another may stand there by now: whoever comes between the last to leave and this has a new one.
      const isThere = this.byTenant.get(tenant) === bulkhead;
      if (bulkhead.isIdle && isThere) this.byTenant.delete(tenant);
    }
  }
}
