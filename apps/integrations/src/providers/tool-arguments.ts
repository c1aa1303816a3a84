import { z } from 'zod';

/** A JSON Schema (2020-12) of an action's arguments. */
export type ArgumentsSchema = Record<string, unknown>;

/**
 * Declares what a tool reads of an action's arguments. Others may stand beside it: what nobody reads by name is
 * written out in words, or left out.
 */
export function toolArguments(shape: z.ZodRawShape): ArgumentsSchema {
  // Of what is sent, not of what defaults make of it.
  return z.toJSONSchema(z.looseObject(shape), { io: 'input' });
}

const text = z.string().min(1);
const day = z.iso.date();
const moment = z.iso.datetime({ offset: true });

/** Somebody who was named, with an address where one is known. */
const person = z.union([
  z.looseObject({ name: text.optional(), email: z.email().optional() }),
  text.meta({ description: 'An address.' }),
]);
const people = z.array(person);

/** What a message, a page or an issue is made of: the first of these that is there is its heading. */
const said = {
  title: text.optional().meta({ description: 'Its heading.' }),
  text: text.optional().meta({ description: 'The heading where there is no title.' }),
  body: text.optional().meta({ description: 'What is to be said.' }),
};

export const anyArguments = toolArguments({});
export const writtenArguments = toolArguments(said);

export const messageArguments = toolArguments({
  ...said,
  channel: text.optional().meta({ description: 'Id of one of the connection’s channels.' }),
  thread: text.optional().meta({ description: 'Link to the message it replies to, or its `ts`.' }),
});

export const issueArguments = toolArguments({
  ...said,
  dueDate: day.optional().meta({ description: 'The day it is due.' }),
});

const mail = {
  cc: people.optional().meta({ description: 'Who gets a copy.' }),
  subject: text.optional().meta({ description: 'Its subject.' }),
  body: text.optional().meta({ description: 'What is to be said.' }),
};
export const draftArguments = toolArguments({
  to: people.optional().meta({ description: 'Whom it is for; the person may add others.' }),
  ...mail,
});
export const mailArguments = toolArguments({
  to: people.min(1).meta({ description: 'Whom it is for; one of them needs an address.' }),
  ...mail,
});

export const eventArguments = {
  ...toolArguments({
    title: text.optional().meta({ description: 'What it is called.' }),
    date: day.optional().meta({ description: 'The whole day that it takes.' }),
    start: moment.optional().meta({ description: 'When it begins, with the offset from UTC.' }),
    end: moment.optional().meta({ description: 'When it ends.' }),
    attendees: people
      .optional()
      .meta({ description: 'Who is invited, where an address is known.' }),
  }),
  anyOf: [{ required: ['date'] }, { required: ['start', 'end'] }],
} satisfies ArgumentsSchema;
