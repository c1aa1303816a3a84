import { completedText, FakeService, streamedText } from '@parley/testing';

/** About what models of today make of English. */
const CHARACTERS_PER_TOKEN = 4;

interface Prompt {
  stream?: boolean;
  messages: { content: string }[];
  response_format?: unknown;
}

/**
 * An endpoint on loopback where no model is: it says what it is told to say, and counts a token for every four characters
 * of what it is sent and says. How long a prompt is can be measured with it; what a model is worth or how long it takes cannot.
 */
export class StandInModel {
  private said: unknown = '';

  private constructor(private readonly server: FakeService) {
    server.on('POST /v1/chat/completions', (body) => {
      const { stream, messages, response_format: form } = body as Prompt;
      const said = typeof this.said === 'string' ? this.said : JSON.stringify(this.said);
      const sent = messages.map(({ content }) => content).join('');
      const asked = sent + (form ? JSON.stringify(form) : '');
      const usage = { prompt_tokens: tokensOf(asked), completion_tokens: tokensOf(said) };
      return stream ? streamedText(said, usage) : completedText(this.said, usage);
    });
  }

  static async start(): Promise<StandInModel> {
    return new StandInModel(await FakeService.start());
  }

  get baseUrl(): string {
    return `${this.server.url}/v1`;
  }

  /** What it answers from now on: prose, or what is sent as JSON. */
  willSay(answer: unknown): void {
    this.said = answer;
  }

  stop(): Promise<void> {
    return this.server.stop();
  }
}

function tokensOf(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}
