-- An observation has one cut or several, an assessment more than a judgement, totals are kept by pod: other documents than those of
-- version 1, which no released version wrote. Analyses of before are forgotten rather than misread.
truncate analysis_window, analysis;

alter table analysis add column notes jsonb not null;                  -- what the last reading left out, a few lines
alter table analysis_window add column baseline_halves jsonb not null; -- by objective; history for later analyses
alter table analysis add column history jsonb;                         -- what was known of the stable version when it began; null for nothing

-- How the stable version of a service behaved in past analyses, as measured last.
create table stable_history (
  service      text primary key,
  measure_time timestamptz not null,
  history      jsonb not null
);
