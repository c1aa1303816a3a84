import { ParleyProblem, type Citation, type Summary } from '@parley/client';
import { EventSourceParserStream } from 'eventsource-parser/stream';

/** What an answer is when it is complete. */
export interface Answer {
  answer: string;
  citations: Citation[];
  found: boolean;
  degraded: boolean;
  degradedBecause?: Summary['degradedBecause'];
}

/**
 * Asks one meeting; `onText` is told the answer so far.
 * @throws ParleyProblem for a refusal or a failure on the way; Error when the answer broke off.
 */
export async function ask(
  meetingId: string,
  question: string,
  onText: (text: string) => void,
  signal: AbortSignal,
): Promise<Answer> {
  const response = await fetch(`/api/agent/v1/meetings/${meetingId}/ask`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ question }),
    signal,
  });
  if (!response.ok || !response.body) {
    throw ParleyProblem.of(response, await response.json().catch(() => undefined));
  }
  const events = response.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream());
  const reader = events.getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) throw new Error('The answer broke off.');
    const data: unknown = JSON.parse(value.data);
    if (value.event === 'token') onText((text += (data as { text: string }).text));
    if (value.event === 'done') return data as Answer;
    if (value.event === 'error') throw ParleyProblem.of(response, data);
  }
}
