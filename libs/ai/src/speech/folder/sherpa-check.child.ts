/* A process of its own: sherpa ends the process that it runs in when it does not like a model. */
import { loadSherpa } from '../sherpa';
import type { CheckAnswer, CheckTask } from './sherpa-check.protocol';

const sherpa = loadSherpa();
const wave = { samples: new Float32Array(32_000), sampleRate: 16_000 };

async function check({ kind, config }: CheckTask): Promise<CheckAnswer> {
  switch (kind) {
    case 'offline': {
      const recognizer = await sherpa.OfflineRecognizer.createAsync(config);
      const stream = recognizer.createStream();
      stream.acceptWaveform(wave);
      await recognizer.decodeAsync(stream);
      return { dimensions: null };
    }
    case 'streaming': {
      const recognizer = new sherpa.OnlineRecognizer(config);
      const stream = recognizer.createStream();
      stream.acceptWaveform(wave);
      stream.inputFinished();
      while (recognizer.isReady(stream)) recognizer.decode(stream);
      return { dimensions: null };
    }
    case 'speaker': {
      const extractor = new sherpa.SpeakerEmbeddingExtractor(config);
      const stream = extractor.createStream();
      stream.acceptWaveform(wave);
      stream.inputFinished();
      return { dimensions: extractor.compute(stream, false).length };
    }
  }
}

process.once('message', (task: CheckTask) => {
  check(task).then(
    (answer) => process.send?.(answer, () => process.exit(0)),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`, () =>
        process.exit(1),
      );
    },
  );
});
