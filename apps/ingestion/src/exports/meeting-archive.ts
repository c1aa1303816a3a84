import type { PassThrough } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { TimelineEntry } from '@parley/contracts';
import { logEvent } from '@parley/observability';
import { requestContext } from '@parley/service';
import { AuditRepository } from '../audit/audit.repository';
import { toAuditEntry } from '../audit/to-audit-entry';
import { PrivacyService } from '../privacy/privacy.service';
import { TimelineRepository } from '../timeline/timeline.repository';
import { RecordingReader } from '../recordings/recording.reader';
import { Archives } from './archives';
import { audioFile } from './audio-file';
import type { MeetingExport } from './meeting-export';
import { exportToMarkdown } from './to-markdown';
import { exportToSrt, exportToVtt } from './to-subtitles';
import { json, zipStream, type LeftOut, type ZipFile } from './zip-stream';

const PAGE = 200;
const MOST_AUDIT_ENTRIES = 10_000;

/** Everything that is kept of a meeting here, as one ZIP archive that is made while it is sent. */
@Injectable()
export class MeetingArchive {
  constructor(
    @Inject(Archives) private readonly archives: Archives,
    @Inject(TimelineRepository) private readonly timeline: TimelineRepository,
    @Inject(PrivacyService) private readonly privacy: PrivacyService,
    @Inject(AuditRepository) private readonly audit: AuditRepository,
    @Inject(RecordingReader) private readonly recordings: RecordingReader,
  ) {}

  /** @throws ProblemError `unavailable` when several are being made and more wait. */
  open(record: MeetingExport): Promise<PassThrough> {
    return this.archives.open(
      () => this.pieces(record),
      (error) => {
        logEvent('export.cut', { meetingId: record.meeting.id, err: error });
      },
    );
  }

  private async *pieces(record: MeetingExport): AsyncGenerator<Uint8Array> {
    const { exportedAt, cursor, meeting } = record;
    const withAudit = maySeeAudit();
    const leftOut: LeftOut[] = withAudit
      ? []
      : [{ name: 'audit.json', because: 'the key lacks admin' }];
    const about = { meetingId: meeting.id, exportedAt, cursor, leftOut };
    yield* zipStream(await this.filesOf(record, withAudit, leftOut), about);
  }

  private async filesOf(
    record: MeetingExport,
    withAudit: boolean,
    leftOut: LeftOut[],
  ): Promise<ZipFile[]> {
    const { meeting, segments, summary, insights, suggestions, deliveries, coverage } = record;
    const { items: consents } = await this.privacy.consents(meeting.id);
    const files: ZipFile[] = [
      json('meeting.json', meeting),
      { name: 'timeline.json', content: this.entries(meeting.id, record.cursor) },
      json('transcript.json', segments),
      { name: 'transcript.md', content: [exportToMarkdown(record)] },
      { name: 'transcript.vtt', content: [exportToVtt(record)] },
      { name: 'transcript.srt', content: [exportToSrt(record)] },
      json('summary.json', summary),
      json('insights.json', insights),
      json('suggestions.json', suggestions),
      json('deliveries.json', deliveries),
      json('consents.json', consents),
      json('coverage.json', coverage),
      ...(await this.audioOf(meeting.id, leftOut)),
    ];
    return withAudit ? [...files, json('audit.json', await this.auditOf(record))] : files;
  }

  /** A file for each channel, from its beginning on, and which is whose: a channel's name is no name for a file. */
  private async audioOf(meetingId: string, leftOut: LeftOut[]): Promise<ZipFile[]> {
    const list: object[] = [];
    const files: ZipFile[] = [];
    for (const [index, recorded] of (await this.recordings.channels(meetingId)).entries()) {
      const name = `recording/channel-${index + 1}.wav`;
      const file = await audioFile(this.recordings, meetingId, recorded, name, leftOut);
      if (!file) continue;
      list.push({ channel: recorded.channel, file: name, kept: recorded.spans });
      files.push(file);
    }
    return files.length === 0 ? [] : [json('recording.json', list), ...files];
  }

  /** Decisions about the meeting, its suggestions and its deliveries. */
  private async auditOf({ meeting, suggestions, deliveries }: MeetingExport): Promise<object[]> {
    const subjects = [meeting, ...suggestions, ...deliveries].map(({ id }) => id);
    const { workspaceId } = requestContext();
    const rows = await this.audit.about(workspaceId, subjects, MOST_AUDIT_ENTRIES);
    return rows.map(toAuditEntry);
  }

  private async *entries(meetingId: string, last: number): AsyncGenerator<string> {
    let page: TimelineEntry[];
    let cursor = 0;
    let before = '[\n';
    do {
      page = await this.timeline.after(meetingId, cursor, PAGE);
      const wanted = page.filter((entry) => (entry.cursor ?? 0) <= last);
      for (const entry of wanted) {
        yield `${before}${JSON.stringify(entry)}`;
        before = ',\n';
      }
      cursor = page.at(-1)?.cursor ?? last;
    } while (page.length === PAGE && cursor < last);
    yield before === '[\n' ? '[]\n' : '\n]\n';
  }
}

/** As `GET /v1/audit` asks. Without auth whoever reaches the service runs it. */
function maySeeAudit(): boolean {
  const { kind, scopes } = requestContext().caller;
  return kind !== 'member' || scopes.includes('admin');
}
