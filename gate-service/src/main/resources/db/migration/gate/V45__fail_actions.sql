-- What the policy said of a FAIL, by severity, as major=hold,minor=hold; null of a decision that no policy had a part in, and of those of before, when every FAIL aborted.
alter table decisions add column on_fail text;
