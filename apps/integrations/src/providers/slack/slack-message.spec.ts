import { slackMessage } from './slack-message';

describe('an action as a Slack message', () => {
  it('says what is to be said, names the rest and quotes its evidence', () => {
    const text = slackMessage({ title: 'Send the budget', owner: 'Ana', dueDate: '2026-11-27' }, [
      { type: 'segment', id: 'm:main:3', quote: 'I will send the budget\n on Friday' },
    ]);
    expect(text).toBe(
      '*Send the budget*\nOwner: Ana\nDue date: 2026-11-27\n> I will send the budget on Friday',
    );
  });

  it('names people, and leaves out what is empty', () => {
    const to = [{ name: 'Ana' }, { email: 'ben@example.org' }, 'the team'];
    expect(
      slackMessage({ to, body: 'It ships on Monday.', subject: '', cc: [], at: null }, []),
    ).toBe('It ships on Monday.\nTo: Ana, ben@example.org, the team');
  });

  it('notifies nobody because somebody said so', () => {
    const said = '<!channel> <@U123> & <https://evil.example|click>';
    const text = slackMessage({ body: said }, [{ type: 'segment', id: 'm:main:1', quote: said }]);
    expect(text).not.toMatch(/[<]/);
    expect(text).toContain(
      '&lt;!channel&gt; &lt;@U123&gt; &amp; &lt;https://evil.example|click&gt;',
    );
  });

  it('shortens long quotes, never what was approved', () => {
    const long = 'word '.repeat(500).trim();
    const [body, quote] = slackMessage({ body: long }, [
      { type: 'segment', id: 'm:main:1', quote: long },
    ]).split('\n');
    expect(body).toBe(long);
    expect(quote).toHaveLength('> '.length + 300);
  });
});
