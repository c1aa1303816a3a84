import { plainToInstance } from 'class-transformer';
import {
  Equals,
  IsIn,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateIf,
  validateSync,
} from 'class-validator';
import { CHANNEL_PATTERN, ProblemError } from '@parley/contracts';
import { LONGEST_MEETING_MS } from '../meetings/longest-meeting';

const SENDER_PATTERN = /^[\w-]{16,64}$/;

const isRaw = ({ encoding }: StartMessage): boolean => encoding !== 'opus';

export class StartMessage {
  @Equals('start') type: 'start';
  /** `opus`: in Ogg or WebM, which say their rate and channels themselves. */
  @IsIn(['pcm_s16le', 'opus']) encoding: 'pcm_s16le' | 'opus';
  @ValidateIf(isRaw) @IsIn([16_000]) sampleRate?: 16_000;
  @ValidateIf(isRaw) @IsIn([1]) channels?: 1;
  @IsOptional() @Matches(CHANNEL_PATTERN) channel?: string;
  /** Position of the first sample that follows. Default: the durable offset, which `ready` tells. */
  @IsOptional() @IsInt() @Min(0) @Max(LONGEST_MEETING_MS) resumeFrom?: number;
  /** A random word of the sender's own. Who starts again with it takes the channel from its lost connection. */
  @IsOptional() @Matches(SENDER_PATTERN) sender?: string;
}

export class GapMessage {
  @Equals('gap') type: 'gap';
  @IsInt() @Min(1) @Max(LONGEST_MEETING_MS) ms: number;
}

/** Opus only: the next frame begins another container, as another recorder makes one. */
export class ContainerMessage {
  @Equals('container') type: 'container';
}

export class StopMessage {
  @Equals('stop') type: 'stop';
}

const kinds = {
  start: StartMessage,
  gap: GapMessage,
  container: ContainerMessage,
  stop: StopMessage,
} as const;
export type AudioMessage = StartMessage | GapMessage | ContainerMessage | StopMessage;

/**
 * Reads a text frame of the audio socket.
 * @throws ProblemError naming what is wrong with it.
 */
export function parseAudioMessage(text: string): AudioMessage {
  let plain: unknown;
  try {
    plain = JSON.parse(text);
  } catch {
    throw new ProblemError('malformed-json', 'A text frame must hold JSON.');
  }
  const type = (plain as { type?: unknown } | null)?.type;
  if (typeof type !== 'string' || !Object.hasOwn(kinds, type)) {
    throw new ProblemError('validation-failed', 'type must be start, gap, container or stop.');
  }
  const message = plainToInstance<AudioMessage, unknown>(kinds[type as keyof typeof kinds], plain);
  const errors = validateSync(message, { whitelist: true, forbidNonWhitelisted: true });
  if (errors.length > 0) {
    const rules = errors.flatMap((error) => Object.values(error.constraints ?? {}));
    const code = errors.some(({ property }) =>
      ['encoding', 'sampleRate', 'channels'].includes(property),
    )
      ? 'unsupported-audio'
      : 'validation-failed';
    throw new ProblemError(
      code,
      'The audio socket takes 16 kHz mono pcm_s16le, or opus in Ogg or WebM.',
      {
        errors: rules,
      },
    );
  }
  return message;
}
