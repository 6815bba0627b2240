package dev.portcullis.kit.identity;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which role lets its holder do what, with which services, and that nobody learns what is there. */
final class RequirementTest {
    private static final Caller SHOP = caller(Role.OPERATOR, "shop-*", "checkout");
    private static final Caller ALL = caller(Role.OPERATOR, "*");
    private static final Supplier<Optional<String>> NOT_LOOKED_FOR = () -> {
        throw new AssertionError("it was looked for");
    };

    private static Caller caller(Role role, String... services) {
        return new Caller(
                Caller.Kind.TOKEN,
                Caller.PORTCULLIS,
                "ann",
                "ann",
                List.of(new Grant(role, new ServiceGroup(List.of(services)))));
    }

    private static String refusal(Requirement requirement, Caller caller) {
        return assertThrows(CallRefusedException.class, () -> requirement.check(caller))
                .why();
    }

    @ParameterizedTest
    @CsvSource({
        "VIEWER, VIEWER",
        "DEPLOYER, VIEWER DEPLOYER",
        "APPROVER, VIEWER APPROVER",
        "OPERATOR, VIEWER DEPLOYER OPERATOR",
        "ADMIN, VIEWER DEPLOYER OPERATOR ADMIN"
    })
    void aRoleIncludesTheWeakerOnesButNotTheSecondPerson(Role role, String included) {
        assertEquals(
                List.of(included.split(" ")),
                Stream.of(Role.values()).filter(role::includes).map(Role::name).toList());
        assertEquals(Optional.of(role), Role.of(role.word()));
    }

    @ParameterizedTest
    @CsvSource({
        "checkout, checkout, true",
        "checkout, checkout2, false",
        "checkout, check, false",
        "shop-*, shop-, true",
        "shop-*, shop-basket, true",
        "shop-*, shop, false",
        "*, anything/at all, true",
        "*-eu, checkout-eu, true",
        "*-eu, checkout-eu-2, false",
        "a*b*c, aXbbYc, true",
        "a*b*c, aXc, false",
        "a.c, abc, false",
        "**, x, true"
    })
    void aStarStandsForAnyCharacters(String pattern, String service, boolean matches) {
        assertEquals(matches, new ServiceGroup(List.of(pattern)).contains(service));
    }

    @ParameterizedTest
    @CsvSource({
        "checkout, true",
        "shop-*, true",
        "shop-eu-*, true",
        "shop-*-eu checkout, true",
        "shop*, false",
        "*, false",
        "*-shop, false",
        "shop-* search, false"
    })
    void aCallAboutGroupsOfServicesNeedsTheRoleForAllThatTheyCanMean(String patterns, boolean allowed) {
        var requirement = Requirement.ofAll(Role.OPERATOR, List.of(patterns.split(" ")));
        assertDoesNotThrow(() -> requirement.check(ALL));
        if (allowed) {
            assertDoesNotThrow(() -> requirement.check(SHOP));
        } else {
            refusal(requirement, SHOP);
        }
        refusal(Requirement.ofAll(Role.OPERATOR, List.of()), SHOP);
    }

    @Test
    void theServiceOfACallHasToBeInAGroupOfTheRole() {
        assertDoesNotThrow(() -> Requirement.of(Role.DEPLOYER, "shop-basket").check(SHOP));
        refusal(Requirement.of(Role.DEPLOYER, "search"), SHOP);
        refusal(Requirement.of(Role.ADMIN, "checkout"), SHOP);
        // That of no service is that of all.
        refusal(Requirement.of(Role.VIEWER, ""), SHOP);
        assertDoesNotThrow(() -> Requirement.of(Role.VIEWER, "").check(ALL));
        refusal(Requirement.everywhere(Role.VIEWER), SHOP);
        assertDoesNotThrow(() -> Requirement.everywhere(Role.VIEWER).check(ALL));
        assertDoesNotThrow(() -> Requirement.somewhere(Role.VIEWER).check(SHOP));
        refusal(Requirement.somewhere(Role.APPROVER), SHOP);
        refusal(Requirement.NEVER, Caller.LOCAL);
    }

    @Test
    void whoHasTheRoleForSomeServicesIsToldToNameOne() {
        assertEquals(
                "'ann' has the role viewer for some services only, and this call names none, which stands for all;"
                        + " name one (option --service on the command line)",
                refusal(Requirement.of(Role.VIEWER, ""), SHOP));
        // Naming one is of no use to whoever has it for none, nor where none can be named.
        var unknown = refusal(Requirement.of(Role.VIEWER, "search"), SHOP);
        assertEquals(unknown, refusal(Requirement.everywhere(Role.VIEWER), SHOP));
        assertEquals(
                refusal(Requirement.of(Role.ADMIN, "search"), SHOP), refusal(Requirement.of(Role.ADMIN, ""), SHOP));
    }

    @Test
    void whatIsForbiddenAndWhatIsNotThereAreToldInTheSameWords() {
        assertEquals(
                refusal(Requirement.found(Role.VIEWER, Optional::empty), SHOP),
                refusal(Requirement.found(Role.VIEWER, () -> Optional.of("search")), SHOP));
        assertDoesNotThrow(() ->
                Requirement.found(Role.VIEWER, () -> Optional.of("checkout")).check(SHOP));
    }

    @Test
    void nothingIsLookedForWhereItDoesNotMatter() {
        refusal(Requirement.found(Role.ADMIN, NOT_LOOKED_FOR), SHOP);
        assertDoesNotThrow(() -> Requirement.found(Role.VIEWER, NOT_LOOKED_FOR).check(ALL));
    }

    @Test
    void theCallerOfAnUnprotectedPortcullisMayDoEverything() {
        for (var role : Role.values()) {
            assertTrue(Caller.LOCAL.mayEverywhere(role));
        }
        assertFalse(SHOP.mayEverywhere(Role.VIEWER));
    }
}
