-- An analysis: its plan, where it stands, and what was counted so far.
create table analysis (
  id               uuid primary key,
  request_id       uuid unique,
  service          text not null,
  canary           text not null,
  baseline         text,
  plan             jsonb not null,        -- the service's objectives as they were when it began
  traceparent      text not null,
  state            text not null check (state in ('RUNNING', 'CONCLUDED', 'CANCELLED')),
  verdict          text not null check (verdict in ('PASS', 'FAIL', 'CONTINUE', 'INCONCLUSIVE')),
  measuring        text not null check (measuring in ('MEASURING', 'NO_DATA', 'UNREACHABLE')),
  measuring_detail text not null,
  counter_state    jsonb not null,        -- the counters as last read
  open_window      jsonb,                 -- the window being counted; null until the first successful reading
  totals           jsonb not null,        -- everything counted, the open window included
  window_count     int not null,
  evaluation       jsonb not null,        -- the judgement of the closed windows, kept so that a read takes one row
  shard            smallint not null,
  create_time      timestamptz not null,
  update_time      timestamptz not null,
  end_time         timestamptz,
  next_poll_at     timestamptz,           -- null when it has ended
  cancel_reason    text,
  version          bigint not null        -- counts the changes; two that poll at once write over the same one only once
);

create index analysis_due on analysis (shard, next_poll_at) where state = 'RUNNING';
create index analysis_newest on analysis (create_time desc, id desc);
create index analysis_newest_of_service on analysis (service, create_time desc, id desc);

-- The closed windows, the record every verdict can be recomputed from. Rows are added, never changed.
create table analysis_window (
  analysis_id uuid not null references analysis (id) on delete cascade,
  position    int not null,               -- from 1, without gaps
  start_time  timestamptz not null,
  end_time    timestamptz not null,
  counts      jsonb not null,             -- by objective
  primary key (analysis_id, position)
);
