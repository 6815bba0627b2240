package dev.portcullis.rollback.usecase;

import dev.portcullis.rollback.lifecycle.Admission.ServiceBusy;
import dev.portcullis.rollback.lifecycle.Admission.TargetBusy;
import dev.portcullis.rollback.lifecycle.Preparation;
import dev.portcullis.rollback.lifecycle.Preparations;
import dev.portcullis.rollback.lifecycle.RefusedException;
import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackOrigin;
import dev.portcullis.rollback.lifecycle.Rollbacks;
import dev.portcullis.rollback.lifecycle.StageOutlook;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.Plan;
import dev.portcullis.rollback.plan.PlanCatalog;
import dev.portcullis.rollback.plan.Precondition;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.Right;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.Stage;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** The first click: looks at every target, pins what would be done, and keeps that under a token. Thread-safe. */
public final class PrepareRollback {
    private static final Duration GOOD_FOR = Duration.ofMinutes(10);

    private final PlanCatalog plans;
    private final TargetRegistry targets;
    private final Rollbacks rollbacks;
    private final Preparations preparations;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public PrepareRollback(
            PlanCatalog plans,
            List<RollbackTarget> targets,
            Rollbacks rollbacks,
            Preparations preparations,
            Clock clock,
            Supplier<UUID> ids) {
        this.plans = plans;
        this.targets = TargetRegistry.of(targets);
        this.rollbacks = rollbacks;
        this.preparations = preparations;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * What is asked for.
     *
     * @param order what is wanted
     * @param mode what it would be run against
     * @param caller who asks, as told
     * @param allowRestored whether it is also prepared when every target is where it should be, to have recovery verified
     */
    public record Request(RollbackOrder order, Mode mode, String caller, boolean allowRestored) {}

    /**
     * Prepares a rollback; changes nothing at any target.
     *
     * @throws RefusedException when it could not be started; nothing is kept then
     */
    public Preparation prepare(Request request) {
        var plan = plan(request);
        refuseWhenInTheWay(request, plan);
        var preparation = pinned(request, plan, ids.get());
        preparations.keep(preparation);
        return preparation;
    }

    /**
     * The same for one that is started at once: nothing of it is kept, and what is in its way is found at the start.
     *
     * @param token it will be started with
     * @throws RefusedException when it could not be started
     */
    Preparation pinned(Request request, UUID token) {
        return pinned(request, plan(request), token);
    }

    private Plan plan(Request request) {
        var service = request.order().service();
        var section = request.mode() == Mode.STAGING ? "spec.rollback.staging" : "spec.rollback";
        return plans.planOf(service, request.mode()).orElseThrow(() -> RefusedException.noTarget(service, section));
    }

    private Preparation pinned(Request request, Plan plan, UUID token) {
        var outlooks = plan.stages().stream()
                .map(stage -> look(request.order(), stage))
                .toList();
        var pinned = pinned(plan, outlooks);
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var preparation = new Preparation(
                token,
                request.order(),
                new Plan(pinned, plan.recovery(), plan.limits()),
                request.mode(),
                request.caller(),
                outlooks,
                now,
                now.plus(GOOD_FOR));
        refuseWhenRestored(preparation, request.allowRestored());
        return preparation;
    }

    /** The stages that will be worked on: an optional one that cannot be prepared is left out. */
    private static List<Stage> pinned(Plan plan, List<StageOutlook> outlooks) {
        List<Stage> pinned = new ArrayList<>();
        for (int i = 0; i < outlooks.size(); i++) {
            var stage = plan.stages().get(i);
            if (!outlooks.get(i).leftOut()) {
                pinned.add(new Stage(outlooks.get(i).target(), stage.routesTraffic(), stage.optional()));
            }
        }
        if (pinned.isEmpty()) {
            throw RefusedException.nothingLeft(outlooks.getLast());
        }
        return pinned;
    }

    private static void refuseWhenRestored(Preparation preparation, boolean allowRestored) {
        if (!allowRestored
                && preparation.outlooks().stream().allMatch(outlook -> outlook.restored() || outlook.leftOut())) {
            throw RefusedException.alreadyRestored(preparation);
        }
    }

    /** Told now rather than at the second click; what decides is the store at the start. */
    private void refuseWhenInTheWay(Request request, Plan plan) {
        var origin = new RollbackOrigin(ids.get(), "", request.caller(), request.mode(), "");
        var trial = Rollback.planned(ids.get(), origin, request.order(), plan, clock.instant());
        rollbacks.inTheWay(trial).ifPresent(admission -> {
            throw switch (admission) {
                case ServiceBusy busy -> RefusedException.inTheWay(busy);
                case TargetBusy busy -> RefusedException.inTheWay(busy);
                default -> new IllegalStateException("in the way: " + admission);
            };
        });
    }

    private StageOutlook look(RollbackOrder order, Stage stage) {
        var configured = stage.target();
        var target = targets.find(configured.kind())
                .orElseThrow(() -> new IllegalStateException("no target '" + configured.kind() + "' in this version"));
        return switch (target.prepare(order, configured)) {
            case Readiness.Ready ready ->
                new StageOutlook(
                        ready.pinned(),
                        ready.now(),
                        ready.goal(),
                        target.commandToApply(trial(order, ready)),
                        known(ready, target.rights(ready.pinned())));
            case Readiness.Blocked blocked -> {
                if (stage.optional()) {
                    yield StageOutlook.leftOut(configured, blocked.text());
                }
                throw RefusedException.blocked(configured, blocked);
            }
            case Readiness.Unreachable unreachable -> {
                if (stage.optional()) {
                    yield StageOutlook.leftOut(configured, unreachable.text());
                }
                throw RefusedException.unreachable(configured, unreachable.text());
            }
        };
    }

    /** The account's rights last: they are asked for beside, and what they lack forbids nothing by itself. */
    private static List<Precondition> known(Readiness.Ready ready, List<Right> rights) {
        List<Precondition> known = new ArrayList<>(ready.preconditions());
        known.addAll(new Rights(rights).preconditions());
        return known;
    }

    private static Assignment trial(RollbackOrder order, Readiness.Ready ready) {
        return new Assignment("rollbacks/{uuid}", "{uuid}", 0, order, ready.pinned());
    }
}
