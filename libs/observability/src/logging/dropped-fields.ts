/** By service, since several may share the process. */
const droppedByService = new Map<string, number>();

export function countDropped(service: string, count: number): void {
  if (count > 0) droppedByService.set(service, droppedFields(service) + count);
}

/** Fields and messages that were kept out of the log so far, because nothing allows them. */
export function droppedFields(service: string): number {
  return droppedByService.get(service) ?? 0;
}
