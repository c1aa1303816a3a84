import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { NeedsScope, PROCESSING, RateLimit, Streaming } from '@parley/service';
import type { Request, Response } from 'express';
import { McpServerFactory } from './mcp-server.factory';

/** The Model Context Protocol over streamable HTTP. Its errors have the protocol's own shape. */
@ApiExcludeController()
@Controller('mcp')
export class McpController {
  constructor(@Inject(McpServerFactory) private readonly servers: McpServerFactory) {}

  /** Stateless: any replica answers any request, and nothing is left behind. */
  @Streaming()
  @NeedsScope('read')
  @Post()
  @HttpCode(200)
  @RateLimit(PROCESSING)
  async answer(@Req() request: Request, @Res() response: Response): Promise<void> {
    const server = this.servers.make();
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
    response.once('close', () => {
      void server.close();
    });
    await server.connect(transport);
    await transport.handleRequest(request, response, request.body);
  }
}
