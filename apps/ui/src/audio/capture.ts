import type { AudioSender } from '@parley/client';
import { CaptureError } from './capture-error';
import { openMicrophone } from './microphone';

/** What the speech engine takes. */
export const SAMPLE_RATE = 16_000;
/** More than this waiting to be acknowledged, and the person is told that the line is slow. */
const SLOW_AFTER_MS = 3_000;
const BYTES_PER_MS = (SAMPLE_RATE / 1_000) * 2;
/** So long after the last word the engine takes it for the last. */
const CLOSING_SILENCE_MS = 1_000;

export type CaptureSource =
  { kind: 'microphone'; deviceId?: string } | { kind: 'tab' } | { kind: 'file'; file: File };

export interface CaptureEvents {
  /** How loud it is, from 0 to 1, ten times a second. */
  onLevel: (peak: number) => void;
  onSlow: (slow: boolean) => void;
  /** The source came to its end, or the person stopped sharing. */
  onEnd: () => void;
  /** The audio was refused for good. */
  onFailure: (error: unknown) => void;
}

/** Hears one source and hands it to a sender. */
export class Capture {
  private stopped = false;

  private constructor(
    private readonly context: AudioContext,
    private readonly sender: AudioSender,
    private readonly release: () => void,
    private readonly events: CaptureEvents,
  ) {}

  /**
   * @param begin opens the line once there is something to hear.
   * @throws CaptureError; what `begin` threw.
   */
  static async start(
    source: CaptureSource,
    begin: () => Promise<AudioSender>,
    events: CaptureEvents,
  ): Promise<Capture> {
    // Said before anything is asked of the browser: it has no worklets there, and says so in other words.
    if (!window.isSecureContext) throw new CaptureError('insecure');
    const context = new AudioContext({ sampleRate: SAMPLE_RATE });
    let end = (): void => undefined;
    let opened: OpenedSource | undefined;
    let sender: AudioSender | undefined;
    try {
      opened = await openSource(source, context, () => {
        end();
      });
      await context.audioWorklet.addModule('/pcm-worklet.js');
      sender = await begin();
      const capture = new Capture(context, sender, opened.release, events);
      end = () => {
        events.onEnd();
      };
      const worklet = new AudioWorkletNode(context, 'pcm');
      worklet.port.onmessage = ({ data }: MessageEvent<{ pcm: ArrayBuffer; peak: number }>) => {
        capture.heard(data.pcm, data.peak);
      };
      opened.node.connect(worklet);
      await context.resume();
      opened.play();
      return capture;
    } catch (error) {
      opened?.release();
      void sender?.stop().catch(() => undefined);
      await context.close();
      throw error;
    }
  }

  /**
   * Resolves when everything heard is durable and the channel is ended.
   * @param leaveOpen somebody may go on speaking on it later: it is not ended
   */
  async stop(leaveOpen: boolean): Promise<void> {
    if (this.stopped) return;
    this.stopped = true;
    this.release();
    await this.context.close();
    if (!leaveOpen) {
      await this.sender.stop();
      return;
    }
    // Without it the last sentence would wait for whoever speaks next.
    await this.sender.send(new Uint8Array(CLOSING_SILENCE_MS * BYTES_PER_MS));
    await this.sender.leaveOpen();
  }

  private heard(pcm: ArrayBuffer, peak: number): void {
    if (this.stopped) return;
    this.events.onLevel(peak);
    this.sender.send(new Uint8Array(pcm)).catch((error: unknown) => {
      if (this.stopped) return;
      this.stopped = true;
      this.release();
      void this.context.close();
      this.events.onFailure(error);
    });
    this.events.onSlow(this.sender.waitingMs > SLOW_AFTER_MS);
  }
}

interface OpenedSource {
  node: AudioNode;
  /** Begins what does not sound by itself, once all of it can be heard. */
  play: () => void;
  release: () => void;
}

async function openSource(
  source: CaptureSource,
  context: AudioContext,
  onEnd: () => void,
): Promise<OpenedSource> {
  if (source.kind === 'file') return openFile(source.file, context, onEnd);
  const stream = await (source.kind === 'tab' ? shareTab() : openMicrophone(source.deviceId));
  const release = (): void => {
    for (const track of stream.getTracks()) track.stop();
  };
  stream.getAudioTracks()[0]?.addEventListener('ended', onEnd);
  try {
    return { node: context.createMediaStreamSource(stream), play: () => undefined, release };
  } catch {
    release();
    throw new CaptureError('unsupported');
  }
}

/** Browsers share sound only along with a picture, which is let go at once. */
async function shareTab(): Promise<MediaStream> {
  const media: Partial<MediaDevices> = navigator.mediaDevices;
  if (!media.getDisplayMedia) throw new CaptureError('noSharing');
  const stream = await navigator.mediaDevices
    .getDisplayMedia({ video: true, audio: true })
    .catch(() => {
      throw new CaptureError('tabDenied');
    });
  for (const track of stream.getVideoTracks()) track.stop();
  if (stream.getAudioTracks().length === 0) throw new CaptureError('noSound');
  return stream;
}

/** Plays a file, so that people in the room hear what is transcribed. */
async function openFile(
  file: File,
  context: AudioContext,
  onEnd: () => void,
): Promise<OpenedSource> {
  const buffer = await context.decodeAudioData(await file.arrayBuffer()).catch(() => {
    throw new CaptureError('notAudio');
  });
  const node = context.createBufferSource();
  node.buffer = buffer;
  node.connect(context.destination);
  node.addEventListener('ended', onEnd);
  return {
    node,
    play: () => {
      node.start();
    },
    release: () => {
      node.disconnect();
    },
  };
}
