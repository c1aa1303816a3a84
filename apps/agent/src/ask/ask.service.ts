import { Inject, Injectable } from '@nestjs/common';
import { isModelFailed, ModelMetrics, TEXT_ENGINE, type TextEngine } from '@parley/ai';
import type {
  Answer,
  AnswerCitation,
  AnswerSources,
  AnswerToken,
  Citation,
} from '@parley/contracts';
import { logEvent } from '@parley/observability';
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
    @Inject(TEXT_ENGINE) private readonly textEngine: TextEngine | null,
    @Inject(ModelMetrics) private readonly models: ModelMetrics,
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
    if (this.textEngine && passages.length > 0) {
      const outcome = yield* this.byModel(this.textEngine, inquiry, passages, writing, signal);
      if (outcome === 'answered' || writing.sentences > 0) {
        yield writing.done({ engine: this.textEngine.name, degraded: outcome === 'failed' });
        return;
      }
    }
    const quoted = extractiveAnswer(passages);
    for (const passage of quoted) {
      yield* writing.add({ text: passage.citation.quote, passages: [passage] });
    }
    yield writing.done({ engine: EXTRACTIVE_ENGINE, degraded: true });
  }

  /** `answered` also when the model says that the sources do not tell. */
  private async *byModel(
    engine: TextEngine,
    inquiry: Inquiry,
    passages: Passage[],
    writing: Writing,
    signal: AbortSignal,
  ): AsyncGenerator<AnswerEvent, 'answered' | 'failed'> {
    try {
      const sentences = modelAnswer(engine, inquiry, readable(passages), signal);
      for (;;) {
        const next = await sentences.next();
        if (!next.done) yield* writing.add(next.value);
        else if (next.value.declined || writing.sentences > 0) return 'answered';
        else break;
      }
      // It wrote, and nothing of it holds.
      this.fellBack(engine, 'out-of-shape');
    } catch (error) {
      signal.throwIfAborted();
      if (!isModelFailed(error)) throw error;
      this.fellBack(engine, error.reason);
    }
    return 'failed';
  }

  private fellBack(engine: TextEngine, reason: string): void {
    this.models.fellBack(engine.name, reason);
    logEvent('answer.failed', { engine: engine.name, reason });
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

  done(by: Pick<Answer, 'engine' | 'degraded'>): AnswerEvent {
    const found = this.texts.length > 0;
    const answer = found ? this.texts.join(' ') : NOTHING_FOUND;
    return {
      event: 'done',
      data: { answer, citations: [...this.citations.values()], found, ...by },
    };
  }
}

/** The best passages, as many as fit. */
function readable(passages: Passage[]): Passage[] {
  let characters = 0;
  return passages.slice(0, PASSAGES_READ).filter(({ text }) => {
    characters += text.length;
    return characters <= CHARACTERS_READ;
  });
}
