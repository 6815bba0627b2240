package dev.portcullis.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The whole job on real input: a good release is promoted, a bad one aborted and rolled back, told line by line. It sees Portcullis only as Argo Rollouts and
 * the shop would: over HTTP, from outside.
 */
public final class Demo {
    private static final int FIRST_REVISION = 2;

    private final DemoOptions options;
    private final DemoShop shop;
    private final DemoTime time;
    private final DemoOutput output;
    private final Rollout rollout;
    private final RollbackRecords records;
    private final RollbackWatch rollbacks;
    private final List<String> missing = new ArrayList<>();
    private int promoted;
    private int aborted;
    private int rolledBack;

    Demo(
            DemoOptions options,
            DemoShop shop,
            GateClient gate,
            RollbackRecords records,
            DemoTime time,
            DemoOutput output) {
        this.options = options;
        this.records = records;
        this.shop = shop;
        this.time = time;
        this.output = output;
        this.rollout = new Rollout(shop.shop(), gate, RolloutTiming.OF_THE_DEMO, time, output);
        this.rollbacks = new RollbackWatch(shop, gate, records, RolloutTiming.OF_THE_DEMO, time, output);
    }

    /**
     * Plays the demo against services whose configuration is {@link DemoShop#writeConfiguration}, and prints the summary as the last line. Blocks until the
     * end; an interrupt ends it early and stays set.
     *
     * @param gatePort the gate's HTTP port on 127.0.0.1
     * @param rollbackGrpcPort rollback-service's gRPC port on 127.0.0.1
     */
    public static DemoResult run(
            DemoOptions options, int gatePort, int rollbackGrpcPort, DemoShop shop, PrintStream out) {
        try (var gate = new GateClient("http://127.0.0.1:" + gatePort);
                var records = new RollbackRecords(rollbackGrpcPort)) {
            var time = DemoTime.startingNow();
            return new Demo(options, shop, gate, records, time, new DemoOutput(out, time)).play();
        }
    }

    DemoResult play() {
        shop.shop().onEvent(output::line);
        shop.shop().onRollback(output::rollback);
        try {
            open();
            releases();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            missing.add("the demo was interrupted before its end");
        }
        var result = new DemoResult(promoted, aborted, rolledBack, missing);
        missing.forEach(fault -> output.end("demo: " + fault));
        output.end(result.summary());
        return result;
    }

    private void open() {
        var stable = shop.shop().stable();
        output.line(String.format(
                Locale.ROOT,
                "the shop is open: %,.0f requests a second, all to checkout %s (%s)",
                options.requestsPerSecond(),
                stable.hash(),
                stable.described()));
    }

    private void releases() throws InterruptedException {
        for (int number = 0; !isOver(number); number++) {
            var length = options.limit();
            release(
                    number,
                    number % 2 == 0,
                    options.once() ? length : time.elapsed().plus(length));
        }
    }

    /** One demo ends with its bad release, or with the first thing that went wrong. */
    private boolean isOver(int releases) {
        if (options.once() && releases == 1 && !missing.isEmpty()) {
            miss("the bad canary was not released after that");
            return true;
        }
        return options.once() && releases == 2;
    }

    private void miss(String fault) {
        missing.add(fault);
        output.line("NOT AS EXPECTED: " + fault);
    }

    private void release(int number, boolean good, Duration deadline) throws InterruptedException {
        var stable = shop.shop().stable();
        var release = new DemoRelease(FIRST_REVISION + number, shop.nextVersion(good), stable);
        output.line("release " + (number + 1) + ": canary " + release.canary().hash() + ", a " + kind(good) + " one ("
                + release.canary().described() + "), against stable " + stable.hash());
        shop.shop().planIncidents();
        switch (rollout.run(release, deadline)) {
            case RolloutEnd.Promoted end -> afterPromotion(release, good);
            case RolloutEnd.Aborted end -> afterAbort(release, good, deadline);
            case RolloutEnd.Undecided end -> afterDeadline(release, good, end);
        }
        shop.shop().removeCanary();
    }

    private void afterPromotion(DemoRelease release, boolean good) {
        if (good) {
            promoted++;
        } else {
            miss("the bad canary " + release.canary().hash() + " was promoted instead of aborted");
        }
    }

    private void afterAbort(DemoRelease release, boolean good, Duration deadline) throws InterruptedException {
        var canary = release.canary().hash();
        var faults = rollbacks.missing(release, deadline);
        if (good) {
            miss("the good canary " + canary + " was aborted instead of promoted");
        } else {
            aborted++;
        }
        faults.forEach(this::miss);
        if (faults.isEmpty()) {
            rolledBack += good ? 0 : 1;
            output.line("rolled back: the read-back confirms that "
                    + release.stable().hash() + " has all traffic");
            records.recovery(canary).ifPresent(output::line);
        }
    }

    private void afterDeadline(DemoRelease release, boolean good, RolloutEnd.Undecided end) {
        miss(String.format(
                Locale.ROOT,
                "the %s canary %s was not %s in time: still %s at %s (%s)",
                kind(good),
                release.canary().hash(),
                good ? "promoted" : "aborted",
                end.last().decision(),
                DemoFormat.percent(end.weight()),
                end.last().why()));
    }

    private static String kind(boolean good) {
        return good ? "good" : "bad";
    }
}
