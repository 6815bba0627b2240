-- Who aborted by hand, with what he might do then, so that rollback-service is asked on his behalf; empty when the gate decided by itself.
alter table rollback_orders add column caller text not null default '';
