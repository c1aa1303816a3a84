import { markdownTable } from '../../../bench/markdown-table';
import type { Finding } from '../../../bench/report/finding';
import {
  BOUNDARY_TUNING,
  type BoundaryTuning,
} from '../../../apps/nlu/src/meeting-topics/find-boundaries';
import { EVENLY, OURS, type TopicComparison, type TopicQuality } from './evaluate-topics';

/** What the page says of where a meeting moves from one topic to another. */
export function topicSections(quality: TopicQuality | null): string[] {
  if (!quality) return ['Not measured: in these meetings nobody marked topics.'];
  const { heldOut, eachLeftOut, chosen, running } = quality;
  return [
    'What `GET /v1/meetings/{id}/topics` finds beside where people heard a new topic begin (QMSum: two to five a ' +
      'meeting), from the noun phrases and names that nlu keeps of each segment. Pk and WindowDiff are the share of ' +
      'windows, half as long as a topic, in which a division differs from that of people; 0 is the same. Fewer ' +
      'boundaries cost less by both, so even parts are also given as many as Parley finds. Parley is not told the number.',
    `${chosen.length > 0 ? 'Meetings that nothing was chosen on' : 'All meetings'} (${said(heldOut)}):`,
    table(heldOut),
    ...(eachLeftOut
      ? [
          chosenLine(chosen),
          `Each of all ${eachLeftOut.meetings} meetings with what is best on the others (${said(eachLeftOut)}):`,
          table(eachLeftOut),
          'So few meetings say little: one boundary more or less moves a figure by some hundredths. They flatter, too: the ' +
            'cost of a part, heads instead of whole phrases, and leaving out “mm” and “there” were decided with figures ' +
            'or phrases of all these meetings in view. Tried while this was built: neighbouring blocks compared ' +
            '(TextTiling), told the true number and with what was best on the other meetings, gave a Pk of 0.39 to 0.45 on ' +
            'those held out, from phrases as from all content words; all content words divided as here gave 0.297 and ' +
            '0.329 with each meeting left out. So no words are kept for this.',
        ]
      : []),
    'While they run, as found by what ships of what was spoken by then (all meetings, Pk):',
    markdownTable(
      [
        'spoken',
        'boundaries',
        'found',
        'of those still there at the end',
        'Parley',
        EVENLY,
        'none',
      ],
      running.map(({ spoken, boundaries, found, kept, pk, evenPk, nonePk }) => [
        `${spoken * 100} %`,
        ...[boundaries, found, kept].map(String),
        ...[pk, evenPk, nonePk].map((figure) => figure.toFixed(3)),
      ]),
    ),
    'What is found early is not settled; where “none” is lower, no boundary at all would have been nearer.',
  ];
}

export function topicFindings(quality: TopicQuality | null): Finding[] {
  if (!quality) return [];
  const { rows } = quality.heldOut;
  const [ours, even] = [OURS, EVENLY].map((name) => rows.find((row) => row.name === name));
  if (!ours || !even) return [];
  return (['pk', 'windowDiff'] as const).map((measure) => ({
    what: `${measure === 'pk' ? 'Pk' : 'WindowDiff'} of topics in held-out meetings (0 is best)`,
    measured: ours[measure],
    unit: '',
    baseline: { name: EVENLY, value: even[measure] },
  }));
}

function said({ meetings, boundaries, nearer }: TopicComparison): string {
  return `${meetings}, ${boundaries} boundaries; in ${nearer} Parley is nearer to people than even parts of the true number`;
}

function table({ rows }: TopicComparison): string {
  return markdownTable(
    ['', 'boundaries', 'Pk', 'WindowDiff'],
    rows.map(({ name, boundaries, pk, windowDiff }) => [
      name,
      `${boundaries}`,
      pk.toFixed(3),
      windowDiff.toFixed(3),
    ]),
  );
}

function chosenLine(chosen: TopicQuality['chosen']): string {
  const ships = chosen.some(({ tuning }) => describe(tuning) === describe(BOUNDARY_TUNING));
  const settings = chosen.map(
    ({ tuning, heldOut }) => `${describe(tuning)} (Pk ${heldOut.pk.toFixed(3)} held out)`,
  );
  return (
    `Best on the other meetings, of 24 settings: ${settings.join('; ')}. ` +
    `${ships ? 'What ships is' : 'What ships is not among them:'} ${describe(BOUNDARY_TUNING)}${
      ships && chosen.length > 1 ? '; of equals the lowest penalty, which finds most' : ''
    }.`
  );
}

function describe({ unitSegments, leastUnits, penalty }: BoundaryTuning): string {
  return `units of ${unitSegments} segments, words in at least ${leastUnits} of them, penalty ${penalty}`;
}
