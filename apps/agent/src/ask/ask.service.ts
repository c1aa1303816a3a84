import { Inject, Injectable } from '@nestjs/common';
import { isModelFailed, type ModelFailure, type TextEngine } from '@parley/ai';
import type {
  Answer,
  AnswerCitation,
  AnswerSources,
  AnswerToken,
  Citation,
  DegradedReason,
} from '@parley/contracts';
import { logEvent } from '@parley/observability';
import { MeetingModels } from '@parley/model-budget';
import type { AskAnything } from './ask.requests';
import { extractiveAnswer } from './extractive-answer';
import { inquiryOf, type Inquiry } from './inquiry';
import { modelAnswer, type SupportedSentence } from './model-answer';
import { toSource, type Passage } from './passage';
import { PassagesService } from './passages.service';

const EXTRACTIVE_ENGINE = 'extractive-1';
const NOTHING_FOUND = 'Nothing that was said or written here answers this question.';
/** What a model reads at most, and what a client is shown of it. */
const PASSAGES_READ = 60;
const CHARACTERS_READ = 40_000;
const SOURCES_SHOWN = 12;

export type AnswerEvent =
  | { event: 'retrieved'; data: AnswerSources }
  | { event: 'token'; data: AnswerToken }
  | { event: 'citation'; data: AnswerCitation }
  | { event: 'done'; data: Answer };

/** Answers from what was said and written, and says so when nothing there does. */
@Injectable()
export class AskService {
  constructor(
    @Inject(PassagesService) private readonly passages: PassagesService,
    @Inject(MeetingModels) private readonly models: MeetingModels,
  ) {}

  /**
   * The last event is `done`. What refuses a question is thrown before the first.
   * @throws ProblemError `meeting-not-found`; what rag answers when the documents cannot be searched.
   */
  async *ask(asked: AskAnything, signal: AbortSignal): AsyncGenerator<AnswerEvent, void> {
    const inquiry = inquiryOf(asked.question, asked.history ?? []);
    const passages = asked.meetingIds
      ? await this.passages.ofMeetings(asked.meetingIds, inquiry)
      : await this.passages.ofEverything(inquiry);
    const shown = passages.filter(({ score }) => score > 0).slice(0, SOURCES_SHOWN);
    yield { event: 'retrieved', data: { items: shown.map(toSource) } };
    const writing = new Writing();
    const engine = this.models.for(asked.meetingIds ?? []);
    let failed: DegradedReason | null = null;
    if (engine && passages.length > 0) {
      failed = yield* this.byModel(engine, inquiry, passages, writing, signal);
      if (failed === null || writing.sentences > 0) {
        yield writing.done(engine.name, failed ? { because: failed } : null);
        return;
      }
    }
    const quoted = extractiveAnswer(passages);
    for (const passage of quoted) {
      yield* writing.add({ text: passage.citation.quote, passages: [passage] });
    }
    const because = engine ? failed : 'no-model';
    yield writing.done(EXTRACTIVE_ENGINE, { because });
  }

  /** @returns why it failed; null also when the model says that the sources do not tell. */
  private async *byModel(
    engine: TextEngine,
    inquiry: Inquiry,
    passages: Passage[],
    writing: Writing,
    signal: AbortSignal,
  ): AsyncGenerator<AnswerEvent, DegradedReason | null> {
    try {
      const sentences = modelAnswer(engine, inquiry, readable(passages), signal);
      for (;;) {
        const next = await sentences.next();
        if (!next.done) yield* writing.add(next.value);
        else if (next.value.declined || writing.sentences > 0) return null;
        else break;
      }
      // It wrote, and nothing of it holds.
      return this.fellBack(engine, 'out-of-shape');
    } catch (error) {
      signal.throwIfAborted();
      if (!isModelFailed(error)) throw error;
      return this.fellBack(engine, error.reason);
    }
  }

  private fellBack(engine: TextEngine, reason: ModelFailure): DegradedReason {
    logEvent('answer.failed', { engine: engine.name, reason });
    return this.models.fellBack(engine, reason);
  }
}

/** An answer in the making. */
class Writing {
  private readonly texts: string[] = [];
  private readonly citations = new Map<string, Citation>();

  get sentences(): number {
    return this.texts.length;
  }

  *add({ text, passages }: SupportedSentence): Generator<AnswerEvent> {
    const sentence = this.texts.push(text) - 1;
    yield { event: 'token', data: { text: sentence === 0 ? text : ` ${text}` } };
    for (const { citation } of passages) {
      this.citations.set(citation.id, citation);
      yield { event: 'citation', data: { sentence, citation } };
    }
  }

  /** @param degraded null when it is all that it could be. */
  done(engine: string, degraded: { because: DegradedReason | null } | null): AnswerEvent {
    const found = this.texts.length > 0;
    const answer = found ? this.texts.join(' ') : NOTHING_FOUND;
    const how = { engine, degraded: degraded !== null };
    const why = degraded?.because ? { degradedBecause: degraded.because } : {};
    return {
      event: 'done',
      data: { answer, citations: [...this.citations.values()], found, ...how, ...why },
    };
  }
}

/** The best passages, as many as fit. */
export function readable(passages: Passage[]): Passage[] {
  let characters = 0;
  return passages.slice(0, PASSAGES_READ).filter(({ text }) => {
    characters += text.length;
    return characters <= CHARACTERS_READ;
  });
}
