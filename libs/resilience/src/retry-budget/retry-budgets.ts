import { EventEmitter } from 'node:events';
import { ByTenant } from '../by-tenant';
import { RetryBudget, type RetryBudgetOptions } from './retry-budget';

/**
 * A retry budget for each name and tenant, and for each part where a tenant reaches several places under one name.
 * Emits what they do, with the name.
 */
export class RetryBudgets extends EventEmitter<{
  spent: [name: string];
  'put-off': [name: string];
}> {
  private readonly all: ByTenant<RetryBudget>;

  constructor(optionsOf: (name: string) => RetryBudgetOptions) {
    super();
    this.all = new ByTenant((name) => {
      const budget = new RetryBudget(optionsOf(name));
      budget.on('spent', () => this.emit('spent', name));
      budget.on('put-off', () => this.emit('put-off', name));
      return budget;
    });
  }

  of(name: string, tenant: string, part = ''): RetryBudget {
    return this.all.of(name, tenant, part);
  }
}
