import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { Inject, Injectable } from '@nestjs/common';
import { requestContext } from '@parley/service';
import { ProposalsService } from '../suggestions/proposals.service';
import { proposalShape } from '../suggestions/proposal';
import { answered } from './tool-result';

/** The one tool that writes, for keys with the scope `propose`: it adds a suggestion that a person decides on. */
@Injectable()
export class ProposeTool {
  constructor(@Inject(ProposalsService) private readonly proposals: ProposalsService) {}

  /** To other callers the tool does not exist: it is neither listed nor called. */
  registerIfAllowed(server: McpServer): void {
    if (!requestContext().caller.scopes.includes('propose')) return;
    server.registerTool(
      'propose_suggestion',
      {
        description:
          'Proposes something to do, on what was said in a meeting. Nothing happens until a person approves it in Parley.',
        inputSchema: proposalShape,
        annotations: { readOnlyHint: false, destructiveHint: false, openWorldHint: false },
      },
      (proposal) => answered(() => this.proposals.propose(proposal)),
    );
  }
}
