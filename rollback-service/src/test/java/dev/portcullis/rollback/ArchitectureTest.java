package dev.portcullis.rollback;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rooms of this service and what each may know. */
@AnalyzeClasses(packages = "dev.portcullis.rollback", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String ROOT = "dev.portcullis.rollback";
    /** How numbers and durations are written for people is the same in every service. */
    private static final String TEXT = "dev.portcullis.kit.text..";

    private static final String PLAN = ROOT + ".plan";
    private static final String TRAFFIC = ROOT + ".traffic";
    private static final String LIFECYCLE = ROOT + ".lifecycle";
    private static final String RECOVERY = ROOT + ".recovery";
    private static final String CLIENT = ROOT + ".client";

    @ArchTest
    static final ArchRule THE_DOMAIN_KNOWS_ONLY_JAVA = classes()
            .that()
            .resideInAnyPackage(PLAN, LIFECYCLE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java.lang..", "java.time..", "java.util..", "org.jspecify..", TEXT, PLAN, LIFECYCLE);

    @ArchTest
    static final ArchRule A_RECOVERY_KNOWS_ONLY_ITSELF = classes()
            .that()
            .resideInAPackage(RECOVERY)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java.lang..", "java.time..", "java.util..", "org.jspecify..", TEXT, RECOVERY);

    @ArchTest
    static final ArchRule CLIENTS_KNOW_WHAT_THEY_ARE_ASKED_AND_THE_WIRE = noClasses()
            .that()
            .resideInAPackage(CLIENT)
            .should()
            .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(RECOVERY, CLIENT))));

    @ArchTest
    static final ArchRule A_PLAN_DOES_NOT_KNOW_WHOSE_IT_IS = noClasses()
            .that()
            .resideInAPackage(PLAN)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(LIFECYCLE);

    @ArchTest
    static final ArchRule USE_CASES_KNOW_ONLY_THE_DOMAIN = classes()
            .that()
            .resideInAPackage(ROOT + ".usecase")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", TEXT, PLAN, LIFECYCLE, RECOVERY, ROOT + ".usecase");

    @ArchTest
    static final ArchRule ADAPTERS_DO_NOT_KNOW_USE_CASES = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".store", ROOT + ".targets..", ROOT + ".configuration")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".usecase", ROOT + ".grpc", ROOT + ".schedule");

    @ArchTest
    static final ArchRule TARGETS_DO_NOT_KNOW_ROLLBACKS = noClasses()
            .that()
            .resideInAPackage(ROOT + ".targets..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(LIFECYCLE, ROOT + ".store");

    /** What targets share may not depend on one of them. */
    @ArchTest
    static final ArchRule TRAFFIC_KNOWS_ONLY_PLANS_AND_CLUSTERS = classes()
            .that()
            .resideInAPackage(TRAFFIC)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "com.fasterxml.jackson..",
                    "dev.portcullis.kit.configuration",
                    PLAN,
                    ROOT + ".cluster",
                    TRAFFIC);

    @ArchTest
    static final ArchRule CLUSTERS_KNOW_ONLY_PLANS = noClasses()
            .that()
            .resideInAPackage(ROOT + ".cluster")
            .should()
            .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(PLAN, ROOT + ".cluster"))));

    @ArchTest
    static final ArchRule THE_KUBERNETES_CLIENT_STOPS_AT_ITS_ROOM = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".cluster")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8..");

    @ArchTest
    static final ArchRule TARGETS_DO_NOT_KNOW_EACH_OTHER =
            slices().matching(ROOT + ".targets.(*)..").should().notDependOnEachOther();

    /** What two kinds of target share of a workload. */
    @ArchTest
    static final ArchRule WORKLOADS_KNOW_ONLY_PLANS_AND_CLUSTERS = noClasses()
            .that()
            .resideInAPackage(ROOT + ".workload")
            .should()
            .dependOnClassesThat(resideInAPackage(ROOT + "..")
                    .and(not(resideInAnyPackage(PLAN, ROOT + ".cluster", ROOT + ".workload"))));

    @ArchTest
    static final ArchRule PROTO_AND_GRPC_STOP_AT_THEIR_ROOM = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT, ROOT + ".grpc", CLIENT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.grpc..", "com.google.protobuf..", "com.google.rpc..", "dev.portcullis.proto..");

    @ArchTest
    static final ArchRule JDBC_STOPS_AT_THE_STORE = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT, ROOT + ".store")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.jdbi..");

    @ArchTest
    static final ArchRule THE_SCHEDULER_STOPS_AT_ITS_ROOM = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT, ROOT + ".schedule")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.github.kagkarlsson..");

    @ArchTest
    static final ArchRule ONLY_THE_WIRING_KNOWS_THE_CONTAINER = noClasses()
            .that(not(resideInAnyPackage(ROOT)))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micronaut..", "jakarta..");

    @ArchTest
    static final ArchRule ROOMS_HAVE_NO_CIRCLES =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();
}
