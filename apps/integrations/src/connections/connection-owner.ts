/** Whom a connection's secrets are sealed for: they open in no other row. */
export function ownerOf(row: { id: string; workspaceId: string }): string {
  return `${row.workspaceId}/${row.id}`;
}
