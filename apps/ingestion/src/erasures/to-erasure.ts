import type { ErasedStore } from '@parley/contracts';
import type { ErasureReportEntity } from './erasure-report.entity';
import type { ErasureEntity } from './erasure.entity';
import type { BusErasure, Erasure, Receipt, ServiceErasure } from './erasure.views';

/** An erasure as clients see it: once complete exactly what was signed. */
export function toErasure(row: ErasureEntity, reports: ErasureReportEntity[]): Erasure {
  const receipt = row.receipt ?? receiptOf(row, reports, null);
  const status = row.completedAt === null ? 'pending' : 'complete';
  return { id: row.id, status, receipt, signature: row.signature };
}

/** What is known so far; complete with what went from the bus. */
export function receiptOf(
  { id, meetingId, reason, requestedAt, completedAt }: ErasureEntity,
  reports: ErasureReportEntity[],
  bus: BusErasure | null,
): Receipt {
  return {
    id,
    meetingId,
    reason,
    requestedAt: requestedAt.toISOString(),
    completedAt: completedAt?.toISOString() ?? null,
    services: byService(reports),
    bus,
  };
}

/** A service may report again what it found later: then both count. */
function byService(reports: ErasureReportEntity[]): ServiceErasure[] {
  const services = new Map<string, { at: Date; stores: Map<string, number> }>();
  for (const { service, at, stores } of reports) {
    const known = services.get(service) ?? { at, stores: new Map<string, number>() };
    services.set(service, { at, stores: known.stores });
    for (const { store, erased } of stores) {
      known.stores.set(store, (known.stores.get(store) ?? 0) + erased);
    }
  }
  return [...services]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([service, { at, stores }]) => ({
      service,
      at: at.toISOString(),
      stores: [...stores].map(([store, erased]): ErasedStore => ({ store, erased })),
    }));
}
