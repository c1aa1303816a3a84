import { Inject, Injectable } from '@nestjs/common';
import { SpeakerEngine, VoiceDetectorFactory } from '@parley/ai';
import { Broadcast } from '@parley/bus';
import { systemClock } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { setTimeout as sleep } from 'node:timers/promises';
import { logEvent } from '@parley/observability';
import { CaptionWriter } from '../captions/caption-writer';
import { CaptionsListener } from '../captions/captions-listener';
import { Workload } from '../capacity/workload';
import { SpeechDecoder } from '../decoding/speech-decoder';
import { timedDetector } from '../decoding/timed-detector';
import { AsrMetrics } from '../asr.metrics';
import { ArrivalTimes } from '../listening/arrival-times';
import { ChannelListener } from '../listening/channel-listener';
import { defaultPolicy } from '../listening/endpointer';
import { UtteranceDecoder } from '../listening/utterance-decoder';
import { redactionOf } from '../redaction/redaction-of';
import { SpeakersRepository } from '../speakers/speakers.repository';
import { UtteranceVoices } from '../voices/utterance-voices';
import { VoiceTracker } from '../voices/voice-tracker';
import { VoicesRepository } from '../voices/voices.repository';
import { LeasesRepository, type Lease } from './leases.repository';
import type { ReadListener } from './meeting-reader';
import type { SessionEntity } from './session.entity';
import { SessionWriter } from './session-writer';
import { SessionsRepository } from './sessions.repository';

/** Audio may be seen before the event that announces its channel has been handled. */
const ANNOUNCEMENT_WAIT_MS = 5_000;
const ANNOUNCEMENT_POLL_MS = 100;

/** Builds a channel's listener from where its session stands. */
@Injectable()
export class ListenerFactory {
  constructor(
    @Inject(SessionsRepository) private readonly sessions: SessionsRepository,
    @Inject(LeasesRepository) private readonly leases: LeasesRepository,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Broadcast) private readonly broadcast: Broadcast,
    @Inject(VoiceDetectorFactory) private readonly detectors: VoiceDetectorFactory,
    @Inject(SpeakerEngine) private readonly speakerEngine: SpeakerEngine,
    @Inject(SpeakersRepository) private readonly speakers: SpeakersRepository,
    @Inject(VoicesRepository) private readonly voices: VoicesRepository,
    @Inject(SpeechDecoder) private readonly speech: SpeechDecoder,
    @Inject(AsrMetrics) private readonly metrics: AsrMetrics,
    @Inject(Workload) private readonly workload: Workload,
  ) {}

  /**
   * @param source of what is to be heard, should nobody have announced the channel
   * @returns null for a channel that is complete.
   */
  async make(
    lease: Lease,
    { channel, source }: Pick<SessionEntity, 'channel' | 'source'>,
    settled: () => void,
    signal: AbortSignal,
  ): Promise<ReadListener | null> {
    const session = await this.announced(lease, { channel, source }, signal);
    if (session.status === 'completed') return null;
    if (session.source === 'captions') {
      const { unitOfWork, leases, sessions, speakers } = this;
      const on = { unitOfWork, leases, sessions, speakers };
      return new CaptionsListener(new CaptionWriter(lease, session, on), settled);
    }
    return this.hearing(lease, session, settled);
  }

  private async hearing(
    lease: Lease,
    session: SessionEntity,
    settled: () => void,
  ): Promise<ChannelListener> {
    const { leases, sessions, speakers, voices, unitOfWork, broadcast, speech } = this;
    const arrivals = new ArrivalTimes();
    const people = session.redactNames ? await speakers.names(lease.meetingId) : [];
    const sink = new SessionWriter(lease, session, {
      unitOfWork,
      leases,
      sessions,
      speakers,
      voices,
      broadcast,
      people,
      arrivedMsAgo: (ms) => arrivals.msSince(ms),
      written: ({ speechEndMs }, writingSeconds) => {
        const ms = arrivals.msSince(speechEndMs);
        this.metrics.segmentWritten(writingSeconds, ms === null ? null : ms / 1_000);
        arrivals.forgetBefore(speechEndMs);
      },
    });
    const { language, checkpointMs } = session;
    const vocabulary = (await leases.find(lease.meetingId))?.vocabulary ?? [];
    return new ChannelListener({
      checkpointMs,
      policy: defaultPolicy,
      detector: timedDetector(this.detectors.create(), (seconds) => {
        this.workload.heard(seconds);
      }),
      decoder: new UtteranceDecoder({
        speech,
        sink,
        language,
        vocabulary,
        clock: systemClock,
        ...(session.speaker ? {} : { voices: await this.voicesOf(session, vocabulary) }),
      }),
      sink,
      settled,
      arrivals,
    });
  }

  /** Who has no channel of their own shares one: its voices are told apart. */
  private async voicesOf(
    { meetingId, channel, language }: SessionEntity,
    vocabulary: readonly string[],
  ): Promise<UtteranceVoices> {
    const { speakerEngine: engine } = this;
    return new UtteranceVoices({
      engine,
      tracker: new VoiceTracker(await this.voices.find(meetingId, channel, engine.name)),
      decode: (samples) => this.speech.decode(samples, { urgency: 'final', language, vocabulary }),
      took: (seconds) => {
        this.workload.decoded(seconds);
      },
    });
  }

  private async announced(
    { meetingId, workspaceId }: Pick<Lease, 'meetingId' | 'workspaceId'>,
    { channel, source }: Pick<SessionEntity, 'channel' | 'source'>,
    signal: AbortSignal,
  ): Promise<SessionEntity> {
    for (let waitedMs = 0; waitedMs < ANNOUNCEMENT_WAIT_MS; waitedMs += ANNOUNCEMENT_POLL_MS) {
      const session = await this.sessions.find(meetingId, channel);
      if (session) return session;
      await sleep(ANNOUNCEMENT_POLL_MS, undefined, { signal });
    }
    logEvent('channel.unannounced', { meetingId, channel });
    const redacts = redactionOf(await this.leases.find(meetingId));
    const known = { meetingId, channel, workspaceId, ...redacts };
    const unannounced = { ...known, source, speaker: null, language: 'en' };
    await this.unitOfWork.run(({ manager }) => this.sessions.open(manager, unannounced));
    return this.announced({ meetingId, workspaceId }, { channel, source }, signal);
  }
}
