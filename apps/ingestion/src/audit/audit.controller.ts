import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AuditEntry } from '@parley/contracts';
import { ApiRoute, NeedsScope, pageOf, PageQuery, type Page } from '@parley/service';
import { AuditService } from './audit.service';

@ApiTags('audit')
@NeedsScope('admin')
@Controller('v1/audit')
export class AuditController {
  constructor(@Inject(AuditService) private readonly audit: AuditService) {}

  /** Newest first. `npm run audit -- verify` follows the chain to its beginning. */
  @ApiRoute({ id: 'listAuditEntries', summary: 'Who decided what', returns: pageOf(AuditEntry) })
  @Get()
  list(@Query() page: PageQuery): Promise<Page<AuditEntry>> {
    return this.audit.list(page.limit, page.cursor);
  }
}
