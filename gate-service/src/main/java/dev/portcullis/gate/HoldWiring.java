package dev.portcullis.gate;

import dev.portcullis.gate.feed.NotInMemoryException;
import dev.portcullis.gate.group.GroupAborts;
import dev.portcullis.gate.group.GroupReleases;
import dev.portcullis.gate.grpc.HoldGrpcService;
import dev.portcullis.gate.hold.HoldMemory;
import dev.portcullis.gate.hold.PromotionHold;
import dev.portcullis.gate.hold.PromotionHolds;
import dev.portcullis.gate.policy.Policies;
import dev.portcullis.gate.release.AddedRule;
import dev.portcullis.gate.release.ReleaseMemory;
import dev.portcullis.gate.rule.AddedRules;
import dev.portcullis.gate.rule.CalendarRule;
import dev.portcullis.gate.rule.GroupRule;
import dev.portcullis.gate.rule.HoldRule;
import dev.portcullis.gate.rule.PromotionRule;
import dev.portcullis.gate.rule.PromotionRules;
import dev.portcullis.gate.store.PostgresGroupReleases;
import dev.portcullis.gate.store.PostgresPromotionHolds;
import dev.portcullis.gate.usecase.ChangeHolds;
import dev.portcullis.gate.usecase.OriginFactory;
import dev.portcullis.kit.audit.store.AuditRecorder;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.retention.DeletedRecords;
import io.grpc.BindableService;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The objects of gate-service by which people and rules hold promotions. */
@Factory
final class HoldWiring {
    @Singleton
    HoldMemory holdMemory() {
        return new HoldMemory(System::nanoTime, ReleaseMemory.GOOD_FOR);
    }

    @Singleton
    PromotionHolds promotionHolds(Database database, AuditRecorder recorder, Clock clock) {
        return new PostgresPromotionHolds(database.jdbi(), recorder, clock);
    }

    /** The rules over memory alone. */
    @Singleton
    @Named("memory")
    PromotionRules rulesInMemory(Policies policies, HoldMemory holds, AddedRules added) {
        return rules(
                policies,
                () -> holds.active().orElseThrow(NotInMemoryException::new),
                Optional.empty(),
                rule -> added.known(rule).orElseThrow(NotInMemoryException::new));
    }

    /** The same rules over where holds are kept. */
    @Singleton
    @Named("store")
    PromotionRules rulesOverStore(Policies policies, PromotionHolds holds, GroupReleases releases, AddedRules added) {
        return rules(policies, holds::active, Optional.of(releases), added::rule);
    }

    /** What may hold a promotion, in the order in which it is asked: those of the configuration folder's policies come after these, and those of questions last. */
    static PromotionRules rules(
            Policies policies,
            Supplier<List<PromotionHold>> holds,
            Optional<GroupReleases> releases,
            Function<AddedRule, PromotionRule> added) {
        var group = new GroupRule(policies::group, releases);
        return new PromotionRules(
                List.of(new HoldRule(holds), new CalendarRule(policies::calendar)),
                service -> ofService(policies, group, service),
                added);
    }

    /** Nothing is on record of a group where there is none. */
    private static List<PromotionRule> ofService(Policies policies, GroupRule group, String service) {
        return policies.isInGroup(service)
                ? Stream.concat(Stream.of(group), policies.rules(service).stream())
                        .toList()
                : policies.rules(service);
    }

    @Singleton
    GroupReleases groupReleases(Database database) {
        return new PostgresGroupReleases(database.jdbi());
    }

    @Singleton
    GroupAborts groupAborts(Policies policies, GroupReleases releases) {
        return new GroupAborts(policies::group, Optional.of(releases));
    }

    @Singleton
    ChangeHolds changeHolds(
            PromotionHolds holds, HoldMemory memory, ReleaseMemory releases, OriginFactory originFactory) {
        return new ChangeHolds(holds, originFactory, () -> {
            memory.changedHere();
            releases.changedBesideReleases();
        });
    }

    @Singleton
    BindableService holdService(ChangeHolds changeHolds, PromotionHolds holds, Clock clock, DeletedRecords deleted) {
        return new HoldGrpcService(changeHolds, holds, clock, deleted);
    }
}
