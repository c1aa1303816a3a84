/** Titles in the order of the page; the first pattern that fits a name decides. */
const GROUPS: [title: string, names: RegExp][] = [
  ['Database and event bus', /^(DATABASE|REDIS|BUS)_/],
  ['Models', /^(OPENAI|MODELS|SPEECH_MODEL|SPEAKER_MODEL)_|^TIMEOUT_OPENAI_/],
  ['Access and limits', /^(AUTH|SERVICE_API|CORS|TRUST|RATE|MAX|REQUEST|IDEMPOTENCY)_/],
  ['Addresses', /_(PORT|URL)$|^HOST$/],
  ['Start and stop', /^(START|SHUTDOWN)_/],
  [
    'Actions and deliveries',
    /^(APPROVAL|CONNECTIONS|OUTBOUND|PROVIDER|RETRY|CB|DELIVERY|TIMEOUT|TOTAL_BUDGET)_/,
  ],
  ['Live audio and feeds', /^(AUDIO|FEED)_/],
  ['Speech', /^ASR_/],
  ['Documents and search', /^RAG_/],
  ['Recordings and original documents', /^BLOBS_|^RECORDING_/],
  ['Suggestions', /^(FACT|TOPIC_FACT|SUGGESTIONS?)_/],
  ['Logs and traces', /^(LOG|OTEL)_/],
];

const REST = 'Files and more';

/** Every group's title, in the order of the page. */
export const SETTING_GROUPS: readonly string[] = [...GROUPS.map(([title]) => title), REST];

/** Where a setting stands in the documentation. */
export function groupOf(name: string): string {
  return GROUPS.find(([, names]) => names.test(name))?.[0] ?? REST;
}
