-- To find the rollouts of Flagger that began long ago, and whether there is still a release of one of their Canary: without one, a number may come again.
create index flagger_rollouts_began on flagger_rollouts (began_at);
create index releases_of_rollout on releases (namespace, rollout);
