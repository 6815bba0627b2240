-- The windows of an analysis that has ended, all in one document; its rows of analysis_window are deleted by that. What had ended before keeps its rows.
create table ended_windows (
  analysis_id uuid primary key references analysis (id) on delete cascade,
  windows     bytea not null
);
-- It is compressed already.
alter table ended_windows alter column windows set storage external;
