import { Controller, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute, NeedsScope } from '@parley/service';
import { IssuedTicket, TicketsService } from './tickets.service';

@ApiTags('tickets')
@Controller('v1/meetings/:id/tickets')
export class TicketsController {
  constructor(@Inject(TicketsService) private readonly tickets: TicketsService) {}

  /** For browsers, which send no headers with a socket or feed: `?ticket=` opens one, once, within 60 s. */
  @ApiRoute({
    id: 'createTicket',
    summary: 'Take a ticket for a socket',
    returns: IssuedTicket,
    problems: ['meeting-not-found'],
  })
  @NeedsScope('any')
  @Post()
  issue(@Param('id') id: string): Promise<IssuedTicket> {
    return this.tickets.issue(id);
  }
}
