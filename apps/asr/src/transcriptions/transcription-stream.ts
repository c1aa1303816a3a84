import { Readable } from 'node:stream';
import { ProblemError } from '@parley/contracts';
import { logEvent } from '@parley/observability';
import type { OpenAiError } from './openai-problem.filter';
import { usageOf } from './transcription-answer';
import type { Hearing } from './transcriptions.service';

/** Server-sent events in the form of OpenAI's API: deltas while it is heard, then the whole text; or an error. */
export function transcriptionStream(hearing: Hearing): Readable {
  return Readable.from(events(hearing), { objectMode: false });
}

async function* events({ segments, durationMs }: Hearing): AsyncGenerator<Buffer> {
  let text = '';
  try {
    for await (const segment of segments) {
      const delta = text === '' ? segment.text : ` ${segment.text}`;
      text += delta;
      yield frame({ type: 'transcript.text.delta', delta });
    }
    yield frame({ type: 'transcript.text.done', text, usage: usageOf(durationMs) });
  } catch (error) {
    yield frame({ error: errorOf(error) });
  }
}

/** Its clients take an event with `error` for the failure of the call. */
function errorOf(error: unknown): OpenAiError {
  if (error instanceof ProblemError) return { type: error.code, message: error.detail };
  logEvent('transcription.failed', { err: error });
  return { type: 'internal', message: 'The recording could not be transcribed.' };
}

function frame(event: object): Buffer {
  return Buffer.from(`data: ${JSON.stringify(event)}\n\n`);
}
