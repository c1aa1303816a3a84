import type { AudioSender } from '@parley/client';
import { SAMPLE_RATE } from './capture';
import { CaptureError } from './capture-error';

export interface Track {
  channel: string;
  sound: AudioBuffer;
}

export interface TracksPlayerEvents {
  /** The longest track came to its end. */
  onEnd: () => void;
  /** The audio of a channel was refused for good. */
  onFailure: (error: unknown) => void;
}

/** Reads a recording in whatever the browser understands. @throws CaptureError */
export async function decodeSound(context: AudioContext, bytes: ArrayBuffer): Promise<AudioBuffer> {
  return context.decodeAudioData(bytes).catch(() => {
    throw new CaptureError('notAudio');
  });
}

/** Made in the moment of a click: browsers let a page sound only then. */
export function openSpeakers(): AudioContext {
  const context = new AudioContext({ sampleRate: SAMPLE_RATE });
  void context.resume();
  return context;
}

/** Plays several recordings in step, as people in a room, and sends each on a channel of its own as it sounds. */
export class TracksPlayer {
  readonly lengthMs: number;
  private over = false;

  private constructor(
    private readonly context: AudioContext,
    private readonly volume: GainNode,
    private readonly senders: AudioSender[],
    private readonly startsAt: number,
    tracks: Track[],
  ) {
    this.lengthMs = Math.max(...tracks.map(({ sound }) => sound.duration)) * 1_000;
  }

  /** @throws what `open` threw, for whichever track. */
  static async start(
    context: AudioContext,
    tracks: Track[],
    open: (channel: string) => Promise<AudioSender>,
    events: TracksPlayerEvents,
  ): Promise<TracksPlayer> {
    await context.audioWorklet.addModule('/pcm-worklet.js');
    const senders = await openAll(tracks, open);
    const volume = context.createGain();
    volume.connect(context.destination);
    const startsAt = context.currentTime + 0.2;
    const player = new TracksPlayer(context, volume, senders, startsAt, tracks);
    tracks.forEach(({ sound }, index) => {
      const node = context.createBufferSource();
      node.buffer = sound;
      node.connect(volume);
      const worklet = new AudioWorkletNode(context, 'pcm');
      node.connect(worklet);
      worklet.port.onmessage = ({ data }: MessageEvent<{ pcm: ArrayBuffer }>) => {
        player.heard(senders[index], new Uint8Array(data.pcm), events.onFailure);
      };
      if (sound.duration * 1_000 === player.lengthMs) node.addEventListener('ended', events.onEnd);
      node.start(startsAt);
    });
    return player;
  }

  get positionMs(): number {
    const played = (this.context.currentTime - this.startsAt) * 1_000;
    return Math.max(0, Math.min(this.lengthMs, played));
  }

  set muted(muted: boolean) {
    this.volume.gain.value = muted ? 0 : 1;
  }

  /** Resolves when everything that sounded is durable and the channels are ended. */
  async stop(): Promise<void> {
    if (this.over) return;
    this.over = true;
    await this.context.close();
    await Promise.all(this.senders.map((sender) => sender.stop()));
  }

  private heard(
    sender: AudioSender | undefined,
    pcm: Uint8Array,
    onFailure: (error: unknown) => void,
  ): void {
    if (this.over) return;
    sender?.send(pcm).catch((error: unknown) => {
      if (this.over) return;
      this.over = true;
      void this.context.close();
      for (const other of this.senders) other.cut();
      onFailure(error);
    });
  }
}

/** All of them or none: those that were opened are cut when one is refused. */
async function openAll(
  tracks: Track[],
  open: (channel: string) => Promise<AudioSender>,
): Promise<AudioSender[]> {
  const opened = await Promise.allSettled(tracks.map(({ channel }) => open(channel)));
  const senders = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const refused = opened.find((one) => one.status === 'rejected');
  if (!refused) return senders;
  for (const sender of senders) sender.cut();
  throw refused.reason;
}
