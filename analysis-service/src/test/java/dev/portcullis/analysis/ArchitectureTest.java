package dev.portcullis.analysis;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;

/** The rooms of analysis-service and what each may know. */
@AnalyzeClasses(packages = "dev.portcullis.analysis", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String ROOT = "dev.portcullis.analysis";
    private static final String[] DOMAIN = {
        ROOT + ".evidence..",
        ROOT + ".stats..",
        ROOT + ".judge..",
        ROOT + ".mannwhitney..",
        ROOT + ".slo..",
        ROOT + ".query..",
        ROOT + ".budget..",
        ROOT + ".metric..",
        ROOT + ".fold..",
        ROOT + ".inspection..",
        ROOT + ".rules..",
        ROOT + ".run..",
        ROOT + ".explanation.."
    };
    /** How numbers and durations are written for people is the same in every service. */
    private static final String TEXT = "dev.portcullis.kit.text..";

    private static final String STATISTICS = "org.apache.commons.statistics..";
    private static final String TOOL = ROOT + ".tool..";
    private static final String DETECTION = ROOT + ".tool.detection..";
    private static final String DIAGNOSIS = ROOT + ".tool.diagnosis..";
    private static final String BUDGET = ROOT + ".budget..";
    private static final String RULES = ROOT + ".rules..";
    private static final String RANDOM_NUMBERS = "org.apache.commons.rng..";
    private static final String OTLP = ROOT + ".source.otlp";
    private static final String[] EDGES = {
        ROOT,
        ROOT + ".grpc..",
        ROOT + ".store..",
        ROOT + ".schedule..",
        ROOT + ".telemetry..",
        ROOT + ".configuration..",
        ROOT + ".source.."
    };

    @ArchTest
    static final ArchRule theDomainKnowsOnlyJavaAndItself = classes()
            .that()
            .resideInAnyPackage(DOMAIN)
            .and()
            .resideOutsideOfPackage(ROOT + ".mannwhitney..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(with(DOMAIN, TEXT, "java..", "org.jspecify.."));

    @ArchTest
    static final ArchRule theComparisonJudgeKnowsCountsAndOneStatisticsLibrary = classes()
            .that()
            .resideInAPackage(ROOT + ".mannwhitney..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(ROOT + ".mannwhitney..", ROOT + ".evidence..", STATISTICS, "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule detectionKnowsTheDomainAndRandomNumbers = classes()
            .that()
            .resideInAPackage(DETECTION)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(with(DOMAIN, DETECTION, TEXT, RANDOM_NUMBERS, "java..", "org.jspecify.."));

    @ArchTest
    static final ArchRule onlyDetectionKnowsRandomNumbers = noClasses()
            .that()
            .resideOutsideOfPackage(DETECTION)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(RANDOM_NUMBERS);

    @ArchTest
    static final ArchRule diagnosisKnowsOnlyTheDomain = classes()
            .that()
            .resideInAPackage(DIAGNOSIS)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(with(DOMAIN, DIAGNOSIS, TEXT, "java..", "org.jspecify.."));

    @ArchTest
    static final ArchRule nothingThatRunsInTheServiceKnowsATool = noClasses()
            .that()
            .resideOutsideOfPackage(TOOL)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(TOOL);

    @ArchTest
    static final ArchRule toolsDoNotKnowEachOther =
            slices().matching(ROOT + ".tool.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule aBudgetKnowsWhatIsPromisedAndNothingOfReleases = classes()
            .that()
            .resideInAPackage(BUDGET)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(BUDGET, ROOT + ".slo..", ROOT + ".query..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule rulesKnowBudgetsAndSelectors = classes()
            .that()
            .resideInAPackage(RULES)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(RULES, BUDGET, ROOT + ".slo..", ROOT + ".query..", TEXT, "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule onlyASourceThatSpeaksPromQlKnowsTheRules = noClasses()
            .that()
            .resideOutsideOfPackages(RULES, ROOT + ".source.prometheus..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(RULES);

    @ArchTest
    static final ArchRule onlySourcesAndToolsKnowInspections = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".inspection..", ROOT + ".source..", TOOL)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".inspection..");

    @ArchTest
    static final ArchRule useCasesKnowOnlyTheDomain = classes()
            .that()
            .resideInAPackage(ROOT + ".usecase..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(with(DOMAIN, ROOT + ".usecase..", TEXT, "java..", "org.jspecify.."));

    @ArchTest
    static final ArchRule nounsBelowDoNotKnowNounsAbove = noClasses()
            .that()
            .resideInAnyPackage(
                    ROOT + ".evidence..",
                    ROOT + ".stats..",
                    ROOT + ".judge..",
                    ROOT + ".mannwhitney..",
                    ROOT + ".slo..",
                    ROOT + ".query..",
                    ROOT + ".metric..",
                    ROOT + ".fold..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".run..", ROOT + ".inspection..", ROOT + ".explanation..");

    @ArchTest
    static final ArchRule noPackageGoesRoundInCircles =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheRootKnowsTheContainer = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micronaut..", "jakarta.inject..");

    @ArchTest
    static final ArchRule onlyGrpcKnowsTheMessages = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".grpc..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.portcullis.proto..");

    @ArchTest
    static final ArchRule onlyWhatIsCalledByGrpcKnowsGrpc = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".grpc..", OTLP)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.grpc..", "com.google..");

    @ArchTest
    static final ArchRule onlyTheOtlpSourceKnowsOtlp = noClasses()
            .that()
            .resideOutsideOfPackage(OTLP)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.opentelemetry.proto..");

    @ArchTest
    static final ArchRule onlyTheStoreKnowsSql = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT, ROOT + ".store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.jdbi..");

    @ArchTest
    static final ArchRule theWayInDoesNotKnowTheStoreOrTheSources = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".grpc..", ROOT + ".schedule..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + ".store..", ROOT + ".source..", ROOT + ".configuration..", ROOT + ".telemetry..");

    @ArchTest
    static final ArchRule sourcesDoNotKnowEachOther =
            slices().matching(ROOT + ".source.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule presetsAreTextThatOthersRead = noClasses()
            .that()
            .resideInAPackage(ROOT + ".configuration.preset")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".configuration", ROOT + ".source..");

    @ArchTest
    static final ArchRule everyClassHasARoom =
            classes().should().resideInAnyPackage(with(with(DOMAIN, EDGES), TOOL, ROOT + ".usecase.."));

    private static String[] with(String[] packages, String... more) {
        var all = Arrays.copyOf(packages, packages.length + more.length);
        System.arraycopy(more, 0, all, packages.length, more.length);
        return all;
    }
}
