package dev.portcullis.demo;

import dev.portcullis.demo.GateReply.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The observer of an aborted release: says from outside what of its rollback did not happen. */
final class RollbackWatch {
    private static final List<String> ONE_SUCCESS = List.of("SUCCEEDED");

    private final Shop shop;
    private final String readBackUrl;
    private final GateClient gate;
    private final RollbackRecords records;
    private final RolloutTiming timing;
    private final DemoTime time;
    private final DemoOutput output;

    RollbackWatch(
            DemoShop shop,
            GateClient gate,
            RollbackRecords records,
            RolloutTiming timing,
            DemoTime time,
            DemoOutput output) {
        this.shop = shop.shop();
        this.readBackUrl = shop.readBackUrl();
        this.gate = gate;
        this.records = records;
        this.timing = timing;
        this.time = time;
        this.output = output;
    }

    /** Waits for the rollback of a release, and answers what is missing then: nothing, when all went well. */
    List<String> missing(DemoRelease release, Duration deadline) throws InterruptedException {
        var limit = time.elapsed().plus(timing.rollback());
        var end = limit.compareTo(deadline) < 0 ? limit : deadline;
        var told = tellTrafficBack(release);
        while (!isBack(release) && time.elapsed().compareTo(end) < 0) {
            time.pause(timing.poll());
            told = told || tellTrafficBack(release);
        }
        time.pause(timing.settle());
        return faults(release);
    }

    private boolean tellTrafficBack(DemoRelease release) {
        var back = records.trafficBack(release.canary().hash());
        back.ifPresent(
                clause -> output.line(clause + "; the rollback goes on until it is proved that users recovered"));
        return back.isPresent();
    }

    private boolean isBack(DemoRelease release) throws InterruptedException {
        return keys(release) > 0
                && gate.restored(readBackUrl, release.stable().hash())
                && records.states(release.canary().hash()).equals(ONE_SUCCESS);
    }

    private List<String> faults(DemoRelease release) throws InterruptedException {
        List<String> faults = new ArrayList<>();
        var stable = release.stable().hash();
        var canary = release.canary().hash();
        // First of all, so that a rollback started by this very question shows in the count of keys.
        var reply = gate.ask(release, 0);
        if (reply.decision() != Decision.ABORT) {
            faults.add("the gate does not say ABORT about " + canary + " any more but " + reply.decision() + " ("
                    + reply.why() + ")");
        }
        if (!gate.restored(readBackUrl, stable)) {
            faults.add("the traffic is not back on " + stable);
        }
        var keys = keys(release);
        if (keys != 1) {
            faults.add("the webhook saw " + keys + " Idempotency-Keys for the rollback of " + canary + " instead of 1");
        }
        var states = records.states(canary);
        if (!states.equals(ONE_SUCCESS)) {
            faults.add("rollback-service's rollbacks of " + canary + " are " + states + " instead of " + ONE_SUCCESS);
        }
        return faults;
    }

    private long keys(DemoRelease release) {
        return shop.rollbacks().stream()
                .filter(call -> call.from().equals(release.canary().hash()))
                .map(RollbackCall::key)
                .distinct()
                .count();
    }
}
