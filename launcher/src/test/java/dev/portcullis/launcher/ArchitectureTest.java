package dev.portcullis.launcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = {ArchitectureTest.ROOT, ArchitectureTest.DEMO},
        importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    static final String ROOT = "dev.portcullis.launcher";
    static final String DEMO = "dev.portcullis.demo";

    private static final String COMMAND = ROOT + ".command";

    /** The demo's own client of rollback-service speaks proto; everything else of Portcullis it sees over HTTP. */
    @ArchTest
    static final ArchRule theDemoKnowsNeitherTheLauncherNorTheServices = noClasses()
            .that()
            .resideInAPackage(DEMO + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "..", "dev.portcullis.analysis..", "dev.portcullis.gate..", "dev.portcullis.rollback..");

    @ArchTest
    static final ArchRule onlyCommandsKnowTheLibraryForCommandLines = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT, COMMAND)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule onlyCommandsStartTheDemo = noClasses()
            .that()
            .resideInAPackage(ROOT + "..")
            .and()
            .resideOutsideOfPackage(COMMAND)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(DEMO + "..");

    @ArchTest
    static final ArchRule theMainProgramKnowsTheCommandsAlone = classes()
            .that()
            .resideInAPackage(ROOT)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(ROOT, COMMAND, "picocli..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule theServicesAreStartedByNameAlone = classes()
            .that()
            .resideInAPackage(ROOT + ".services..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(ROOT + ".services..", "dev.portcullis.kit..", "java..", "org.jspecify..");

    /** What a command does is told apart from how it is asked for: each tool could be called by another program. */
    @ArchTest
    static final ArchRule toolsDoNotKnowEachOther = slices().matching(
                    ROOT + ".(audit|doctor|drill|explain|init|kayenta|release|services|token|witness)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule roomsHaveNoCycles =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();
}
