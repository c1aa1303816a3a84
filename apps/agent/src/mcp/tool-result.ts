import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { problems, ProblemError } from '@parley/contracts';
import { logEvent } from '@parley/observability';

/** Runs a tool; a problem becomes an answer that the assistant can read, without anything internal. */
export async function answered(work: () => Promise<object>): Promise<CallToolResult> {
  try {
    return { content: [{ type: 'text', text: JSON.stringify(await work()) }] };
  } catch (error) {
    return { isError: true, content: [{ type: 'text', text: explained(error) }] };
  }
}

function explained(error: unknown): string {
  if (error instanceof ProblemError) return `${error.code}: ${error.detail}`;
  logEvent('mcp.failed', { err: error });
  return `internal: ${problems.internal.title}`;
}
