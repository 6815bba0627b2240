package dev.portcullis.gate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.portcullis.gate", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String ROOT = "dev.portcullis.gate";
    private static final String[] DOMAIN = {
        ROOT + ".access..",
        ROOT + ".analysis..",
        ROOT + ".audit..",
        ROOT + ".budget..",
        ROOT + ".calendar..",
        ROOT + ".console..",
        ROOT + ".decision..",
        ROOT + ".evidence..",
        ROOT + ".feed..",
        ROOT + ".github..",
        ROOT + ".group..",
        ROOT + ".flagger..",
        ROOT + ".hold..",
        ROOT + ".kayenta..",
        ROOT + ".message",
        ROOT + ".policy..",
        ROOT + ".release..",
        ROOT + ".rollback..",
        ROOT + ".rule..",
        ROOT + ".session..",
        ROOT + ".trace.."
    };
    /** What a name may be is the same at every edge of every service. */
    private static final String NAMES = "dev.portcullis.kit.text..";

    /** Trees, proofs and signatures of the audit log, for which Java has all that is needed. */
    private static final String PROOFS = "dev.portcullis.kit.transparency..";

    /** Who calls, as the audit log has it. */
    private static final String CALLERS = "dev.portcullis.kit.identity..";

    /** What the audit log is told is the same in every service. */
    private static final String ENTRIES = "dev.portcullis.kit.audit";

    private static final String[] PLAIN = {"java..", "org.jspecify..", NAMES, PROOFS, CALLERS, ENTRIES};

    /** What a ReleasePolicy says to a rule that it lists. */
    private static final String SETTINGS = "dev.portcullis.kit.configuration";

    /** What a ReleasePolicy says of a promotion in an expression. */
    private static final String EXPRESSIONS = "dev.portcullis.kit.expression";

    /** Only the calendar knows it. */
    private static final String RECURRENCE = "org.dmfs..";

    @ArchTest
    static final ArchRule theDomainKnowsOnlyJavaAndItself = classes()
            .that()
            .resideInAnyPackage(DOMAIN)
            .and()
            .resideOutsideOfPackages(ROOT + ".rule..", ROOT + ".message..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(join(join(DOMAIN, PLAIN), RECURRENCE));

    @ArchTest
    static final ArchRule rulesKnowTheDomainAndTheirSettings = classes()
            .that()
            .resideInAPackage(ROOT + ".rule..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(join(join(DOMAIN, PLAIN), SETTINGS, EXPRESSIONS));

    @ArchTest
    static final ArchRule messagesKnowTheDomainAndTheirSettings = classes()
            .that()
            .resideInAPackage(ROOT + ".message")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(join(join(DOMAIN, PLAIN), SETTINGS));

    /** They write JSON, and come to HTTP by a port of messages. */
    @ArchTest
    static final ArchRule messengersKnowMessagesAndJson = classes()
            .that()
            .resideInAPackage(ROOT + ".message.(*)..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(join(
                    join(DOMAIN, PLAIN), SETTINGS, ROOT + ".message..", "javax.crypto..", "com.fasterxml.jackson.."));

    @ArchTest
    static final ArchRule aMessengerKnowsNoOther =
            slices().matching(ROOT + ".message.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule aRuleKnowsNoOther =
            slices().matching(ROOT + ".rule.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule onlyTheCalendarKnowsRecurringTimes = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".calendar..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(RECURRENCE);

    @ArchTest
    static final ArchRule nothingButItsPagesKnowsWhatTheConsoleShows = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT, ROOT + ".console..", ROOT + ".http.console..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".console..");

    @ArchTest
    static final ArchRule onlyTheConsoleKnowsTemplates = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".http.console..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("gg.jte..");

    @ArchTest
    static final ArchRule chartsKnowOnlyFigures = classes()
            .that()
            .resideInAPackage(ROOT + ".console.chart..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", NAMES, ROOT + ".console.chart..");

    @ArchTest
    static final ArchRule useCasesKnowTheDomainAndMayLog = classes()
            .that()
            .resideInAPackage(ROOT + ".usecase..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(join(join(DOMAIN, PLAIN), ROOT + ".usecase..", "org.slf4j.."));

    @ArchTest
    static final ArchRule theStoreKnowsTheDomainAndTheDatabase = noClasses()
            .that()
            .resideInAPackage(ROOT + ".store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".usecase..", "io.grpc..", "io.micronaut..", "dev.portcullis.proto..");

    @ArchTest
    static final ArchRule theWireStopsAtItsEdges = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".grpc..", ROOT + ".client..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.portcullis.proto..", "com.google.protobuf..");

    @ArchTest
    static final ArchRule onlyTheRootAndHttpKnowTheFramework = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT, ROOT + ".http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micronaut..", "jakarta.inject..");

    @ArchTest
    static final ArchRule onlyTheStoreKnowsTheDatabase = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT, ROOT + ".store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.jdbi..", "java.sql..");

    @ArchTest
    static final ArchRule edgesDoNotKnowEachOther = slices().matching(
                    ROOT + ".(client|store|grpc|http|configuration|schedule|telemetry)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule roomsHaveNoCycles =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noServiceKnowsAnother = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.portcullis.analysis..", "dev.portcullis.rollback..");

    private static String[] join(String[] first, String... more) {
        var all = new String[first.length + more.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }
}
