-- What callers tell of a release for the record; empty = not told. Labels as name=value,name=value.
alter table releases
  add column artifact text not null default '',
  add column ticket   text not null default '',
  add column author   text not null default '',
  add column labels   text not null default '';
