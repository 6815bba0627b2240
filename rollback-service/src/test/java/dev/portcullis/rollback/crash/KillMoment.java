package dev.portcullis.rollback.crash;

import dev.portcullis.rollback.crash.HoldingProxy.Moment;

/**
 * Where a rollback is when its process is killed.
 *
 * @param nth which of its requests, from 1
 */
record KillMoment(CrashScenario scenario, int nth, Moment moment) {
    @Override
    public String toString() {
        return moment + " request " + nth;
    }
}
