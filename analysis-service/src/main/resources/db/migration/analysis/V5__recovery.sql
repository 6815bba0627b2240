-- Whether an analysis judges a release or, after a rollback, whether users are served again; analyses of before are of releases.
alter table analysis add column purpose text not null default 'RELEASE' check (purpose in ('RELEASE', 'RECOVERY'));
