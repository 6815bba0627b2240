-- A rollback is started in two calls: the token of the first is kept, so that the second is made once whatever dies in between.
alter table rollback_orders add column token text not null default '';
