package dev.portcullis.demo;

import dev.portcullis.demo.GateReply.Decision;
import java.time.Duration;
import java.util.List;

/**
 * A rollout controller that plays Argo Rollouts: it gives a canary more and more of the traffic, as far as the gate lets it. On ABORT it only stops stepping;
 * taking the traffic back is the business of the rollback the gate starts.
 */
final class Rollout {
    /** After the last of these steps the canary gets everything and is the stable version. */
    private static final List<Double> STEPS = List.of(0.10, 0.25, 0.50);

    private final Shop shop;
    private final GateClient gate;
    private final RolloutTiming timing;
    private final DemoTime time;
    private final DemoOutput output;

    Rollout(Shop shop, GateClient gate, RolloutTiming timing, DemoTime time, DemoOutput output) {
        this.shop = shop;
        this.gate = gate;
        this.timing = timing;
        this.time = time;
        this.output = output;
    }

    /**
     * Rolls a release out until it is decided. An undecided or aborted canary is left as it is.
     *
     * @param deadline on the demo's time
     */
    RolloutEnd run(DemoRelease release, Duration deadline) throws InterruptedException {
        shop.startCanary(release.canary());
        var hash = release.canary().hash();
        for (int step = 0; step < STEPS.size(); step++) {
            var weight = STEPS.get(step);
            shop.weight(weight);
            output.line("canary " + hash + " gets " + DemoFormat.percent(weight) + " of the traffic");
            var reply = askUntilDecided(release, step, deadline);
            if (reply.decision() == Decision.ABORT) {
                return new RolloutEnd.Aborted();
            } else if (reply.decision() == Decision.HOLD) {
                return new RolloutEnd.Undecided(weight, reply);
            }
        }
        shop.weight(1);
        shop.promoteCanary();
        output.line("canary " + hash + " gets 100 % of the traffic: it is the stable version now");
        return new RolloutEnd.Promoted();
    }

    /** The first reply that moves the rollout, or the last HOLD before the deadline. */
    private GateReply askUntilDecided(DemoRelease release, int step, Duration deadline) throws InterruptedException {
        var leave = time.elapsed().plus(timing.stay());
        while (true) {
            time.pause(timing.poll());
            var reply = gate.ask(release, step);
            var mayMove = reply.decision() == Decision.ABORT || time.elapsed().compareTo(leave) >= 0;
            output.reply(release.canary().hash(), STEPS.get(step), reply);
            if (reply.decision() != Decision.HOLD && mayMove) {
                return reply;
            }
            if (time.elapsed().compareTo(deadline) >= 0) {
                return reply;
            }
        }
    }
}
