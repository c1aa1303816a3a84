import type { components as Agent } from './generated/agent';
import type { components as Asr } from './generated/asr';
import type { components as Ingestion } from './generated/ingestion';
import type { components as Integrations } from './generated/integrations';
import type { components as Nlu } from './generated/nlu';
import type { components as Rag } from './generated/rag';

export type Meeting = Ingestion['schemas']['Meeting'];
export type CreateMeeting = Ingestion['schemas']['CreateMeeting'];
export type Participant = Ingestion['schemas']['Participant'];
export type PlannedMeeting = Ingestion['schemas']['PlannedMeeting'];
export type ConsentRecord = Ingestion['schemas']['ConsentRecord'];
export type Workspace = Ingestion['schemas']['Workspace'];
export type ChangeWorkspace = Ingestion['schemas']['ChangeWorkspace'];
export type SignInOptions = Ingestion['schemas']['SignInOptions'];
export type BegunSignIn = Ingestion['schemas']['BegunSignIn'];
export type CompletedSignIn = Ingestion['schemas']['CompletedSignIn'];
export type Retention = Ingestion['schemas']['Retention'];
export type CaptionsTaken = Ingestion['schemas']['CaptionsTaken'];
export type UploadedRecording = Ingestion['schemas']['UploadedRecording'];
export type Coverage = Ingestion['schemas']['Coverage'];
export type CoverageSummary = Ingestion['schemas']['CoverageSummary'];
export type SegmentTrace = Ingestion['schemas']['SegmentTrace'];
export type Trends = Ingestion['schemas']['Trends'];
export type Segment = Asr['schemas']['Segment'];
export type Speaker = Asr['schemas']['Speaker'];
export type MeetingSpeaker = Asr['schemas']['MeetingSpeaker'];
export type EngineList = Asr['schemas']['EngineList'];
export type Analysis = Nlu['schemas']['Analysis'];
export type Insight = Nlu['schemas']['Insight'];
export type MeetingTopic = Nlu['schemas']['MeetingTopic'];
export type DocumentView = Rag['schemas']['DocumentView'];
export type Passage = Rag['schemas']['Passage'];
export type SearchResults = Rag['schemas']['SearchResults'];
export type Citation = Rag['schemas']['Citation'];
export type Suggestion = Agent['schemas']['Suggestion'];
export type ApprovedAction = Agent['schemas']['ApprovedAction'];
export type Summary = Agent['schemas']['Summary'];
export type EditSummary = Agent['schemas']['EditSummary'];
export type ConnectionView = Integrations['schemas']['ConnectionView'];
export type ConnectionTest = Integrations['schemas']['ConnectionTest'];
export type ProviderView = Integrations['schemas']['ProviderView'];
export type DeadLetterView = Integrations['schemas']['DeadLetterView'];
export type Delivery = Integrations['schemas']['Delivery'];
export type Whoami = Ingestion['schemas']['Whoami'];
export type Scope = Whoami['scopes'][number];
export type KeyView = Ingestion['schemas']['KeyView'];
export type IssuedKey = Ingestion['schemas']['IssuedKey'];
export type AuditEntry = Ingestion['schemas']['AuditEntry'];
export type Erasure = Ingestion['schemas']['Erasure'];

/** One entry of a meeting's timeline; `type` tells what `data` is. */
export type TimelineEntry = Ingestion['schemas']['TimelineEntry'];
export type TimelineType = TimelineEntry['type'];

/** The body of a refusal or failure (RFC 9457). */
export type Problem = Ingestion['schemas']['Problem'];
type CodeOf<Type> = Type extends `https://parley.dev/problems/${infer Code}` ? Code : never;
/** The last part of a problem's `type`: what to branch on. */
export type ProblemCode = CodeOf<Problem['type']>;
