'use client';

import { ParleyProblem } from '@parley/client';
import { useRef, useState, type SubmitEvent } from 'react';
import { ask, type Answer } from '@/meeting/ask';
import { strings } from '@/strings';
import { Button } from '../button';
import { Field } from '../field';
import { formText } from '../form-text';
import { Notice, ProblemNotice } from '../notice';
import { Evidence } from './evidence';

interface Asked {
  question: string;
  text: string;
  answer?: Answer;
  error?: unknown;
}

/** Questions about the meeting, answered while they are read, each with what the answer stands on. */
export function AskBox({
  meetingId,
  onShowLine,
}: {
  meetingId: string;
  onShowLine: (id: string) => void;
}) {
  const [asked, setAsked] = useState<Asked[]>([]);
  const [busy, setBusy] = useState(false);
  const leaving = useRef<AbortController | null>(null);

  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const question = formText(new FormData(form), 'question');
    if (question === '' || busy) return;
    form.reset();
    setBusy(true);
    const change = (more: Partial<Asked>): void => {
      setAsked(([first, ...others]) => (first ? [{ ...first, ...more }, ...others] : others));
    };
    setAsked((known) => [{ question, text: '' }, ...known]);
    leaving.current = new AbortController();
    try {
      const { signal } = leaving.current;
      change({
        answer: await ask(
          meetingId,
          question,
          (text) => {
            change({ text });
          },
          signal,
        ),
      });
    } catch (error) {
      change({ error });
    }
    setBusy(false);
  };

  return (
    <div className="space-y-5">
      <form onSubmit={(event) => void submit(event)} className="space-y-2">
        <Field
          label={strings.ask.label}
          name="question"
          data-shortcut="/"
          maxLength={1_000}
          autoComplete="off"
          placeholder={strings.ask.placeholder}
        />
        <Button type="submit" look="primary" small disabled={busy}>
          {busy ? strings.ask.searching : strings.ask.submit}
        </Button>
      </form>
      <div aria-live="polite" className="space-y-5">
        {asked.map((one, index) => (
          <article key={asked.length - index}>
            <h2 className="text-sm font-semibold break-words">{one.question}</h2>
            <AnswerText asked={one} />
            <WithoutModel because={one.answer?.degradedBecause} />
            {one.answer && one.answer.citations.length > 0 ? (
              <div className="mt-2.5">
                <Evidence citations={one.answer.citations} onShowLine={onShowLine} />
              </div>
            ) : null}
          </article>
        ))}
      </div>
    </div>
  );
}

/** That there is no model is known; that it was not asked this time is not. */
function WithoutModel({ because }: { because: Answer['degradedBecause'] }) {
  if (because === undefined || because === 'no-model') return null;
  return <p className="mt-1 text-xs text-muted">{strings.ask.degradedBecause[because]}</p>;
}

function AnswerText({ asked: { text, answer, error } }: { asked: Asked }) {
  if (error instanceof ParleyProblem && error.code === 'not-found') {
    return <Notice look="warn">{strings.ask.unavailable}</Notice>;
  }
  if (error) return <ProblemNotice error={error} />;
  if (answer && !answer.found)
    return <p className="mt-1 text-sm text-muted">{strings.ask.notFound}</p>;
  return (
    <p className="mt-1 text-sm leading-6 break-words whitespace-pre-line">
      {(answer?.answer ?? text) || strings.ask.searching}
    </p>
  );
}
