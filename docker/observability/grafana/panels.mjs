// What the dashboards show: of each panel its title, unit, and query. `$job` is chosen on the service dashboard.
const line = (title, unit, expr, legend = '{{job}}') => ({
  title,
  unit,
  targets: [{ expr, legend }],
});
const p95 = (metric, by = 'job') =>
  `histogram_quantile(0.95, sum by (${by}, le) (rate(${metric}_bucket[5m])))`;
const rate = (metric, by) => `sum by (${by}) (rate(${metric}[5m]))`;
/** A metric that every service names after itself. */
const any = (name, labels = '') => `{__name__=~"[a-z]+_${name}"${labels && `, ${labels}`}}`;
const chosen = 'job=~"$job"';

export const DASHBOARDS = {
  overview: {
    title: 'Parley: overview',
    panels: [
      line('Replicas that answer', 'short', 'sum by (job) (up{job!~"prometheus|node"})'),
      line(
        'Dependencies',
        'short',
        'min by (job, component) (parley:dependency_up)',
        '{{job}} {{component}}',
      ),
      line('Requests', 'reqps', 'sum by (job) (parley:http_requests:rate5m)'),
      line('Requests that fail', 'percentunit', 'parley:http_failed:ratio_rate5m'),
      line(
        'Error budget spent, of 30 days at this rate',
        'percentunit',
        'parley:http_failed:ratio_rate1h / 0.001',
      ),
      line('95th percentile of requests', 's', 'parley:http_request_duration_seconds:p95_5m'),
      line('Meetings live', 'short', 'max(ingestion_meetings_live)', 'live'),
      line(
        'Last word to finished line, 95th percentile',
        's',
        'parley:segment_latency_seconds:p95_5m',
        'asr',
      ),
      line('Messages that wait', 'short', 'sum by (job) (parley:bus_lag_messages)'),
      line('Dead letters', 'short', 'sum by (job) (parley:bus_dead_letters)'),
      line(
        'Alerts',
        'short',
        'count by (alertname) (ALERTS{alertstate="firing"}) or vector(0)',
        '{{alertname}}',
      ),
    ],
  },
  service: {
    title: 'Parley: a service',
    choosesJob: true,
    panels: [
      line(
        'Requests by status',
        'reqps',
        `sum by (status) (parley:http_requests:rate5m{${chosen}})`,
        '{{status}}',
      ),
      line(
        'Requests by route',
        'reqps',
        rate(any('http_requests_total', chosen), 'path'),
        '{{path}}',
      ),
      line(
        '95th percentile by route',
        's',
        `histogram_quantile(0.95, sum by (path, le) (rate(${any('http_request_duration_seconds_bucket', chosen)}[5m])))`,
        '{{path}}',
      ),
      line('Errors by kind', 'reqps', rate(any('http_errors_total', chosen), 'type'), '{{type}}'),
      line(
        'Sockets',
        'short',
        `sum by (instance) (${any('sockets_open', chosen)})`,
        '{{instance}}',
      ),
      line(
        'Processor',
        'percentunit',
        `rate(process_cpu_seconds_total{${chosen}}[5m])`,
        '{{instance}}',
      ),
      line('Memory', 'bytes', `process_resident_memory_bytes{${chosen}}`, '{{instance}}'),
      line(
        'Event loop, 99th percentile of its delay',
        's',
        `nodejs_eventloop_lag_p99_seconds{${chosen}}`,
        '{{instance}}',
      ),
      line(
        'Counting alone',
        'short',
        `max by (instance) (${any('(rate_limit|idempotency)_fallback', chosen)})`,
        '{{instance}}',
      ),
      line(
        'Log fields withheld',
        'cps',
        `sum by (job) (rate(${any('log_withheld_total', chosen)}[5m]))`,
      ),
    ],
  },
  pipeline: {
    title: 'Parley: pipeline',
    panels: [
      line('Messages that wait', 'short', 'parley:bus_lag_messages', '{{job}} {{topic}}'),
      line('Oldest message', 's', 'parley:bus_oldest_message_age_seconds', '{{job}} {{topic}}'),
      line(
        'Handed out, not acknowledged',
        'short',
        `sum by (job, topic) (${any('bus_pending_messages')})`,
        '{{job}} {{topic}}',
      ),
      line(
        'Deliveries',
        'cps',
        rate(any('bus_deliveries_total'), 'job, outcome'),
        '{{job}} {{outcome}}',
      ),
      line(
        '95th percentile of handling',
        's',
        `histogram_quantile(0.95, sum by (job, le) (rate(${any('bus_handler_duration_seconds_bucket')}[5m])))`,
      ),
      line('Dead letters', 'short', 'parley:bus_dead_letters', '{{job}} {{topic}}'),
      line('Outbox: rows not told', 'short', `max by (job) (${any('outbox_unsent_rows')})`),
      line('Outbox: oldest row not told', 's', 'parley:outbox_oldest_unsent_age_seconds'),
      line('Taken over from dead replicas', 'cps', rate(any('bus_claimed_messages_total'), 'job')),
      line(
        'Vanished, and told again',
        'cps',
        `sum by (job) (rate(${any('(bus_vanished_messages_total|outbox_resent_total)')}[5m]))`,
      ),
      line('Timeline entries', 'cps', rate('ingestion_timeline_entries_total', 'type'), '{{type}}'),
      line('Feeds open', 'short', 'sum(ingestion_feeds_open)', 'feeds'),
    ],
  },
  speech: {
    title: 'Parley: speech',
    panels: [
      line('Meetings: listened to', 'short', 'sum(asr_meetings_listening)', 'listening'),
      line('Meetings: room', 'short', 'sum(asr_meetings_capacity)', 'capacity'),
      line('Meetings: waiting', 'short', 'max(asr_meetings_waiting)', 'waiting'),
      line(
        'Audio not yet transcribed',
        's',
        'max by (instance) (asr_audio_lag_seconds)',
        '{{instance}}',
      ),
      line(
        'Last word to finished line, 95th percentile',
        's',
        'parley:segment_latency_seconds:p95_5m',
        'asr',
      ),
      line('Writing a segment, 95th percentile', 's', p95('asr_segment_write_duration_seconds')),
      line(
        'Decoding, 95th percentile',
        's',
        p95('asr_decode_duration_seconds', 'engine, urgency'),
        '{{engine}} {{urgency}}',
      ),
      line(
        'Real-time factor, 95th percentile',
        'short',
        p95('asr_decode_real_time_factor_ratio', 'engine, urgency'),
        '{{engine}} {{urgency}}',
      ),
      line('Decodes that wait', 'short', 'sum(asr_decode_queue_length)', 'waiting'),
      line('Decodes that failed', 'cps', rate('asr_decode_failures_total', 'engine'), '{{engine}}'),
      line(
        'What became of the audio',
        's',
        'sum by (state) (increase(ingestion_coverage_seconds_total[5m]))',
        '{{state}}',
      ),
    ],
  },
  'agent-and-models': {
    title: 'Parley: agent and models',
    panels: [
      line('Insights', 'cps', rate('nlu_insights_total', 'intent'), '{{intent}}'),
      line('Analysis, 95th percentile', 's', p95('nlu_analysis_duration_seconds')),
      line('Suggestions', 'cps', rate('agent_suggestions_total', 'kind'), '{{kind}}'),
      line('Decided', 'cps', rate('agent_suggestions_decided_total', 'decision'), '{{decision}}'),
      line('Search, 95th percentile', 's', p95('rag_search_duration_seconds', 'mode'), '{{mode}}'),
      line('Searches by words only', 'cps', rate('rag_search_degraded_total', 'job')),
      line('Indexing, 95th percentile', 's', p95('rag_index_duration_seconds')),
      line('Chunks indexed', 'cps', rate('rag_indexed_chunks_total', 'job')),
      line(
        'Models asked',
        'cps',
        rate(any('model_requests_total'), 'job, engine, outcome'),
        '{{job}} {{engine}} {{outcome}}',
      ),
      line(
        'Models, 95th percentile',
        's',
        `histogram_quantile(0.95, sum by (job, engine, le) (rate(${any('model_request_duration_seconds_bucket')}[5m])))`,
        '{{job}} {{engine}}',
      ),
      line(
        'Tokens',
        'cps',
        rate(any('model_tokens_total'), 'job, direction'),
        '{{job}} {{direction}}',
      ),
      line(
        'Lesser way taken',
        'cps',
        rate(any('model_fallbacks_total'), 'job, reason'),
        '{{job}} {{reason}}',
      ),
      line(
        'Model endpoints left alone',
        'short',
        `max by (job, engine, who) (${any('model_endpoint_resting')})`,
        '{{job}} {{engine}} {{who}}',
      ),
    ],
  },
  integrations: {
    title: 'Parley: integrations',
    panels: [
      line(
        'Deliveries',
        'cps',
        rate('integrations_deliveries_total', 'provider, outcome'),
        '{{provider}} {{outcome}}',
      ),
      line('Deliveries that wait', 'short', 'max(integrations_deliveries_waiting)', 'waiting'),
      line(
        'Most overdue delivery',
        's',
        'max(integrations_delivery_oldest_due_age_seconds)',
        'overdue',
      ),
      line(
        'Providers, 95th percentile',
        's',
        p95('integrations_provider_latency_seconds', 'service'),
        '{{service}}',
      ),
      line(
        'Attempts after the first',
        'cps',
        rate('integrations_provider_retries_total', 'service'),
        '{{service}}',
      ),
      line(
        'Retries that were put off',
        'cps',
        rate('integrations_provider_retries_put_off_total', 'service'),
        '{{service}}',
      ),
      line(
        'Breakers that opened',
        'short',
        'sum by (service) (increase(integrations_provider_cb_open_total[1h]))',
        '{{service}}',
      ),
      line(
        'Posts to subscriptions',
        'cps',
        rate('integrations_subscription_messages_total', 'outcome'),
        '{{outcome}}',
      ),
      line(
        'Events that wait for subscriptions',
        'short',
        'max(integrations_subscription_messages_waiting)',
        'waiting',
      ),
      line(
        'Most overdue event',
        's',
        'max(integrations_subscription_oldest_due_age_seconds)',
        'overdue',
      ),
      line(
        'Looks at calendars',
        'cps',
        rate('integrations_calendar_refreshes_total', 'outcome'),
        '{{outcome}}',
      ),
      line(
        'Calendars that cannot be read',
        'short',
        'max(integrations_calendar_feeds_failing)',
        'failing',
      ),
    ],
  },
};
