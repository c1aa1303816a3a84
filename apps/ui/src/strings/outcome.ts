/** What is proposed, to be decided. */
export const suggestions = {
  empty: 'Nothing to decide. What people ask for, promise or plan appears here.',
  approve: 'Approve',
  approving: 'Approving …',
  reject: 'Reject',
  edit: 'Edit before approving',
  why: 'Why?',
  decided: 'Decided',
  kinds: {
    question: 'Question',
    fact: 'Fact',
    task: 'Task',
    message: 'Message',
    email: 'Email',
    event: 'Event',
    page: 'Page',
  },
  statuses: {
    pending: 'Waiting',
    approved: 'Approved',
    rejected: 'Rejected',
    expired: 'Expired',
  },
  expired: {
    answered: 'Somebody answered it in the meeting.',
    'meeting-ended': 'Nobody decided in time after the meeting.',
  },
  sure: 'sure',
  showInTranscript: 'Show in the transcript',
  openDocument: 'Open the document',
  page: 'page',
} as const;

/** What was approved, and what became of it. */
export const deliveries = {
  empty: 'Nothing was carried out yet. What you approve is listed here, with what became of it.',
  statuses: {
    planned: 'Planned',
    sending: 'On its way',
    succeeded: 'Done',
    failed: 'Failed',
    uncertain: 'Uncertain: it may or may not have happened',
  },
  retry: 'Try again',
  attempts: 'tries',
  open: 'Open',
} as const;

/** What documents say to a question that was asked aloud. */
export const facts = {
  empty: 'When somebody asks what your documents answer, the answer appears here with its source.',
} as const;

/** The summary, and changing it. */
export const summary = {
  empty: 'A first summary comes after about ten sentences.',
  rolling: 'So far',
  final: 'Final',
  awaited: 'Not everything that was said is written down yet. A new version follows once it is.',
  edited: 'Edited',
  extractive: 'In the words that were spoken.',
  extractiveBecause: {
    'no-model': 'In the words that were spoken: no language model is configured.',
    'model-failed': 'In the words that were spoken: the language model failed.',
    'budget-spent':
      'In the words that were spoken: what the language model may use for this meeting is spent.',
  },
  unsupported: 'Not found in what was said',
  sections: {
    objectives: 'Objectives',
    keyPoints: 'Key points',
    decisions: 'Decisions',
    tasks: 'Tasks',
    openQuestions: 'Open questions',
  },
  none: 'None was found.',
  noneYet: 'None was found so far.',
  due: 'due',
  done: 'Done',
  doneBy: 'done by',
  by: 'by',
  add: 'Add',
  edit: 'Edit',
  somebody: 'Somebody',
  overtaken: 'changed this line meanwhile:',
  takenOut: 'Somebody took this line out meanwhile.',
  keepTheirs: 'Keep theirs',
  keepMine: 'Write mine over it',
  removeAnyway: 'Remove it all the same',
  leaveOut: 'Leave it out',
  addMine: 'Add mine as a new line',
  text: 'What it says',
  owner: 'Who does it',
  dueDate: 'Until',
  save: 'Save',
  saving: 'Saving …',
  remove: 'Remove',
} as const;

/** Asking a meeting. */
export const ask = {
  label: 'Ask about this meeting or your documents',
  placeholder: 'What did we decide about pricing?',
  submit: 'Ask',
  searching: 'Looking …',
  notFound: 'Neither this meeting nor your documents say that.',
  degradedBecause: {
    'model-failed': 'Answered without the language model: it failed.',
    'budget-spent':
      'Answered without the language model: what it may use for this meeting is spent.',
  },
  unavailable: 'Questions cannot be answered by this version of Parley.',
} as const;
