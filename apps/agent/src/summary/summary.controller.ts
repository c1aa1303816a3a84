import { Body, Controller, Get, Inject, Param, Patch, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Summary } from '@parley/contracts';
import { ApiRoute, NeedsScope, type Page, pageOf, PageQuery } from '@parley/service';
import { SummaryEditorService } from './summary-editor.service';
import { EditSummary } from './summary.requests';
import { SummaryService } from './summary.service';

@ApiTags('summary')
@Controller('v1/meetings/:id/summary')
export class SummaryController {
  constructor(
    @Inject(SummaryService) private readonly summaries: SummaryService,
    @Inject(SummaryEditorService) private readonly editor: SummaryEditorService,
  ) {}

  /** The latest version; `not-found` until there is one. */
  @ApiRoute({
    id: 'getSummary',
    summary: 'Read the summary of a meeting',
    returns: Summary,
    problems: ['not-found'],
  })
  @Get()
  get(@Param('id') id: string): Promise<Summary> {
    return this.summaries.get(id);
  }

  /**
   * Makes a new version. Lines that a person wrote or changed stay when the summary is made anew, lines that were taken
   * out do not come back. `conflict` when `version` is not the latest.
   */
  @ApiRoute({
    id: 'editSummary',
    summary: 'Edit the summary of a meeting',
    returns: Summary,
    problems: ['not-found', 'segment-not-found', 'conflict'],
    example: {
      version: 1,
      edit: [{ id: 'tasks-1', text: 'Send the pricing page to the design team', owner: 'Emma' }],
    },
  })
  @NeedsScope('approve')
  @Patch()
  edit(@Param('id') id: string, @Body() change: EditSummary): Promise<Summary> {
    return this.editor.edit(id, change);
  }

  /** Newest first. */
  @ApiRoute({
    id: 'listSummaryVersions',
    summary: 'List the versions of a summary',
    returns: pageOf(Summary),
    problems: ['not-found'],
  })
  @Get('versions')
  versions(@Param('id') id: string, @Query() page: PageQuery): Promise<Page<Summary>> {
    return this.editor.versions(id, page);
  }
}
