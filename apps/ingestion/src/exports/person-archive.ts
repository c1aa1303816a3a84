import type { PassThrough } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { ProblemError } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { logEvent } from '@parley/observability';
import { audited, requestContext } from '@parley/service';
import { PrivacyService } from '../privacy/privacy.service';
import { RecordingReader, wavBytes, wholeOf } from '../recordings/recording.reader';
import { Archives } from './archives';
import { audioFile } from './audio-file';
import { ExportsService } from './exports.service';
import type { AskedPerson } from './person.dto';
import { ownChannels, personInMeeting } from './person-in-meeting';
import { PersonsRepository } from './persons.repository';
import { json, zipStream, type LeftOut, type ZipFile } from './zip-stream';

const MEETINGS_AT_ONCE = 20;
/** A ZIP archive has less than 4 GiB; the rest is for what was said. */
const MOST_AUDIO_BYTES = 3.5 * 2 ** 30;
const LEFT_OUT = [
  { name: 'what others said', because: 'it is theirs: see the export of each meeting' },
  { name: 'documents', because: 'they belong to no person' },
];

/** What one archive has no room for is named in it. */
class AudioRoom {
  private left = MOST_AUDIO_BYTES;

  constructor(readonly leftOut: LeftOut[]) {}

  takes(name: string, bytes: number): boolean {
    if (bytes > this.left) {
      this.leftOut.push({ name, because: 'too large: see the export or recording of its meeting' });
      return false;
    }
    this.left -= bytes;
    return true;
  }
}

/** Everything that is kept of a person in the meetings of a workspace; one meeting of it is held at a time. */
@Injectable()
export class PersonArchive {
  constructor(
    @Inject(Archives) private readonly archives: Archives,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(ExportsService) private readonly exports: ExportsService,
    @Inject(PrivacyService) private readonly privacy: PrivacyService,
    @Inject(RecordingReader) private readonly recordings: RecordingReader,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  /** @throws ProblemError `validation-failed`, `participant-not-found`; `unavailable` when more archives are being made. */
  async open(person: AskedPerson): Promise<PassThrough> {
    if ((person.email === undefined) === (person.name === undefined)) {
      throw new ProblemError('validation-failed', 'Give either email or name.');
    }
    const [first] = await this.meetingsOf(person, 1, null);
    if (first === undefined) {
      throw new ProblemError('participant-not-found', 'Nobody of any meeting is known by this.');
    }
    const by = person.email === undefined ? 'name' : 'email';
    await this.work.run(({ emit }) => {
      emit(audited('participant.exported', requestContext().workspaceId, { by }));
      return Promise.resolve();
    });
    // Grows while the archive is made: the manifest comes last.
    const leftOut: LeftOut[] = [...LEFT_OUT];
    const about = { exportedAt: new Date().toISOString(), person, leftOut };
    return this.archives.open(
      () => zipStream(this.files(person, new AudioRoom(leftOut)), about),
      (error) => {
        logEvent('export.person-cut', { err: error });
      },
    );
  }

  private async *files(person: AskedPerson, room: AudioRoom): AsyncGenerator<ZipFile> {
    let after: string | null = null;
    let ids: string[];
    do {
      ids = await this.meetingsOf(person, MEETINGS_AT_ONCE, after);
      for (const id of ids) yield* this.inMeeting(id, person, room);
      after = ids.at(-1) ?? null;
    } while (ids.length === MEETINGS_AT_ONCE);
  }

  private async *inMeeting(
    id: string,
    person: AskedPerson,
    room: AudioRoom,
  ): AsyncGenerator<ZipFile> {
    const record = await unlessErased(this.exports.get(id));
    const consents = record && (await unlessErased(this.privacy.consents(id)));
    if (!consents) return;
    const kept = personInMeeting(record, consents.items, person);
    if (!kept) return;
    const folder = `meetings/${record.meeting.startedAt.slice(0, 10)} ${id}`;
    yield json(`${folder}/person.json`, kept);
    const recorded = await this.recordings.channels(id);
    for (const [index, channel] of ownChannels(kept, record.meeting.participants).entries()) {
      const found = recorded.find((one) => one.channel === channel);
      if (!found) continue;
      const name = `${folder}/channel-${index + 1}.wav`;
      const file = await audioFile(this.recordings, id, found, name, room.leftOut);
      if (file && room.takes(name, wavBytes(wholeOf(found)))) yield file;
    }
  }

  private meetingsOf(person: AskedPerson, limit: number, after: string | null): Promise<string[]> {
    return this.persons.meetingsWith(requestContext().workspaceId, person, limit, after);
  }
}

/** One that is erased while the archive is made is not in it. */
async function unlessErased<Found>(asked: Promise<Found>): Promise<Found | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'meeting-not-found') return null;
    throw error;
  }
}
